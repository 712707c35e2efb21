"""What is known of living conversations: by pseudonym, bounded, forgotten when they are idle.

The time is kept also when nobody writes any more: a night is no reason to remember.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from typing import Generic, TypeVar

IDLE_SECONDS = 30 * 60
MOST = 50_000
# The clock of a timer may be a little ahead of ours.
AFTERWARDS_SECONDS = 0.01

Known = TypeVar("Known")


class IdleMemory(Generic[Known]):
    """Holds what is known of each conversation until it has been idle, or there are too many."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS, most: int = MOST) -> None:
        self._idle_seconds = idle_seconds
        self._most = most
        # The longest idle stand first.
        self._kept: OrderedDict[str, tuple[float, Known]] = OrderedDict()
        self._waits = False

    def get(self, pseudonym: str) -> Known | None:
        """Return what is known of a conversation; None when it is unknown or forgotten."""
        self._forget_expired()
        _, known = self._kept.get(pseudonym, (0.0, None))
        return known

    def put(self, pseudonym: str, known: Known) -> None:
        """Keep what is known of a conversation, which is now in use."""
        self._kept[pseudonym] = (time.monotonic(), known)
        self._kept.move_to_end(pseudonym)
        self._forget_expired()
        self._wait()

    def forget(self, pseudonym: str) -> None:
        """Forget one conversation at once."""
        self._kept.pop(pseudonym, None)

    def pseudonyms(self) -> list[str]:
        """Return the pseudonyms of the living conversations, the longest idle first."""
        self._forget_expired()
        return list(self._kept)

    def _forget_expired(self) -> None:
        oldest_allowed = time.monotonic() - self._idle_seconds
        while self._kept:
            pseudonym, (last_used, _) = next(iter(self._kept.items()))
            if last_used >= oldest_allowed and len(self._kept) <= self._most:
                return
            del self._kept[pseudonym]

    def _wait(self) -> None:
        """Look again when the longest idle is due; where no loop runs, at the next use."""
        if self._waits or not self._kept:
            return
        with contextlib.suppress(RuntimeError):
            last_used, _ = next(iter(self._kept.values()))
            due_in = last_used + self._idle_seconds - time.monotonic() + AFTERWARDS_SECONDS
            asyncio.get_running_loop().call_later(due_in, self._look_again)
            self._waits = True

    def _look_again(self) -> None:
        self._waits = False
        self._forget_expired()
        self._wait()
