"""Weekly numbers come by themselves: once a day it is looked whether a week is to be released.

In a process of its own that ends again: what makes releases never stays in memory beside people.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from bot.settings import ROOT

DAY_SECONDS = 24 * 60 * 60.0
# Whoever starts Right Door to try it out is long gone by then.
FIRST_AFTER_SECONDS = 10 * 60.0
# Counts that waited for the database arrive within the day after their week.
COMMAND = (sys.executable, "-W", "ignore", "-m", "bot.command", "signals", "release", "--settled")


class WeeklyNumbers:
    """Runs the command of releases ten minutes after the start, and then every day.

    `changed` holds the settings that are others for it than for this process.
    """

    def __init__(
        self,
        changed: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._changed = changed or {}
        self._command = command
        self._clock = clock
        self._due = clock() + FIRST_AFTER_SECONDS
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        """Start the command when it is due; one that fails says why itself, and runs tomorrow."""
        if self._clock() < self._due or (self.process and self.process.poll() is None):
            return
        self._due = self._clock() + DAY_SECONDS
        self.process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env={**os.environ, **self._changed},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
