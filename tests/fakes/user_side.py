"""What people do in Telegram, turned into the updates that the bot receives."""

import itertools
import threading
import time
from collections.abc import Iterator
from typing import Any

from .chat_log import Chat, ChatLog, SentMessage
from .telegram_html import utf16_length
from .telegram_rules import MESSAGE_LENGTH
from .update_queue import UpdateQueue
from .user_content import MEDIA, command_entities, person


class UserSide:
    """The part of the fake that a test drives in the place of the people in the chats.

    Every act returns the id of its update, or None when allowed_updates keeps it from the bot.
    """

    def __init__(self, bot_user: dict[str, Any]) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._bot_user = bot_user
        self._log = ChatLog(self._changed, bot_user)
        self._queue = UpdateQueue(self._changed)
        self._callback_numbers = itertools.count(4_382_912_340_001)
        self._callback_ids: set[str] = set()

    def write(
        self,
        chat_id: int,
        text: str,
        language_code: str | None = "en",
        name: str | None = None,
        edited: bool = False,
        chat_type: str | None = None,
    ) -> int | None:
        """`edited` changes the person's last message in that chat, as a client would."""
        text = text.strip()
        if not 1 <= utf16_length(text) <= MESSAGE_LENGTH:
            raise ValueError("a Telegram client sends 1 to 4096 UTF-16 units in one message")
        chat = self._log.know(chat_id, chat_type, name)
        message = {**self._message(chat, language_code, edited), "text": text}
        if commands := command_entities(text):
            message["entities"] = commands
        return self._queue.add("edited_message" if edited else "message", message)

    def send_media(
        self, chat_id: int, kind: str, caption: str = "", language_code: str | None = "en"
    ) -> int | None:
        if kind not in MEDIA:
            raise ValueError(f"no medium {kind!r}, only {', '.join(MEDIA)}")
        message = self._message(self._log.know(chat_id), language_code)
        message[kind] = MEDIA[kind]
        if caption:
            message["caption"] = caption
        return self._queue.add("message", message)

    def location_button(self, chat_id: int) -> str | None:
        """The label of the button that shares a location, while it stands below the chat."""
        for message in reversed(self._log.sent(chat_id)):
            if "remove_keyboard" in message.reply_keyboard:
                return None
            for row in message.reply_keyboard.get("keyboard", []):
                for button in row:
                    if button.get("request_location"):
                        return str(button["text"])
        return None

    def share_location(
        self, chat_id: int, latitude: float, longitude: float, language_code: str | None = "en"
    ) -> int | None:
        """Presses that button; the place goes out as a message."""
        if self.location_button(chat_id) is None:
            raise ValueError(f"no button to share a location in chat {chat_id}")
        message = self._message(self._log.know(chat_id), language_code)
        message["location"] = {"latitude": latitude, "longitude": longitude}
        return self._queue.add("message", message)

    def _message(
        self, chat: Chat, language_code: str | None, edited: bool = False
    ) -> dict[str, Any]:
        now = int(time.time())
        message: dict[str, Any] = {
            "message_id": self._log.receive(chat.chat_id, again=edited),
            "from": person(chat, language_code),
            "chat": chat.as_json(),
            "date": now,
        }
        return {**message, "edit_date": now} if edited else message

    def press(
        self,
        chat_id: int,
        data: str,
        message_id: int | None = None,
        language_code: str | None = "en",
        stale: bool = False,
    ) -> int | None:
        """`stale` is a tap on a button that is gone: any data, even on a message not there."""
        for message, button in self._buttons(chat_id, message_id):
            if button.get("callback_data") == data:
                return self._tap(chat_id, data, self._log.as_json(message), language_code)
        if not stale:
            raise ValueError(self._no_button(chat_id, data))
        chat = self._log.know(chat_id)
        for message in self._shown(chat_id, message_id):
            return self._tap(chat_id, data, self._log.as_json(message), language_code)
        gone = {"chat": chat.as_json(), "message_id": message_id or 1, "date": 0}
        return self._tap(chat_id, data, gone, language_code)

    def press_label(
        self,
        chat_id: int,
        label: str,
        message_id: int | None = None,
        language_code: str | None = "en",
    ) -> int | None:
        for message, button in self._buttons(chat_id, message_id):
            if button["text"] == label and "callback_data" in button:
                data = button["callback_data"]
                return self._tap(chat_id, data, self._log.as_json(message), language_code)
        raise ValueError(self._no_button(chat_id, label))

    def _shown(self, chat_id: int, message_id: int | None) -> list[SentMessage]:
        """The messages that are still there, latest first, or only the named one."""
        messages = reversed(self._log.shown(chat_id))
        return [one for one in messages if message_id in (None, one.message_id)]

    def _buttons(
        self, chat_id: int, message_id: int | None
    ) -> Iterator[tuple[SentMessage, dict[str, Any]]]:
        for message in self._shown(chat_id, message_id):
            for row in message.keyboard:
                for button in row:
                    yield message, button

    def _no_button(self, chat_id: int, wanted: str) -> str:
        shown = [message.buttons for message in self._shown(chat_id, None)]
        return f"no button {wanted!r} to press in chat {chat_id}, there are {shown}"

    def _tap(
        self, chat_id: int, data: str, message: dict[str, Any], language_code: str | None
    ) -> int | None:
        with self._changed:
            callback_id = str(next(self._callback_numbers))
            self._callback_ids.add(callback_id)
        query = {
            "id": callback_id,
            "from": person(self._log.chat(chat_id), language_code),
            "message": message,
            "chat_instance": str(-7_300_000_000_000 - abs(chat_id)),
            "data": data,
        }
        return self._queue.add("callback_query", query)

    def add_to_group(
        self, chat_id: int, chat_type: str = "supergroup", service_message: bool = False
    ) -> int | None:
        """`service_message` adds the "new member" message that people see in the group."""
        chat = self._log.know(chat_id, chat_type)
        chat.closed = ""
        update_id = self._membership(chat, "left", "member", person(chat, "en"))
        if service_message:
            message = {**self._message(chat, "en"), "new_chat_members": [self._bot_user]}
            self._queue.add("message", message)
        return update_id

    def block(self, chat_id: int, with_update: bool = False) -> int | None:
        """Shuts the bot out: blocked by a person, or kicked out of a group."""
        chat = self._log.know(chat_id)
        is_private = chat.kind == "private"
        kicked = f"bot was kicked from the {chat.kind} chat"
        chat.closed = "bot was blocked by the user" if is_private else kicked
        if not with_update:
            return None
        return self._membership(chat, "member", "kicked", person(chat, "en"))

    def unblock(self, chat_id: int) -> None:
        self._log.chat(chat_id).closed = ""

    def _membership(self, chat: Chat, old: str, new: str, actor: dict[str, Any]) -> int | None:
        member: dict[str, Any] = {"user": self._bot_user}
        until = {"until_date": 0} if new == "kicked" else {}
        change = {
            "chat": chat.as_json(),
            "from": actor,
            "date": int(time.time()),
            "old_chat_member": {**member, "status": old},
            "new_chat_member": {**member, "status": new, **until},
        }
        return self._queue.add("my_chat_member", change)

    def raw_update(self, update: dict[str, Any]) -> int:
        """Delivers any JSON as it is, past allowed_updates; only update_id is the server's own."""
        query = update.get("callback_query")
        if isinstance(query, dict) and isinstance(query.get("id"), str):
            with self._changed:
                self._callback_ids.add(query["id"])
        for content in update.values():
            self._know_chat_in(content)
        return self._queue.add_raw(update)

    def _know_chat_in(self, content: Any) -> None:
        """A chat that a raw update names is one the bot may answer in."""
        if not isinstance(content, dict):
            return
        self._know_chat_in(content.get("message"))
        chat = content.get("chat")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            self._log.know(chat["id"])
