"""Ends a child process when the process that started it is gone, however it went."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

LOOK_EVERY_SECONDS = 1.0
PR_SET_PDEATHSIG = 1
# Loaded before anything is started: between fork and exec there is no time for it.
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def bound_to_parent() -> None:
    """Have Linux end this process with its parent, from before its program begins.

    To be called between fork and exec. On other systems a program is bound from `end_with_parent`
    on, once it has loaded what it needs.
    """
    if _prctl:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_with_parent() -> None:
    """Watch the parent process from a thread; when it is gone, end this process as Ctrl-C would."""
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), name="lifetime", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
