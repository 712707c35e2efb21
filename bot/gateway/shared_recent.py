"""What several gateways remember of living conversations: in their Redis, by pseudonym."""

from __future__ import annotations

import logging
from dataclasses import fields
from typing import Any

from bot.demand.share import Share
from bot.gateway.recent import MOST_CHOICES, MOST_MESSAGES, Newest, Recent, RecentConversations
from bot.privacy.shared import SharedMemory, SharedMemoryError

logger = logging.getLogger(__name__)

# What another version has written may have another form: its conversations begin anew.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
FLAGS = [field.name for field in fields(Recent) if field.type == "bool"]


class SharedRecent(RecentConversations):
    """Has a conversation at hand during its turn; between turns it is in the Redis only.

    While the Redis is away, every turn is the first one: it is answered all the same, and counts
    nothing, since nobody knows what its conversation has counted before.
    """

    def __init__(self, memory: SharedMemory) -> None:
        super().__init__()
        self._memory = memory
        # Conversations whose turn began without what is remembered of them.
        self._unread: set[str] = set()

    def of(self, pseudonym: str) -> Recent:
        """Return the conversation at hand; one that could not be fetched adds to no counter."""
        recent = super().of(pseudonym)
        if pseudonym in self._unread:
            recent.share = Share(is_closed=True)
        return recent

    async def begin(self, pseudonym: str, known: Recent | None = None) -> None:
        """Fetch what is remembered of a conversation, or go on with what is `known` of it."""
        self.forget(pseudonym)
        self._unread.discard(pseudonym)
        if known:
            self._kept.put(pseudonym, known)
            return
        try:
            written = await self._memory.get(pseudonym)
            recent = read(written) if written else None
        except SharedMemoryError as error:
            logger.error("A conversation cannot be remembered: %s", error)
            self._unread.add(pseudonym)
            return
        except UNREADABLE as error:
            logger.error("A conversation cannot be read: %s", type(error).__name__)
            return
        if recent:
            self._kept.put(pseudonym, recent)

    async def end(self, pseudonym: str) -> None:
        """Keep what the turn has added, or forget what it has forgotten."""
        recent = self._kept.get(pseudonym)
        self.forget(pseudonym)
        if recent and pseudonym in self._unread:
            # It would take the place of more than it knows.
            self._unread.discard(pseudonym)
            return
        try:
            if recent:
                await self._memory.put(pseudonym, write(recent))
            else:
                await self._memory.forget(pseudonym)
        except SharedMemoryError as error:
            logger.error("A conversation cannot be kept: %s", error)


def write(recent: Recent) -> dict[str, Any]:
    """Return what is remembered of a conversation as values of JSON."""
    return {
        "language": recent.language,
        "messages": list(recent.messages),
        "choices": list(recent.choices),
        "share": recent.share.as_json(),
        "flags": [name for name in FLAGS if getattr(recent, name)],
    }


def read(written: dict[str, Any]) -> Recent:
    """Return what `write` has written."""
    return Recent(
        written["language"],
        Newest(MOST_MESSAGES, written["messages"]),
        Newest(MOST_CHOICES, written["choices"]),
        share=Share.of(written["share"]),
        **dict.fromkeys(written["flags"], True),
    )
