"""Fetches updates from Telegram one by one, raw, and acknowledges each only after its answer.

The library's own polling acknowledges before it answers, and stalls for good on one update that
it cannot parse, whose text it then logs. Here such an update is answered with a notice and left
behind. Chats run side by side; within a chat one message comes after the other.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import Bot
from telegram.error import (
    Conflict,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.warnings import PTBUserWarning

from bot.gateway.sending import NotSentError, seconds

logger = logging.getLogger(__name__)

LONG_POLL_SECONDS = 25
PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.2
MOST_TRIES = 3
CONFLICTS_ALLOWED = 5
UNKNOWN_BOT = "Telegram does not know this bot token. Copy TELEGRAM_BOT_TOKEN from @BotFather."
BOT_IN_USE = "Another program or a webhook already uses this bot token. Stop it, then start again."
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]

Handler = Callable[[dict[str, Any]], Awaitable[None]]


class PollingError(Exception):
    """Telegram will not give this program any updates; the text says why and what to do."""


class Poller:
    """Hands every update to `handle`, in order within a chat.

    `handle` raises when an update could not be answered; it is then fetched again, three times
    at most, and what follows it in its chat waits. An answer that was only not sent is not made
    anew. `acknowledged` is told below which number no update comes again.
    """

    def __init__(
        self, bot: Bot, handle: Handler, acknowledged: Callable[[int], None] | None = None
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._acknowledged = acknowledged or (lambda mark: None)
        self._open: dict[int, asyncio.Task[bool]] = {}
        self._last_of_chat: dict[object, asyncio.Task[bool]] = {}
        self._done: set[int] = set()
        self._tries: dict[int, int] = {}
        self._unsent: dict[int, Callable[[], Awaitable[None]]] = {}
        self._next = 0

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
        """Wait for the answers that are under way, and acknowledge them."""
        if self._open:
            await asyncio.wait(self._open.values())
        if self._next:
            await self._get_updates(self._watermark(), timeout=0, limit=1)

    async def _fetch(self) -> list[dict[str, Any]]:
        # While answers are under way their updates come again at once, so there is no waiting.
        timeout = 0 if self._open else LONG_POLL_SECONDS
        return await self._get_updates(self._watermark(), timeout=timeout, limit=100)

    async def _get_updates(self, mark: int, **parameters: Any) -> list[dict[str, Any]]:
        wanted = {"offset": mark, **parameters, "allowed_updates": KINDS}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBUserWarning)
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
        if not fresh and self._open:
            await asyncio.wait(
                self._open.values(),
                timeout=LOOK_AGAIN_SECONDS,
                return_when=asyncio.FIRST_COMPLETED,
            )

    def _start(self, update: dict[str, Any]) -> None:
        update_id, chat = update["update_id"], chat_of(update)
        before = self._last_of_chat.get(chat) if chat is not None else None
        task = asyncio.create_task(self._answer(update, before))
        self._open[update_id] = task
        self._next = max(self._next, update_id + 1)
        if chat is not None:
            self._last_of_chat[chat] = task
            task.add_done_callback(lambda done: self._leave_chat(chat, done))

    async def _answer(self, update: dict[str, Any], before: asyncio.Task[bool] | None) -> bool:
        """Return whether the next update of the chat may be answered, or has to come again too."""
        update_id = update["update_id"]
        if before:
            await asyncio.wait([before])
        self._tries.setdefault(update_id, 0)
        try:
            if before and not before.result():
                return False
            self._tries[update_id] += 1
            await self._unsent.get(update_id, partial(self._handle, update))()
            self._done.add(update_id)
        except Exception as error:  # whatever it was, the chats behind this one must go on
            logger.error("An update could not be answered: %s", type(error).__name__)
            if isinstance(error, NotSentError) and error.again:
                self._unsent[update_id] = error.again
            if self._tries[update_id] >= MOST_TRIES:
                self._done.add(update_id)
        finally:
            del self._open[update_id]
        return update_id in self._done

    def _leave_chat(self, chat: object, done: asyncio.Task[bool]) -> None:
        if self._last_of_chat.get(chat) is done:
            del self._last_of_chat[chat]

    def _watermark(self) -> int:
        """Return the lowest id that is not answered yet: all below it are acknowledged."""
        failed = [id_ for id_ in self._tries if id_ not in self._done]
        mark = min([*self._open, *failed, self._next])
        self._done = {id_ for id_ in self._done if id_ >= mark}
        self._tries = {id_: tries for id_, tries in self._tries.items() if id_ >= mark}
        self._unsent = {id_: again for id_, again in self._unsent.items() if id_ >= mark}
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
