"""Rasa's conversations and locks for several Rasa servers side by side: in one Redis.

The conversations are as wordless as in memory (bot/nlu/tracker_store.py) and expire by
themselves. Rasa would keep them whole in its own memory when a store fails: these never do.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.lock_store import LockStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from redis.exceptions import RedisError

from bot.nlu.tracker_store import LeanTrackerStore, is_to_be_forgotten, skeleton
from bot.privacy.shared import SharedMemory, SharedMemoryError, client

logger = logging.getLogger(__name__)

# A turn takes milliseconds. A server that is killed leaves its lock behind for so long, which is
# less than the gateway waits for another server.
LOCK_SECONDS = 2.0
LOOK_AGAIN_SECONDS = 0.01
# What another version has written may have another form: its conversations begin anew.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)


def put_into(endpoints: AvailableEndpoints, url: str) -> None:
    """Have Rasa keep conversations and locks in the Redis at an address."""
    endpoints.tracker_store = EndpointConfig(url, type=_path(SharedTrackerStore))
    endpoints.lock_store = EndpointConfig(url, type=_path(SharedLocks))


def _path(store: type) -> str:
    return f"{store.__module__}.{store.__qualname__}"


class SharedTrackerStore(LeanTrackerStore):
    """Holds, by pseudonym, the slots and the last turn of each living conversation."""

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        host: str = "",
        **kwargs: Any,
    ) -> None:
        self._memory = SharedMemory(host, "rasa")
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what the next turn needs, or forget what asked to be forgotten."""
        try:
            if is_to_be_forgotten(tracker):
                await self._memory.forget(tracker.sender_id)
            else:
                events = [event.as_dict() for event in skeleton(tracker)]
                await self._memory.put(tracker.sender_id, events)
        except SharedMemoryError as error:
            logger.error("A conversation cannot be kept: %s", error)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation of a pseudonym, or None when it is unknown or forgotten."""
        try:
            written = await self._memory.get(sender_id)
            if written is None:
                return None
            return self.restored(sender_id, deserialise_events(written))
        except (SharedMemoryError, *UNREADABLE) as error:
            logger.error("A conversation cannot be remembered: %s", type(error).__name__)
            return None

    async def keys(self) -> list[str]:
        """Return the pseudonyms of the living conversations."""
        return await self._memory.names()

    async def delete(self, sender_id: str) -> None:
        """Forget one conversation at once."""
        await self._memory.forget(sender_id)


class SharedLocks(LockStore):
    """Lets one server at a time answer in a conversation, with Redis' own kind of lock.

    Rasa's own store reads a lock and writes it back in two steps, so that two servers can both
    have it. While the Redis is away there are no locks: a person gets an answer all the same.
    """

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        self._redis = client(endpoint_config.url)
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_SECONDS,
        wait_time_in_seconds: float = LOOK_AGAIN_SECONDS,
    ) -> AsyncIterator[None]:
        """Hold a conversation; wait while another server does, until its lock has expired."""
        name = f"rightdoor:lock:{conversation_id}"
        lock = self._redis.lock(name, lock_lifetime, sleep=wait_time_in_seconds)
        try:
            await lock.acquire()
        except (RedisError, OSError) as error:
            logger.error("A conversation cannot be locked: %s", type(error).__name__)
        try:
            yield
        finally:
            await self._release(lock)

    async def _release(self, lock: Any) -> None:
        try:
            if lock.local.token is not None:
                await lock.release()
        except (RedisError, OSError) as error:
            # It has expired, or the Redis is away: either way nobody waits for it.
            logger.info("A lock cannot be given back: %s", type(error).__name__)
