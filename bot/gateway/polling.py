"""Fetches updates from Telegram one by one, raw, and acknowledges each only after its answer.

The library's own polling acknowledges before it answers, and stalls for good on one update that
it cannot parse, whose text it then logs. Here such an update is answered with a notice and left
behind. Chats run side by side; within a chat one message comes after the other.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from async_timeout import timeout
from telegram.error import (
    Conflict,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.gateway.sending import Bot, NotSentError, seconds

logger = logging.getLogger(__name__)

LONG_POLL_SECONDS = 25
# So many updates Telegram hands out at once, beginning with the first that is not acknowledged.
WINDOW = 100
# Of a full window, so many that were seen before stay unacknowledged: the rest is room for news.
SEEN_IN_WINDOW = 50
# Held in memory at most; the others wait at Telegram.
MOST_OPEN = 5000
PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# While answers are under way, Telegram is asked for news after each, and after such a pause: longer
# than most answers take, since asking takes time away from them.
LOOK_AGAIN_SECONDS = 0.025
LONGEST_LOOK_SECONDS = 0.05
MOST_TRIES = 3
# Together less than the launcher waits before it ends a program by force.
DRAIN_SECONDS, FAREWELL_SECONDS = 7.0, 1.5
CONFLICTS_ALLOWED = 5
UNKNOWN_BOT = "Telegram does not know this bot token. Copy TELEGRAM_BOT_TOKEN from @BotFather."
BOT_IN_USE = "Another program or a webhook already uses this bot token. Stop it, then start again."
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]

Handler = Callable[[dict[str, Any]], Awaitable[None]]


class PollingError(Exception):
    """Telegram will not give this program any updates; the text says why and what to do."""


class Poller:
    """Hands every update to `handle`, in order within a chat.

    `handle` raises when an update could not be answered; it is tried again, three times at most,
    and what follows it in its chat waits. An answer that was only not sent is not made anew.
    `acknowledged` is told below which number no update comes again, and `follows` which update has
    come while the one before it in its chat was under way.

    An update is acknowledged after its answer, so that none is lost in a crash. Only those that
    would keep Telegram from handing out newer ones are acknowledged before (docs/adr/0017).
    """

    def __init__(
        self,
        bot: Bot,
        handle: Handler,
        acknowledged: Callable[[int], None] | None = None,
        follows: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._acknowledged = acknowledged or (lambda mark: None)
        self._follows = follows or (lambda update: None)
        self._open: dict[int, asyncio.Task[bool]] = {}
        self._last_of_chat: dict[object, asyncio.Task[bool]] = {}
        self._done: set[int] = set()
        self._next = 0
        # All below is acknowledged, answered or not.
        self._floor = 0
        self._finished = asyncio.Event()
        self._pause = LOOK_AGAIN_SECONDS
        self._ends = False

    async def run(self) -> None:
        """Poll until cancelled; raise PollingError when Telegram refuses for good."""
        pause, conflicts = PAUSE_SECONDS, 0
        while True:
            try:
                updates = await self._fetch()
            except Conflict:
                conflicts += 1
                if conflicts > CONFLICTS_ALLOWED:
                    raise PollingError(BOT_IN_USE) from None
                await asyncio.sleep(PAUSE_SECONDS)
            except (InvalidToken, EndPointNotFound):  # do_api_request makes the one the other
                raise PollingError(UNKNOWN_BOT) from None
            except RetryAfter as error:
                await asyncio.sleep(seconds(error))
            except (NetworkError, TelegramError) as error:
                logger.warning("Telegram cannot be reached: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            else:
                pause, conflicts = PAUSE_SECONDS, 0
                await self._take(updates)

    async def drain(self) -> None:
        """Wait a while for the answers that are under way, and acknowledge them.

        What is not answered then comes again at the next start.
        """
        self._ends = True
        if self._open:
            _, late = await asyncio.wait(self._open.values(), timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
        if self._next:
            with contextlib.suppress(asyncio.TimeoutError):
                async with timeout(FAREWELL_SECONDS):
                    await self._get_updates(self._watermark(), timeout=0, limit=1)

    async def _fetch(self) -> list[dict[str, Any]]:
        # While answers are under way their updates come again at once, so there is no waiting.
        timeout = 0 if self._open else LONG_POLL_SECONDS
        return await self._get_updates(self._watermark(), timeout=timeout, limit=WINDOW)

    async def _get_updates(self, mark: int, **parameters: Any) -> list[dict[str, Any]]:
        wanted = {"offset": mark, **parameters, "allowed_updates": KINDS}
        updates: list[dict[str, Any]] = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs=wanted,
            read_timeout=parameters["timeout"] + 10,
        )
        self._acknowledged(mark)
        return updates

    async def _take(self, updates: list[dict[str, Any]]) -> None:
        known = self._open.keys() | self._done
        fresh = [u for u in updates if u.get("update_id", -1) not in known | {-1}]
        for update in fresh:
            self._start(update)
        if len(updates) >= WINDOW:
            self._make_room()
        if self._open and len(fresh) < WINDOW - SEEN_IN_WINDOW:
            await self._wait_for_answers(bool(fresh))
        while len(self._open) >= MOST_OPEN:
            await self._wait_for_answers(True)

    async def _wait_for_answers(self, busy: bool) -> None:
        """Wait until an answer is finished, or it is time to look for news again."""
        self._pause = LOOK_AGAIN_SECONDS if busy else min(2 * self._pause, LONGEST_LOOK_SECONDS)
        self._finished.clear()
        # No wait_for: when both come together, it forgets that it was cancelled.
        look = asyncio.get_running_loop().call_later(self._pause, self._finished.set)
        await self._finished.wait()
        look.cancel()

    def _make_room(self) -> None:
        """Acknowledge the oldest where those that are not answered would fill the window."""
        seen = sorted(id_ for id_ in self._open.keys() | self._done if id_ >= self._floor)
        if len(seen) > SEEN_IN_WINDOW:
            self._floor = seen[-SEEN_IN_WINDOW]

    def _start(self, update: dict[str, Any]) -> None:
        update_id, chat = update["update_id"], chat_of(update)
        before = self._last_of_chat.get(chat) if chat is not None else None
        if before:
            self._tell(update)
        task = asyncio.create_task(self._answer(update, before))
        self._open[update_id] = task
        self._next = max(self._next, update_id + 1)
        if chat is not None:
            self._last_of_chat[chat] = task
            task.add_done_callback(lambda done: self._leave_chat(chat, done))

    def _tell(self, update: dict[str, Any]) -> None:
        try:
            self._follows(update)
        except Exception as error:  # whatever it was, all others must go on
            logger.error("An update could not be looked at: %s", type(error).__name__)

    async def _answer(self, update: dict[str, Any], before: asyncio.Task[bool] | None) -> bool:
        """Return whether it was answered; else it stays open, and comes again at the next start."""
        if before:
            await asyncio.wait([before])
        answered = (not before or before.result()) and await self._is_answered(update)
        if answered:
            self._done.add(update["update_id"])
            del self._open[update["update_id"]]
        self._finished.set()
        return answered

    async def _is_answered(self, update: dict[str, Any]) -> bool:
        answer: Callable[[], Awaitable[None]] = partial(self._handle, update)
        for _ in range(MOST_TRIES):
            try:
                await answer()
                return True
            except Exception as error:  # whatever it was, the chats behind this one must go on
                logger.error("An update could not be answered: %s", type(error).__name__)
                if isinstance(error, NotSentError) and error.again:
                    answer = error.again
            if self._ends:
                return False
        return True

    def _leave_chat(self, chat: object, done: asyncio.Task[bool]) -> None:
        if self._last_of_chat.get(chat) is done:
            del self._last_of_chat[chat]

    def _watermark(self) -> int:
        """Return the lowest id that is to come again: all below it are acknowledged."""
        mark = max(self._floor, min([*self._open, self._next]))
        self._done = {id_ for id_ in self._done if id_ >= mark}
        return mark


def chat_of(update: dict[str, Any]) -> Any:
    """Return the id of the chat a raw update belongs to; None when it has none that is readable."""
    for kind in ("message", "edited_message", "my_chat_member"):
        if isinstance(update.get(kind), dict):
            return _chat_id(update[kind])
    pressed = update.get("callback_query")
    if isinstance(pressed, dict):
        message = pressed.get("message")
        return _chat_id(message) if isinstance(message, dict) else None
    return None


def _chat_id(message: dict[str, Any]) -> Any:
    chat = message.get("chat")
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    return chat_id if isinstance(chat_id, int) else None
