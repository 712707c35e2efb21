"""Sends a reply to a Telegram chat, through the failures that Telegram and networks have."""

from __future__ import annotations

import asyncio
import html
import logging
import random
import re
import warnings
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.warnings import PTBUserWarning

from bot.answers.model import Reply
from bot.gateway import render
from bot.gateway.line import URGENT, USUAL
from bot.gateway.recent import Recent

logger = logging.getLogger(__name__)

TRIES = 4
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
NO_PREVIEW = {"is_disabled": True}
# The library would rather have its own methods called: see `call`.
warnings.filterwarnings("ignore", "Please use 'Bot", PTBUserWarning)

Result = TypeVar("Result")
# A bot whose calls may have a rank: see bot/gateway/pace.py.
Bot = ExtBot[int]


class NotSentError(Exception):
    """The reply could not be sent now; `again` sends it later, when there is one."""

    def __init__(self, again: Callable[[], Awaitable[None]] | None = None) -> None:
        super().__init__()
        self.again = again


async def send(bot: Bot, chat_id: int, reply: Reply, recent: Recent | None = None) -> None:
    """Send all parts of a reply, the buttons under the last one; `recent` learns their ids.

    A person who has blocked the bot, or a chat that is gone, gets nothing and that is all right.
    Raise NotSentError when Telegram stays out of reach.
    """
    texts = render.parts(reply)
    keyboard = render.keyboard(reply)
    rank = rank_of(recent)
    for number, text in enumerate(texts, start=1):
        markup = keyboard if number == len(texts) else None
        try:
            sent = await persist(partial(_send_part, bot, chat_id, text, markup, rank))
        except (Forbidden, BadRequest) as error:
            logger.warning("A reply was refused by Telegram: %s", type(error).__name__)
            return
        except NotSentError:
            raise NotSentError(partial(send, bot, chat_id, reply, recent)) from None
        if recent:
            recent.messages.append(sent["message_id"])
            recent.choices.extend(
                [sent["message_id"]] if reply.in_place and len(texts) == 1 else []
            )


def rank_of(recent: Recent | None) -> int:
    """Return the place of a reply in the line of those that are sent."""
    return URGENT if recent and recent.in_danger else USUAL


async def persist(call: Callable[[], Awaitable[Result]]) -> Result:
    """Return what a Telegram call gives, trying again after a network error or a flood limit.

    Raise NotSentError after the last try; Telegram's final refusals pass through.
    """
    for attempt in range(TRIES):
        try:
            return await call()
        except RetryAfter as error:
            await asyncio.sleep(min(seconds(error), LONGEST_PAUSE_SECONDS))
        except (Forbidden, BadRequest):
            raise
        except NetworkError:
            # Jitter, so that many chats do not come back at the same moment.
            await asyncio.sleep(FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311
    raise NotSentError


async def call(bot: Bot, method: str, rank: int | None = None, **parameters: Any) -> Any:
    """Return what a method of the Bot API gives, as it comes: None is no parameter.

    The library's own methods build objects of all that goes out and of all that comes back, a
    sixth of the gateway's time (docs/adr/0017).
    """
    return await bot.do_api_request(method, parameters, rate_limit_args=rank)


async def _send_part(
    bot: Bot, chat_id: int, text: str, markup: render.Keyboard | None, rank: int
) -> dict[str, Any]:
    fixed = {"chat_id": chat_id, "reply_markup": markup, "link_preview_options": NO_PREVIEW}
    say = partial(call, bot, "sendMessage", rank, **fixed)
    try:
        sent: dict[str, Any] = await say(text=text, parse_mode=ParseMode.HTML)
    except BadRequest as error:
        if "entities" not in str(error).lower():
            raise
        # Whatever Telegram has against the markup, the words must still arrive.
        sent = await say(text=html.unescape(re.sub("</?b>", "", text)))
    return sent


def seconds(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait, in seconds; the library gives it in two types."""
    wait = error.retry_after
    return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)


async def quietly(call: Awaitable[Result]) -> Result | None:
    """Return what a Telegram call gives that nobody would miss, None when it fails.

    Such a call takes the clock off a button.
    """
    try:
        return await call
    except TelegramError as error:
        logger.info("Telegram refused a minor call: %s", type(error).__name__)
        return None
