"""What several programs of one machine know together of living conversations: in a Redis.

It is memory only: a Redis that writes to a disk is refused at start. Every value expires by
itself, and no error quotes an address, since that may hold a password.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis import Redis, asyncio
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError
from redis.retry import Retry

from bot.privacy.idle import IDLE_SECONDS

# People wait for an answer: memory that does not answer at once is done without.
PATIENCE_SECONDS = 0.3
START_PATIENCE_SECONDS = 5.0
# What a Redis without a disk says when it is asked.
MEMORY_ONLY = {"save": "", "appendonly": "no"}

Result = TypeVar("Result")


class SharedMemoryError(Exception):
    """The Redis cannot be used; the text says why, and what to do, without its address."""


class SharedMemory:
    """A part of a Redis: JSON values by name, forgotten after some idle time."""

    def __init__(self, url: str, part: str, idle_seconds: float = IDLE_SECONDS) -> None:
        self._redis = client(url)
        self._part = part
        self._idle_milliseconds = int(1000 * idle_seconds)

    async def get(self, name: str) -> Any:
        """Return what is known under a name; None when it is unknown or forgotten."""
        found = await _reached(lambda: self._redis.get(self._key(name)))
        return None if found is None else json.loads(found)

    async def put(self, name: str, known: Any) -> None:
        """Keep a JSON value under a name, which is now in use."""
        written = json.dumps(known, separators=(",", ":"))
        key, lifetime = self._key(name), self._idle_milliseconds
        await _reached(lambda: self._redis.set(key, written, px=lifetime))

    async def forget(self, name: str) -> None:
        """Forget one name at once."""
        await _reached(lambda: self._redis.delete(self._key(name)))

    async def agreed(self, name: str, proposal: str, seconds: int) -> str:
        """Return the text that all programs have under a name: the first that was proposed."""
        key = self._key(name)
        found = await _reached(lambda: self._redis.get(key))
        if found is None:
            await _reached(lambda: self._redis.set(key, proposal, ex=seconds, nx=True))
            found = await _reached(lambda: self._redis.get(key))
        if found is None:
            raise SharedMemoryError("The Redis of REDIS_URL forgets at once.")
        return str(found.decode())

    async def names(self) -> list[str]:
        """Return the names that are known."""
        begin = self._key("")

        async def scan() -> list[str]:
            keys = self._redis.scan_iter(match=f"{begin}*", count=1000)
            return [key.decode()[len(begin) :] async for key in keys]

        return await _reached(scan)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.close()

    def _key(self, name: str) -> str:
        return f"rightdoor:{self._part}:{name}"


def client(url: str) -> asyncio.Redis:
    """Return a client of the Redis at an address; it connects only when it is used."""
    # One more try: after a Redis was started anew, old connections fail once.
    return asyncio.Redis.from_url(
        url,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 1),
        retry_on_error=[ConnectionError],
    )


async def _reached(call: Callable[[], Awaitable[Result]]) -> Result:
    try:
        return await call()
    except (RedisError, OSError) as error:
        raise SharedMemoryError(type(error).__name__) from None


def check(url: str) -> None:
    """Raise SharedMemoryError when the Redis at an address keeps anything on a disk, or cannot
    be asked."""
    with Redis.from_url(
        url, socket_timeout=START_PATIENCE_SECONDS, socket_connect_timeout=START_PATIENCE_SECONDS
    ) as redis:
        try:
            found = {name: redis.config_get(name).get(name) for name in MEMORY_ONLY}
        except (RedisError, OSError) as error:
            raise SharedMemoryError(_refusal(error)) from None
    faults = [
        f"{name} is {found[name]!r}" for name, kept in MEMORY_ONLY.items() if found[name] != kept
    ]
    if faults:
        raise SharedMemoryError(
            f"REDIS_URL: this Redis writes to a disk ({', '.join(faults)}); allowed: one that"
            ' keeps memory only. Set there: save "" and appendonly no'
        )


def _refusal(error: Exception) -> str:
    if isinstance(error, NoPermissionError):
        return (
            "REDIS_URL: this user may not ask whether the Redis writes to a disk; allowed: a user"
            " with the right to CONFIG GET (ACL SETUSER ... +config|get)"
        )
    if isinstance(error, AuthenticationError):
        return "REDIS_URL: the Redis refuses this user or password; allowed: one that it knows"
    return (
        f"REDIS_URL: the Redis cannot be reached ({type(error).__name__}); allowed: one that runs"
    )
