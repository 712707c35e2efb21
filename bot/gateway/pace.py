"""The pace of sending: no faster than Telegram allows, and urgent messages before all others.

The library's own limiter is first in, first out, and lets all chats run into the limit that one
of them has met.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.gateway.line import URGENT, USUAL, Line
from bot.gateway.sending import LONGEST_PAUSE_SECONDS, seconds
from bot.privacy.idle import IdleMemory

# One chat may be refused for writing too much; when so many are, it is the whole bot.
CHATS_REFUSED = 3

# Those who are let in need a moment until they stand in the line.
LEAST_PAUSE_SECONDS = 0.001

# That somebody is in danger is not held for long, if nobody tells that the answer was given.
LONGEST_HURRY_SECONDS = 300.0

Callback = Callable[..., Coroutine[Any, Any, Any]]


class Pace(BaseRateLimiter[int]):
    """Lets `a_second` messages go in a second, as many at once after a rest.

    A call's `rate_limit_args` is its rank in the line: see bot/gateway/line.py. An answer that
    would wait here for longer than a second is not made before: it waits for `room`.
    """

    def __init__(self, a_second: float) -> None:
        self._gap = 1 / a_second
        # When the next message would be due if there were no allowance for many at once.
        self._due = 0.0
        self._allowance = max(0.0, 1.0 - self._gap)
        self._line = Line()
        self._most_in_line = max(1, round(a_second))
        self._outside = Line()
        # Chats in which an urgent update waits for others, and the number of that one.
        self._hurried: IdleMemory[int] = IdleMemory(LONGEST_HURRY_SECONDS)
        self._timer: asyncio.TimerHandle | None = None
        self._refused: dict[Any, float] = {}
        self._rests_until = 0.0

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Wake nobody any more."""
        if self._timer:
            self._timer.cancel()

    async def process_request(  # noqa: PLR0917 (the library has them so)
        self,
        callback: Callback,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Make the call when its turn has come; what has no chat does not count."""
        chat = data.get("chat_id")
        if chat is not None:
            await self._turn(USUAL if rate_limit_args is None else rate_limit_args, chat)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._rest(chat, min(seconds(error), LONGEST_PAUSE_SECONDS))
            raise

    async def room(self, rank: Callable[[], int], chat: Any = None) -> None:
        """Wait until an answer could be sent within about a second; `rank` is asked for if need be.

        Urgent ones do not wait here: in the line they stand before all others.
        """
        is_full = self._outside or len(self._line) >= self._most_in_line
        if is_full and not self._is_hurried(chat) and rank() != URGENT:
            waits = self._outside.join(USUAL, chat)
            self._plan()
            await waits

    def hurry(self, chat: int, number: int) -> None:
        """Take what a chat waits for among the urgent, until `calm` tells of this number."""
        self._hurried.put(str(chat), number)
        self._outside.free(chat)
        self._line.hurry(chat)

    def calm(self, chat: int, number: int) -> None:
        """Take note that the update of a number, or of a later one, is dealt with."""
        if number >= (self._hurried.get(str(chat)) or 0):
            self._hurried.forget(str(chat))

    def _is_hurried(self, chat: Any) -> bool:
        return self._hurried.get(str(chat)) is not None

    async def _turn(self, rank: int, chat: Any) -> None:
        if not self._line and self._wait() <= 0:
            self._take()
            return
        waits = self._line.join(URGENT if self._is_hurried(chat) else rank, chat)
        self._plan()
        await waits

    def _wait(self) -> float:
        """Return in how many seconds a message may go."""
        now = time.monotonic()
        return max(self._due - self._allowance, self._rests_until) - now

    def _take(self) -> None:
        self._due = max(self._due, time.monotonic()) + self._gap

    def _plan(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(self._wait(), LEAST_PAUSE_SECONDS), self._let_go)

    def _let_go(self) -> None:
        self._timer = None
        while self._wait() <= 0 and self._line.call():
            self._take()
        for _ in range(self._most_in_line - len(self._line)):
            self._outside.call()
        if self._line or self._outside:
            self._plan()

    def _rest(self, chat: Any, pause: float) -> None:
        """Note that a chat is refused; send nothing at all when the whole bot seems to be."""
        now = time.monotonic()
        self._refused = {one: until for one, until in self._refused.items() if until > now}
        self._refused[chat] = now + pause
        if len(self._refused) >= CHATS_REFUSED:
            self._rests_until = min(self._refused.values())
