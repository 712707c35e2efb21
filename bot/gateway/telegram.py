"""Telegram: from a raw update to an answered message."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot, CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot import urgent
from bot.answers import payload
from bot.answers.payload import START, Press
from bot.directory.model import Point
from bot.gateway import fixed
from bot.gateway.conversation import Conversations, Incoming
from bot.gateway.polling import chat_of
from bot.gateway.sending import NotSentError, quietly, send
from bot.words import languages, texts

logger = logging.getLogger(__name__)

COMMANDS = {
    "start": Press("show_menu", START),
    "help": Press("show_menu", START),
    "menu": Press("show_menu"),
    "language": Press("change_language"),
    "privacy": Press("ask_privacy"),
}


class TelegramGateway:
    """Answers the updates of one bot."""

    def __init__(self, bot: Bot, conversations: Conversations) -> None:
        self._bot = bot
        self._conversations = conversations

    async def handle(self, raw: dict[str, Any]) -> None:
        """Answer one raw update; raise when the answer could not be sent."""
        try:
            await self._answer(Update.de_json(raw, self._bot))
        except NotSentError:
            raise
        except Exception as error:  # the library raises many kinds for what it cannot read
            logger.error("An update could not be read: %s", type(error).__name__)
            await self._answer_unreadable(raw)

    async def _answer(self, update: Update) -> None:
        if update.callback_query:
            await self._answer_press(update.callback_query)
        elif update.my_chat_member:
            await self._answer_invitation(update.my_chat_member)
        elif update.effective_message:
            edited = update.edited_message is not None
            await self._answer_message(update.effective_message, edited)

    async def _answer_message(self, message: Message, edited: bool) -> None:
        if message.chat.type != ChatType.PRIVATE:
            await self._leave_group(message.chat, _locale(message))
            return
        incoming = Incoming(
            message.chat.id, _text(message), None, _locale(message), counted=not edited
        )
        if message.location and not edited:  # only its district goes any further
            place = Point(message.location.latitude, message.location.longitude)
            reply = await self._conversations.near(message.chat.id, place, _locale(message))
            await send(self._bot, message.chat.id, reply)
            return
        if not incoming.text and (edited or message.pinned_message):
            # A live location changes all the time, and a pin says nothing.
            return
        if not incoming.text:
            reply = self._conversations.notice(incoming, texts.ONLY_TEXT)
        elif _is_command(message):
            reply = await self._command(incoming)
        else:
            reply = await self._conversations.reply_to(incoming)
        await send(self._bot, message.chat.id, reply)

    async def _command(self, incoming: Incoming) -> Any:
        name, *rest = incoming.text[1:].split(maxsplit=1)
        press = COMMANDS.get(name.split("@")[0].lower())
        if urgent.find(incoming.text) or (rest and not press):
            # "/help he is going to kill me" is no command.
            return await self._conversations.reply_to(incoming)
        if press is None:
            return self._conversations.notice(incoming, texts.UNKNOWN_COMMAND)
        # A poster's link opens the chat with a topic: t.me/BOT?start=mental_health
        wanted = payload.read(f"/{rest[0]}") if rest and press.view == START else None
        press = wanted or press
        return await self._conversations.reply_to(
            Incoming(incoming.chat, "", press, incoming.locale, incoming.counted)
        )

    async def _answer_press(self, query: CallbackQuery) -> None:
        # The clock on the button stops at once; the answer comes as a message of its own.
        await quietly(query.answer())
        chat_id = query.message.chat.id if query.message else query.from_user.id
        press = payload.read(query.data or "")
        incoming = Incoming(chat_id, "", press, query.from_user.language_code)
        if press is None:
            reply = self._conversations.notice(incoming, texts.OLD_BUTTON)
        else:
            reply = await self._conversations.reply_to(incoming)
        await send(self._bot, chat_id, reply)

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
            reply = self._conversations.without_rasa(salvaged(raw, chat_id))
            await send(self._bot, chat_id, reply)


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
    )


def _text(message: Message) -> str:
    """Return what was written: a text, or the words under a picture."""
    return message.text or message.caption or ""


def _locale(message: Message) -> str | None:
    return message.from_user.language_code if message.from_user else None


def _is_command(message: Message) -> bool:
    return any(entity.type == "bot_command" and entity.offset == 0 for entity in message.entities)
