"""Back pressure: how many turns Rasa is given, and who hears at once that there are too many.

See docs/adr/0017 for the numbers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.gateway.line import USUAL, Line

logger = logging.getLogger(__name__)

# Rasa works on one turn at a time: what else it is given only waits inside of it, out of order.
AT_ONCE = 8
# The longest wait that a newcomer may expect; with the turn itself, an answer within 3 s.
LONGEST_WAIT_SECONDS = 1.5
# Where the gate has closed, it opens again when the wait has fallen to this share.
OPENS_AT = 0.5
# Of the newest turn in the mean; before the first one, a turn of a slow machine is taken.
WEIGHT = 0.1
FIRST_GUESS_SECONDS = 0.02


class CrowdedError(Exception):
    """More turns are under way than can be answered in time."""


class Gate:
    """Lets turns through to Rasa, `at_once` at a time, the urgent first."""

    def __init__(
        self, at_once: int = AT_ONCE, longest_wait_seconds: float = LONGEST_WAIT_SECONDS
    ) -> None:
        self._free = at_once
        self._at_once = at_once
        self._longest_wait = longest_wait_seconds
        self._line = Line()
        self._inside = 0
        self._seconds = FIRST_GUESS_SECONDS
        self._closed = False

    @property
    def expected_wait_seconds(self) -> float:
        """Return how long a newcomer would wait for an answer."""
        return self._inside * self._seconds

    @asynccontextmanager
    async def turn(self, rank: Callable[[], int] = lambda: USUAL) -> AsyncIterator[None]:
        """Hold a place at Rasa; raise CrowdedError instead of a wait that is too long.

        `rank` is asked for only when there is a line to stand in.
        """
        if self._is_closed():
            raise CrowdedError
        self._inside += 1
        try:
            await self._place(rank)
            try:
                begun, beside = time.monotonic(), self._under_way
                yield
            finally:
                self._learn(time.monotonic() - begun, beside)
                self._leave()
        finally:
            self._inside -= 1

    @property
    def _under_way(self) -> int:
        return self._at_once - self._free

    def _is_closed(self) -> bool:
        share = OPENS_AT if self._closed else 1.0
        closed = self.expected_wait_seconds > share * self._longest_wait
        if closed != self._closed:
            logger.warning("Too many write at once: %s", "short answers" if closed else "no more")
        self._closed = closed
        return closed

    async def _place(self, rank: Callable[[], int]) -> None:
        if self._free > 0:
            self._free -= 1
            return
        waits = self._line.join(rank())
        try:
            await asyncio.wait([waits], timeout=self._longest_wait)
        except asyncio.CancelledError:
            # The place may have come together with the end.
            if not waits.cancel():
                self._leave()
            raise
        if waits.cancel():
            raise CrowdedError

    def _leave(self) -> None:
        if not self._line.call():
            self._free += 1

    def _learn(self, lasted: float, beside: int) -> None:
        """Note how long Rasa takes for each of the turns that it works on side by side."""
        each = lasted / ((beside + self._under_way) / 2)
        self._seconds += WEIGHT * (each - self._seconds)
