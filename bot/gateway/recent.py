"""What the gateway remembers of living conversations: in memory, bounded, soon forgotten."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from bot.demand.share import Share

IDLE_SECONDS = 30 * 60
MOST = 50_000
MOST_MESSAGES = 200
MOST_CHOICES = 20


@dataclass
class Recent:
    """What a channel needs to go on with one conversation; no word of it.

    `language` is that of the latest reply, so that a fixed reply is in it as well. `messages` are
    the ids of the newest messages of both sides, for whoever wants them deleted; `choices` those
    of replies that are only a choice and may be replaced. `location_offered` tells that the button
    for a location was shown once, `location_shown` that it is still there. `must_forget` tells
    that the person wanted this conversation forgotten while Rasa did not answer. `share` is what
    the conversation has added to the counters.
    """

    language: str | None = None
    messages: deque[int] = field(default_factory=lambda: deque(maxlen=MOST_MESSAGES))
    choices: deque[int] = field(default_factory=lambda: deque(maxlen=MOST_CHOICES))
    location_offered: bool = False
    location_shown: bool = False
    must_forget: bool = False
    share: Share = field(default_factory=Share)


class RecentConversations:
    """Conversations by pseudonym, forgotten after 30 idle minutes or when there are too many."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS, most: int = MOST) -> None:
        self._idle_seconds = idle_seconds
        self._most = most
        # The longest idle stand first.
        self._kept: OrderedDict[str, tuple[float, Recent]] = OrderedDict()

    def of(self, pseudonym: str) -> Recent:
        """Return a conversation, a new one when it is unknown or forgotten; it is now in use."""
        self._forget_expired()
        _, recent = self._kept.get(pseudonym, (0.0, Recent()))
        self._kept[pseudonym] = (time.monotonic(), recent)
        self._kept.move_to_end(pseudonym)
        return recent

    def forget(self, pseudonym: str) -> None:
        """Forget one conversation at once."""
        self._kept.pop(pseudonym, None)

    def _forget_expired(self) -> None:
        oldest_allowed = time.monotonic() - self._idle_seconds
        while self._kept:
            pseudonym, (last_used, _) = next(iter(self._kept.items()))
            if last_used >= oldest_allowed and len(self._kept) <= self._most:
                return
            del self._kept[pseudonym]
