"""The chats that the fake server knows and the messages that the bot sent to them."""

import itertools
import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any

from .telegram_html import FormattedText
from .telegram_rules import Refused, refuse

Keyboard = list[list[dict[str, Any]]]


@dataclass
class Chat:
    """`closed` is Telegram's reason to refuse the bot there, e.g. that the user blocked it."""

    chat_id: int
    kind: str
    name: str
    closed: str = ""

    def as_json(self) -> dict[str, Any]:
        name_field = "first_name" if self.kind == "private" else "title"
        return {"id": self.chat_id, "type": self.kind, name_field: self.name}


@dataclass(frozen=True)
class SentMessage:
    """A message of the bot in its latest state: `text` as sent, `plain` as the reader sees it."""

    chat_id: int
    message_id: int
    text: str
    formatted: FormattedText
    keyboard: Keyboard
    at: float
    date: int
    reply_to: int | None = None
    edited_at: float | None = None
    deleted: bool = False
    reply_keyboard: dict[str, Any] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        return self.formatted.plain

    @property
    def buttons(self) -> list[list[tuple[str, Any]]]:
        """Rows of (label, callback data), with the address in place of the data for a link."""
        return [
            [(button["text"], button.get("callback_data", button.get("url"))) for button in row]
            for row in self.keyboard
        ]


class ChatLog:
    """Callers hold no lock; every method takes the one shared with the rest of the server."""

    def __init__(self, changed: threading.Condition, bot_user: dict[str, Any]) -> None:
        self._changed = changed
        self._bot_user = bot_user
        self._message_ids = itertools.count(1001)
        self._chats: dict[int, Chat] = {}
        self._sent: dict[int, dict[int, SentMessage]] = {}
        self._received: dict[int, list[int]] = {}
        self._too_old: set[tuple[int, int]] = set()

    def know(self, chat_id: int, kind: str | None = None, name: str | None = None) -> Chat:
        """The chat, made if need be; what isn't given stays, or is what the id suggests."""
        is_private = chat_id > 0
        if kind and is_private != (kind == "private"):
            raise ValueError(f"{chat_id} can't be a {kind} chat: only private chats are above zero")
        with self._changed:
            usual = ("private", "Alex") if is_private else ("supergroup", "Neighbours")
            chat = self._chats.setdefault(chat_id, Chat(chat_id, *usual))
            chat.kind = kind or chat.kind
            chat.name = (name if is_private else None) or chat.name
            return chat

    def chat(self, chat_id: Any) -> Chat:
        if chat_id in (None, ""):
            refuse("chat_id is empty")
        with self._changed:
            chat = self._chats.get(chat_id)
        if chat is None:
            refuse("chat not found")
        return chat

    def open_chat(self, chat_id: Any) -> Chat:
        chat = self.chat(chat_id)
        if chat.closed:
            raise Refused(403, f"Forbidden: {chat.closed}")
        return chat

    def receive(self, chat_id: int, again: bool = False) -> int:
        """The id for a user's message; `again` takes that of the user's last one, for an edit."""
        with self._changed:
            received = self._received.setdefault(chat_id, [])
            if not (again and received):
                received.append(next(self._message_ids))
            return received[-1]

    def send(
        self,
        chat: Chat,
        text: str,
        formatted: FormattedText,
        keyboard: Keyboard,
        reply_to: Any,
        reply_keyboard: dict[str, Any],
    ) -> SentMessage:
        with self._changed:
            message = SentMessage(
                chat_id=chat.chat_id,
                message_id=next(self._message_ids),
                text=text,
                formatted=formatted,
                keyboard=keyboard,
                at=time.monotonic(),
                date=int(time.time()),
                reply_to=reply_to,
                reply_keyboard=reply_keyboard,
            )
            return self._keep(message)

    def _keep(self, message: SentMessage) -> SentMessage:
        self._sent.setdefault(message.chat_id, {})[message.message_id] = message
        self._changed.notify_all()
        return message

    def exists(self, chat_id: int, message_id: Any) -> bool:
        with self._changed:
            sent = self._sent.get(chat_id, {}).get(message_id)
            is_shown = sent is not None and not sent.deleted
            return is_shown or message_id in self._received.get(chat_id, [])

    def shown(self, chat_id: int) -> list[SentMessage]:
        return [message for message in self.sent(chat_id) if not message.deleted]

    def sent(self, chat_id: int) -> list[SentMessage]:
        with self._changed:
            return list(self._sent.get(chat_id, {}).values())

    def edit(
        self, message: SentMessage, text: str, formatted: FormattedText, keyboard: Keyboard
    ) -> SentMessage:
        if formatted == message.formatted and keyboard == message.keyboard:
            refuse(
                "message is not modified: specified new message content and reply markup are"
                " exactly the same as a current content and reply markup of the message"
            )
        edit_time = time.monotonic()
        with self._changed:
            return self._keep(
                replace(
                    message, text=text, formatted=formatted, keyboard=keyboard, edited_at=edit_time
                )
            )

    def editable(self, chat: Chat, message_id: Any) -> SentMessage:
        if not message_id:
            refuse("message identifier is not specified")
        if not self.exists(chat.chat_id, message_id):
            refuse("message to edit not found")
        for message in self.shown(chat.chat_id):
            # Only one without a reply markup, or with an inline keyboard, can be edited.
            if message.message_id == message_id and not message.reply_keyboard:
                return message
        refuse("message can't be edited")

    def let_two_days_pass(self, chat_id: int) -> None:
        """Makes all messages that are there too old for a bot to delete them."""
        with self._changed:
            ids = (*self._sent.get(chat_id, ()), *self._received.get(chat_id, ()))
            self._too_old.update((chat_id, message_id) for message_id in ids)

    def received(self, chat_id: int) -> list[int]:
        """The ids of the person's messages that are still there."""
        with self._changed:
            return list(self._received.get(chat_id, []))

    def check_deletable(self, chat: Chat, message_id: Any) -> None:
        with self._changed:
            is_own = message_id in self._sent.get(chat.chat_id, {})
        # Without rights of an administrator, a bot deletes others' messages in private only.
        if (chat.chat_id, message_id) in self._too_old or not (is_own or chat.kind == "private"):
            refuse("message can't be deleted for everyone")

    def delete(self, chat: Chat, message_id: Any) -> None:
        if not self.exists(chat.chat_id, message_id):
            refuse("message to delete not found")
        self.check_deletable(chat, message_id)
        with self._changed:
            if message_id in self._received.get(chat.chat_id, []):
                self._received[chat.chat_id].remove(message_id)
            else:
                self._keep(replace(self._sent[chat.chat_id][message_id], deleted=True))

    def as_json(self, message: SentMessage) -> dict[str, Any]:
        content: dict[str, Any] = {
            "message_id": message.message_id,
            "from": self._bot_user,
            "chat": self.chat(message.chat_id).as_json(),
            "date": message.date,
            "text": message.plain,
        }
        if message.formatted.entities:
            content["entities"] = message.formatted.entities
        if message.keyboard:
            content["reply_markup"] = {"inline_keyboard": message.keyboard}
        if message.edited_at is not None:
            content["edit_date"] = int(time.time())
        return content
