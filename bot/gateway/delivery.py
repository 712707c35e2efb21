"""Brings a reply into a Telegram chat: as a new message, in the place of a choice, or after all
messages of the conversation have been deleted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Iterable
from functools import partial

from telegram import KeyboardButton, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.answers.model import Reply
from bot.gateway import render
from bot.gateway.recent import Recent
from bot.gateway.sending import (
    NO_PREVIEW,
    Bot,
    NotSentError,
    call,
    persist,
    quietly,
    rank_of,
    send,
)
from bot.words import telegram
from bot.words.catalogue import words

logger = logging.getLogger(__name__)

# Telegram deletes so many messages with one call.
AT_ONCE = 100
# Nobody waits longer for what only helps.
ASIDE_SECONDS = 2.0


async def deliver(
    bot: Bot, chat_id: int, reply: Reply, recent: Recent, pressed: int | None = None
) -> None:
    """Bring a reply to a person; `pressed` is the message whose button asked for it.

    Raise NotSentError when Telegram stays out of reach.
    """
    begun = await _location_button(bot, chat_id, reply, recent)
    if reply.forgets:
        try:
            await _delete(bot, chat_id, recent.messages)
        except NotSentError:
            raise NotSentError(partial(deliver, bot, chat_id, reply, recent)) from None
    # A choice below the button for a location is new, or it would stand above it.
    may_replace = reply.in_place and pressed in recent.choices and not begun
    if may_replace and pressed and await _replace(bot, chat_id, reply, pressed, recent):
        return
    await send(bot, chat_id, reply, recent)


async def _replace(bot: Bot, chat_id: int, reply: Reply, message_id: int, recent: Recent) -> bool:
    """Tell whether Telegram has put the reply where the choice stood; else it must be sent."""
    texts = render.parts(reply)
    if len(texts) != 1:
        return False
    try:
        await call(
            bot,
            "editMessageText",
            rank_of(recent),
            chat_id=chat_id,
            message_id=message_id,
            text=texts[0],
            parse_mode=ParseMode.HTML,
            reply_markup=render.keyboard(reply),
            link_preview_options=NO_PREVIEW,
        )
    except TelegramError as error:
        logger.info("A choice could not be replaced: %s", type(error).__name__)
        return False
    return True


async def _location_button(bot: Bot, chat_id: int, reply: Reply, recent: Recent) -> bool:
    """Show the button for a location, once, or put it away; tell whether it was shown.

    It is a help that nobody has to wait for: what fails is left out.
    """
    say = words(reply.language)
    if reply.asks_location and not recent.location_offered:
        recent.location_offered = True
        share = KeyboardButton(say.say(telegram.LOCATION_BUTTON), request_location=True)
        keyboard = ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
        offered = bot.send_message(
            chat_id,
            say.say(telegram.LOCATION_OFFERED),
            reply_markup=keyboard,
            rate_limit_args=rank_of(recent),
        )
        recent.location_shown = await _said_aside(recent, offered)
        return recent.location_shown
    if recent.location_shown and not reply.asks_location:
        recent.location_shown = False
        told = say.say(telegram.LOCATION_PUT_AWAY)
        rank = rank_of(recent)
        put_away = bot.send_message(
            chat_id, told, reply_markup=ReplyKeyboardRemove(), rate_limit_args=rank
        )
        await _said_aside(recent, put_away)
    return False


async def _said_aside(recent: Recent, call: Awaitable[Message]) -> bool:
    """Tell whether a message was sent, or may still arrive: an urgent card does not wait for it."""
    try:
        message = await asyncio.wait_for(quietly(call), ASIDE_SECONDS)
    except asyncio.TimeoutError:
        return True
    recent.messages.extend([message.message_id] if message else [])
    return message is not None


async def _delete(bot: Bot, chat_id: int, message_ids: Iterable[int]) -> None:
    """Delete these messages as far as Telegram allows: those of the last 48 hours.

    Raise NotSentError when Telegram stays out of reach.
    """
    wanted = sorted(set(message_ids))
    for begin in range(0, len(wanted), AT_ONCE):
        some = wanted[begin : begin + AT_ONCE]
        try:
            await persist(partial(bot.delete_messages, chat_id, some))
        except TelegramError:
            # One message that is too old spoils the call for all of them.
            for message_id in some:
                await quietly(bot.delete_message(chat_id, message_id))
