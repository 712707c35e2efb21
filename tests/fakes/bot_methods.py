"""The methods of the Bot API, each from decoded parameters to the `result` of its answer."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .chat_log import Chat
from .telegram_html import utf16_length
from .telegram_rules import (
    CALLBACK_ANSWER_LENGTH,
    CHAT_ACTIONS,
    check_commands,
    check_inline_keyboard,
    check_language,
    check_message_ids,
    check_reply_keyboard,
    check_scope,
    check_text,
    refuse,
)
from .user_side import UserSide

CHAT_LIMITS = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    },
}


class SentAction(NamedTuple):
    chat_id: int
    action: str
    at: float


class CallbackAnswer(NamedTuple):
    callback_query_id: str
    text: str
    show_alert: bool
    at: float


class BotMethods(UserSide):
    """The part of the fake that the bot calls; getUpdates is the queue's own."""

    def __init__(self, bot_user: dict[str, Any]) -> None:
        super().__init__(bot_user)
        self._commands: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._descriptions: dict[tuple[str, str], str] = {}
        self._actions: list[SentAction] = []
        self._answers: list[CallbackAnswer] = []
        self._handlers: dict[str, Callable[[dict[str, Any]], Any]] = {
            "getMe": self._get_me,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "answerCallbackQuery": self._answer_callback_query,
            "sendChatAction": self._send_chat_action,
            "deleteMessage": self._delete_message,
            "deleteMessages": self._delete_messages,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "setMyCommands": self._set_my_commands,
            "getMyCommands": self._get_my_commands,
            "setMyDescription": self._set_my_description,
            "setMyShortDescription": self._set_my_short_description,
            "leaveChat": self._leave_chat,
            "getChat": self._get_chat,
        }

    def _get_me(self, parameters: dict[str, Any]) -> dict[str, Any]:
        abilities = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        return {**self._bot_user, **abilities}

    def _send_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        formatted = check_text(parameters)
        keyboard = check_inline_keyboard(parameters)
        chat = self._log.open_chat(parameters.get("chat_id"))
        reply_to = self._check_reply(chat, parameters.get("reply_parameters") or {})
        other = check_reply_keyboard(parameters, chat.kind)
        message = self._log.send(chat, parameters["text"], formatted, keyboard, reply_to, other)
        return self._log.as_json(message)

    def _check_reply(self, chat: Chat, reply: dict[str, Any]) -> int | None:
        if not reply:
            return None
        if "message_id" not in reply:
            refuse('can\'t find field "message_id"')
        if self._log.exists(chat.chat_id, reply["message_id"]):
            return int(reply["message_id"])
        if not reply.get("allow_sending_without_reply"):
            refuse("message to be replied not found")
        return None

    def _edit_message_text(self, parameters: dict[str, Any]) -> dict[str, Any]:
        formatted = check_text(parameters)
        keyboard = check_inline_keyboard(parameters)
        chat = self._log.open_chat(parameters.get("chat_id"))
        message = self._log.editable(chat, parameters.get("message_id"))
        return self._log.as_json(self._log.edit(message, parameters["text"], formatted, keyboard))

    def _edit_message_reply_markup(self, parameters: dict[str, Any]) -> dict[str, Any]:
        keyboard = check_inline_keyboard(parameters)
        chat = self._log.open_chat(parameters.get("chat_id"))
        message = self._log.editable(chat, parameters.get("message_id"))
        edited = self._log.edit(message, message.text, message.formatted, keyboard)
        return self._log.as_json(edited)

    def _answer_callback_query(self, parameters: dict[str, Any]) -> bool:
        callback_query_id = str(parameters.get("callback_query_id", ""))
        text = str(parameters.get("text", ""))
        if utf16_length(text) > CALLBACK_ANSWER_LENGTH:
            refuse("MESSAGE_TOO_LONG")
        with self._changed:
            if callback_query_id not in self._callback_ids:
                refuse("query is too old and response timeout expired or query ID is invalid")
            alert = parameters.get("show_alert") is True
            answer = CallbackAnswer(callback_query_id, text, alert, time.monotonic())
            self._answers.append(answer)
            self._changed.notify_all()
        return True

    def _send_chat_action(self, parameters: dict[str, Any]) -> bool:
        chat = self._log.open_chat(parameters.get("chat_id"))
        if parameters.get("action") not in CHAT_ACTIONS:
            refuse("wrong parameter action in request")
        with self._changed:
            sent = SentAction(chat.chat_id, parameters["action"], time.monotonic())
            self._actions.append(sent)
            self._changed.notify_all()
        return True

    def _delete_message(self, parameters: dict[str, Any]) -> bool:
        if not parameters.get("message_id"):
            refuse("message identifier is not specified")
        self._log.delete(self._log.chat(parameters.get("chat_id")), parameters["message_id"])
        return True

    def _delete_messages(self, parameters: dict[str, Any]) -> bool:
        chat = self._log.chat(parameters.get("chat_id"))
        found = [
            one
            for one in check_message_ids(parameters.get("message_ids"))
            if self._log.exists(chat.chat_id, one)
        ]
        # What is not there is skipped; one that may not be deleted spoils the whole call.
        for message_id in found:
            self._log.check_deletable(chat, message_id)
        for message_id in found:
            self._log.delete(chat, message_id)
        return True

    def _delete_webhook(self, parameters: dict[str, Any]) -> bool:
        if parameters.get("drop_pending_updates") is True:
            self._queue.drop_all()
        self._queue.webhook_url = ""
        return True

    def _get_webhook_info(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {
            "url": self._queue.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.pending()),
        }

    def _set_my_commands(self, parameters: dict[str, Any]) -> bool:
        commands = check_commands(parameters.get("commands", []))
        place = check_scope(parameters), check_language(parameters)
        with self._changed:
            self._commands[place] = commands
            self._changed.notify_all()
        return True

    def _get_my_commands(self, parameters: dict[str, Any]) -> list[dict[str, str]]:
        place = check_scope(parameters), check_language(parameters)
        with self._changed:
            commands = self._commands.get(place, [])
        return [{"command": name, "description": description} for name, description in commands]

    def _set_my_description(self, parameters: dict[str, Any]) -> bool:
        return self._describe("description", 512, parameters)

    def _set_my_short_description(self, parameters: dict[str, Any]) -> bool:
        return self._describe("short_description", 120, parameters)

    def _describe(self, field: str, longest: int, parameters: dict[str, Any]) -> bool:
        text = str(parameters.get(field, ""))
        if utf16_length(text) > longest:
            refuse(f"BOT_{field.upper()}_TOO_LONG")
        with self._changed:
            self._descriptions[field, check_language(parameters)] = text
            self._changed.notify_all()
        return True

    def _leave_chat(self, parameters: dict[str, Any]) -> bool:
        chat = self._log.open_chat(parameters.get("chat_id"))
        if chat.kind == "private":
            refuse("chat member status can't be changed in private chats")
        chat.closed = f"bot is not a member of the {chat.kind} chat"
        # Telegram tells the bot about its own leaving too.
        self._membership(chat, "member", "left", self._bot_user)
        return True

    def _get_chat(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {**self._log.chat(parameters.get("chat_id")).as_json(), **CHAT_LIMITS}
