"""Telegram: from a raw update to an answered message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.answers import payload
from bot.answers.model import Reply
from bot.directory.model import Point
from bot.gateway import fixed
from bot.gateway.conversation import Conversations, Incoming, rank_of
from bot.gateway.delivery import deliver
from bot.gateway.line import URGENT
from bot.gateway.pace import Pace
from bot.gateway.polling import chat_of
from bot.gateway.recent import Recent
from bot.gateway.sending import Bot, NotSentError, quietly, send
from bot.words import languages, texts

logger = logging.getLogger(__name__)


class TelegramGateway:
    """Answers the updates of one bot."""

    def __init__(self, bot: Bot, conversations: Conversations) -> None:
        self._bot = bot
        self._conversations = conversations
        self._pace = bot.rate_limiter

    async def handle(self, raw: dict[str, Any]) -> None:
        """Answer one raw update; raise when the answer could not be sent."""
        chat = talker_of(raw)
        try:
            await self._in_turn(chat, partial(self._handle, raw))
        finally:
            if isinstance(self._pace, Pace):
                self._pace.calm(chat, raw["update_id"])

    async def _in_turn(
        self, chat: int, answer: Callable[[], Awaitable[None]], known: Recent | None = None
    ) -> None:
        """Answer in a turn; what could not be sent is later sent in one, too."""
        async with self._conversations.turn(chat, known):
            try:
                await answer()
            except NotSentError as error:
                left = self._conversations.kept(chat)
                again = error.again and partial(self._in_turn, chat, error.again, left)
                raise NotSentError(again) from None

    def follows(self, raw: dict[str, Any]) -> None:
        """Take note of an update that waits for the one before it in its chat.

        When somebody is in danger, what they wrote before goes first, too.
        """
        chat = chat_of(raw)
        if isinstance(self._pace, Pace) and chat and rank_of(salvaged(raw, chat)) == URGENT:
            self._pace.hurry(chat, raw["update_id"])

    async def _handle(self, raw: dict[str, Any]) -> None:
        try:
            await self._answer(Update.de_json(raw, self._bot))
        except NotSentError:
            raise
        except Exception as error:  # the library raises many kinds for what it cannot read
            logger.error("An update could not be read: %s", type(error).__name__)
            await self._answer_unreadable(raw)

    async def _answer(self, update: Update) -> None:
        if update.callback_query:
            await self._answer_press(update.callback_query, update.update_id)
        elif update.my_chat_member:
            await self._answer_invitation(update.my_chat_member)
        elif update.effective_message:
            await self._answer_message(update.effective_message, update)

    async def _answer_message(self, message: Message, update: Update) -> None:
        if message.chat.type != ChatType.PRIVATE:
            await self._leave_group(message.chat, _locale(message))
            return
        edited = update.edited_message is not None
        # A live location changes all the time, and a pin says nothing.
        if _text(message) or not (edited or message.pinned_message):
            recent = self._conversations.recent(message.chat.id)
            recent.messages.append(message.message_id)
            reply = await self._reply_to(message, edited, update.update_id)
            await deliver(self._bot, message.chat.id, reply, recent)

    async def _reply_to(self, message: Message, edited: bool, update_id: int) -> Reply:
        incoming = Incoming(
            message.chat.id,
            _text(message),
            locale=_locale(message),
            counted=not edited,
            update_id=update_id,
        )
        await self._room(incoming)
        if message.location and not edited:  # only its district goes any further
            place = Point(message.location.latitude, message.location.longitude)
            return await self._conversations.near(replace(incoming, text=""), place)
        if not incoming.text:
            return self._conversations.notice(incoming, texts.ONLY_TEXT)
        return await self._conversations.hear(incoming)

    async def _answer_press(self, query: CallbackQuery, update_id: int) -> None:
        # The clock on the button stops at once, and the answer does not wait for that.
        clock = asyncio.create_task(quietly(query.answer()))
        await self._reply_to_press(query, update_id)
        await clock

    async def _reply_to_press(self, query: CallbackQuery, update_id: int) -> None:
        chat_id = query.message.chat.id if query.message else query.from_user.id
        pressed = query.message.message_id if query.message else None
        recent = self._conversations.recent(chat_id)
        recent.messages.extend([pressed] if pressed and pressed not in recent.messages else [])
        press = payload.read(query.data or "")
        locale = query.from_user.language_code
        incoming = Incoming(chat_id, "", press, locale, update_id=update_id)
        await self._room(incoming)
        if press is None:
            reply = self._conversations.notice(incoming, texts.OLD_BUTTON)
        else:
            reply = await self._conversations.reply_to(incoming)
        await deliver(self._bot, chat_id, reply, recent, pressed)

    async def _room(self, incoming: Incoming) -> None:
        """Wait where the answer could not be sent soon: meanwhile urgent ones overtake it."""
        if isinstance(self._pace, Pace):
            await self._pace.room(partial(rank_of, incoming), incoming.chat)

    async def _answer_invitation(self, change: ChatMemberUpdated) -> None:
        joined = change.new_chat_member.status in (
            ChatMemberStatus.MEMBER,
            ChatMemberStatus.ADMINISTRATOR,
        )
        if joined and change.chat.type != ChatType.PRIVATE:
            await self._leave_group(change.chat, change.from_user.language_code)

    async def _leave_group(self, chat: Chat, locale: str | None) -> None:
        """Ask for a private chat and leave: in a group, others read what a person writes."""
        language = languages.first_supported((locale,))
        reply = fixed.bare_notice(texts.PRIVATE_ONLY, language)
        try:
            await send(self._bot, chat.id, reply)
        finally:
            await quietly(self._bot.leave_chat(chat.id))

    async def _answer_unreadable(self, raw: dict[str, Any]) -> None:
        chat_id = chat_of(raw)
        if isinstance(chat_id, int) and chat_id > 0:
            recent = self._conversations.recent(chat_id)
            recent.messages.extend(_message_id(raw.get("message")))
            reply = self._conversations.without_rasa(salvaged(raw, chat_id))
            await deliver(self._bot, chat_id, reply, recent)


def talker_of(raw: dict[str, Any]) -> int:
    """Return the chat of a raw update, or who pressed a button whose message is gone; else 0."""
    pressed = raw.get("callback_query")
    sender = pressed.get("from") if isinstance(pressed, dict) else None
    number = sender.get("id") if isinstance(sender, dict) else None
    return chat_of(raw) or (number if isinstance(number, int) else 0)


def salvaged(raw: dict[str, Any], chat_id: int) -> Incoming:
    """Return what can still be read of an update that the library cannot read."""
    pressed = raw.get("callback_query")
    content = pressed or raw.get("message") or raw.get("edited_message")
    content = content if isinstance(content, dict) else {}
    sender = content.get("from")
    words = content.get("text") or content.get("caption")
    data = content.get("data")
    code = sender.get("language_code") if isinstance(sender, dict) else None
    return Incoming(
        chat_id,
        words if isinstance(words, str) else "",
        payload.read(data) if isinstance(data, str) else None,
        code if isinstance(code, str) else None,
        update_id=raw["update_id"],
    )


def _message_id(content: Any) -> list[int]:
    number = content.get("message_id") if isinstance(content, dict) else None
    return [number] if isinstance(number, int) else []


def _text(message: Message) -> str:
    """Return what was written: a text, or the words under a picture."""
    return message.text or message.caption or ""


def _locale(message: Message) -> str | None:
    return message.from_user.language_code if message.from_user else None
