"""What the gateway remembers of living conversations: in memory, bounded, soon forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.demand.share import Share
from bot.privacy.idle import IDLE_SECONDS, MOST, IdleMemory

MOST_MESSAGES = 200
MOST_CHOICES = 20


class Newest(list[int]):
    """The newest ids, so many at most; a third of the size of a deque."""

    __slots__ = ("_most",)

    def __init__(self, most: int, ids: Iterable[int] = ()) -> None:
        super().__init__()
        self._most = most
        self.extend(ids)

    def append(self, id_: int) -> None:
        """Add the newest one."""
        self.extend((id_,))

    def extend(self, ids: Iterable[int]) -> None:
        """Add newer ones."""
        super().extend(ids)
        del self[: -self._most]


@dataclass(slots=True)
class Recent:
    """What a channel needs to go on with one conversation; no word of it.

    `language` is that of the latest reply, so that a fixed reply is in it as well. `messages` are
    the ids of the newest messages of both sides, for whoever wants them deleted; `choices` those
    of replies that are only a choice and may be replaced. `location_offered` tells that the button
    for a location was shown once, `location_shown` that it is still there. `must_forget` tells
    that the person wanted this conversation forgotten while Rasa did not answer. `in_danger` tells
    that the latest reply is to danger, and goes before others. `share` is what the conversation has
    added to the counters.
    """

    language: str | None = None
    messages: Newest = field(default_factory=lambda: Newest(MOST_MESSAGES))
    choices: Newest = field(default_factory=lambda: Newest(MOST_CHOICES))
    location_offered: bool = False
    location_shown: bool = False
    must_forget: bool = False
    in_danger: bool = False
    share: Share = field(default_factory=Share)


class RecentConversations:
    """Conversations by pseudonym, forgotten after 30 idle minutes or when there are too many."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS, most: int = MOST) -> None:
        self._kept: IdleMemory[Recent] = IdleMemory(idle_seconds, most)

    def of(self, pseudonym: str) -> Recent:
        """Return a conversation, a new one when it is unknown or forgotten; it is now in use."""
        recent = self._kept.get(pseudonym) or Recent()
        self._kept.put(pseudonym, recent)
        return recent

    def forget(self, pseudonym: str) -> None:
        """Forget one conversation at once."""
        self._kept.forget(pseudonym)

    def kept(self, pseudonym: str) -> Recent | None:
        """Return a conversation if it is known."""
        return self._kept.get(pseudonym)

    async def begin(self, pseudonym: str, known: Recent | None = None) -> None:
        """Get ready for a turn of a conversation: in memory all is there."""

    async def end(self, pseudonym: str) -> None:
        """Take note that a turn is over: in memory all is kept already."""
