"""Ends a child process when the process that started it is gone, however it went."""

from __future__ import annotations

import os
import signal
import threading
import time

LOOK_EVERY_SECONDS = 1.0


def end_with_parent() -> None:
    """Watch the parent process from a thread; when it is gone, end this process as Ctrl-C would."""
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), name="lifetime", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
