"""The gateway, as the launcher starts it: ready beside the servers, talking when they are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

from bot.launch.server import stop
from bot.lifetime import bound_to_parent
from bot.settings import ROOT


class Gateway:
    """The gateway's process: made ready beside the servers, it begins to talk when they are."""

    def __init__(self) -> None:
        self._go: int | None = None

    def prepare(self) -> None:
        """Start the process, which waits for `begin`."""
        waits, self._go = os.pipe()
        command = [sys.executable, "-W", "ignore", "-m", "bot.gateway", str(waits)]
        # A Ctrl-C of the terminal reaches it too: until it talks, it is ended by us.
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            pass_fds=(waits,),
            preexec_fn=_as_our_child,  # noqa: PLW1509 (no threads here)
        )
        os.close(waits)

    def begin(self) -> None:
        """Let it talk; one that has ended has said why."""
        if self._go is not None:
            with suppress(BrokenPipeError):
                os.write(self._go, b"\n")

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._go is not None:
            stop(self.process)
            os.close(self._go)
            self._go = None


def _as_our_child() -> None:
    bound_to_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
