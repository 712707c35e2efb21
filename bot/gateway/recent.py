"""Remembers the language of a living conversation, so that a fixed reply is in it as well."""

from __future__ import annotations

import time
from collections import OrderedDict

IDLE_SECONDS = 30 * 60
MOST = 50_000


class RecentLanguages:
    """Language codes by pseudonym, in memory, bounded, forgotten after 30 idle minutes."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS, most: int = MOST) -> None:
        self._idle_seconds = idle_seconds
        self._most = most
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def remember(self, pseudonym: str, language: str) -> None:
        """Keep the language of a conversation's latest reply."""
        self._kept[pseudonym] = (time.monotonic(), language)
        self._kept.move_to_end(pseudonym)
        self._forget()

    def of(self, pseudonym: str) -> str | None:
        """Return the language of a conversation, or None when it is unknown or forgotten."""
        self._forget()
        _, language = self._kept.get(pseudonym, (0.0, None))
        return language

    def _forget(self) -> None:
        oldest_allowed = time.monotonic() - self._idle_seconds
        while self._kept:
            pseudonym, (last_used, _) = next(iter(self._kept.items()))
            if last_used >= oldest_allowed and len(self._kept) <= self._most:
                return
            del self._kept[pseudonym]
