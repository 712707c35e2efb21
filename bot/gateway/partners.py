"""Whom conversations talk to: whoever understands a message, and whoever counts it."""

from __future__ import annotations

from typing import Any, Protocol

from bot.demand.signal import Count
from bot.gateway.rasa_client import Heard


class Rasa(Protocol):
    """One Rasa server, or several. A turn that lasts longer than its patience has no answer."""

    @property
    def patience_seconds(self) -> float:
        """Return how long a person waits for an answer at most."""

    async def ask(self, pseudonym: str, text: str, metadata: dict[str, Any]) -> Heard:
        """Return Rasa's reply to a text or a payload; raise RasaSilentError without one."""


class Counters(Protocol):
    """The demand counters, or the way to them."""

    def count(self, count: Count) -> None:
        """Add a count; returns at once."""

    def acknowledged(self, source: str, mark: int) -> None:
        """Tell that no update of `source` (see Signal) with a number below `mark` comes again."""
