"""Where a gateway holds what it remembers: by itself, or together with others in a Redis."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from bot.gateway.recent import RecentConversations
from bot.privacy.pseudonym import Pseudonyms
from bot.settings import Settings


class Memory(NamedTuple):
    """The names of conversations, and what is remembered under them."""

    pseudonyms: Pseudonyms
    recent: RecentConversations


def own_memory(now: Callable[[], datetime.datetime]) -> Memory:
    """Return a memory of this process alone; `now` gives the time in the city."""
    return Memory(Pseudonyms(lambda: now().date()), RecentConversations())


def memory_of(given: Settings, now: Callable[[], datetime.datetime]) -> Memory:
    """Return the memory that the settings ask for; `now` gives the time in the city."""
    if not given.redis_url:
        return own_memory(now)
    # Only here: whoever has no Redis need not load its client.
    from bot.gateway.shared_recent import SharedRecent
    from bot.privacy.shared import SharedMemory
    from bot.privacy.shared_pseudonym import SharedPseudonyms

    place = f"{given.city}:{given.channel}"
    keys = SharedMemory(given.redis_url, f"key:{place}")
    recent = SharedMemory(given.redis_url, f"recent:{place}")
    return Memory(SharedPseudonyms(now, keys), SharedRecent(recent))
