"""What Telegram refuses, with the error codes and descriptions that its Bot API gives."""

import re
from typing import Any, NoReturn

from telegram.constants import BotCommandScopeType, ChatAction

from .telegram_html import WEB_LINK, FormattedText, MarkupError, parse_html, trim, utf16_length

MESSAGE_LENGTH = 4096
CALLBACK_ANSWER_LENGTH = 200
BUTTONS_PER_MESSAGE = 100
BUTTONS_PER_ROW = 8
COMMANDS_PER_LIST = 100
MESSAGES_PER_DELETION = 100
BUTTON_ACTIONS = frozenset(
    (
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    )
)
OTHER_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")
CHAT_ACTIONS = frozenset(action.value for action in ChatAction)
SCOPES = frozenset(scope.value for scope in BotCommandScopeType)


class Refused(Exception):
    """An answer with "ok": false."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, Any]:
        body = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def refuse(reason: str) -> NoReturn:
    raise Refused(400, f"Bad Request: {reason}")


def check_text(parameters: dict[str, Any]) -> FormattedText:
    source = parameters.get("text", "")
    if not isinstance(source, str) or not source:
        refuse("message text is empty")
    text = trim(format_text(source, str(parameters.get("parse_mode", ""))))
    if not text.plain:
        refuse("text must be non-empty")
    if utf16_length(text.plain) > MESSAGE_LENGTH:
        refuse("message is too long")
    return text


def format_text(source: str, parse_mode: str) -> FormattedText:
    if not parse_mode:
        return FormattedText(source, [])
    if parse_mode.lower() != "html":
        refuse("unsupported parse_mode")
    try:
        return parse_html(source)
    except MarkupError as error:
        refuse(f"can't parse entities: {error}")


def check_reply_keyboard(parameters: dict[str, Any], kind: str) -> dict[str, Any]:
    """The other markups: buttons in place of the letters, or the order to take them away."""
    markup = parameters.get("reply_markup") or {}
    if not isinstance(markup, dict) or "inline_keyboard" in markup:
        return {}
    rows = markup.get("keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        refuse('field "keyboard" must be of type Array')
    for button in (button for row in rows for button in row):
        if not isinstance(button, dict) or not str(button.get("text", "")).strip():
            refuse("keyboard button text must be non-empty")
        if button.get("request_location") and kind != "private":
            refuse("location can be requested in private chats only")
    if "keyboard" in markup and not any(rows):
        refuse("reply keyboard must be non-empty")
    return markup


def check_message_ids(given: Any) -> list[int]:
    """The ids of deleteMessages: from one to a hundred."""
    if given in (None, ""):
        refuse("message identifiers are not specified")
    if not isinstance(given, list):
        refuse("expected an Array of message identifiers")
    if len(given) > MESSAGES_PER_DELETION:
        refuse("too many message identifiers specified")
    if not all(isinstance(one, int) and one > 0 for one in given):
        refuse("invalid message identifier specified")
    return given


def check_inline_keyboard(parameters: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows of the inline keyboard, none for another kind of reply markup."""
    markup = parameters.get("reply_markup") or {}
    if not isinstance(markup, dict):
        refuse("object expected as reply markup")
    if markup and "inline_keyboard" not in markup:
        if not any(kind in markup for kind in OTHER_KEYBOARDS):
            refuse("object expected as reply markup")
        return []
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        refuse('field "inline_keyboard" must be of type Array')
    check_keyboard_size(rows)
    for row in rows:
        for button in row:
            check_button(button)
    return [row for row in rows if row]


def check_keyboard_size(rows: list[list[dict[str, Any]]]) -> None:
    widest = max(map(len, rows), default=0)
    if widest > BUTTONS_PER_ROW or sum(map(len, rows)) > BUTTONS_PER_MESSAGE:
        refuse("reply markup is too long")


def check_button(button: Any) -> None:
    prefix = "can't parse inline keyboard button:"
    if not isinstance(button, dict):
        refuse(f"{prefix} InlineKeyboardButton must be an Object")
    if "text" not in button:
        refuse(f'{prefix} Can\'t find field "text"')
    if not isinstance(button["text"], str):
        refuse(f'{prefix} Field "text" must be of type String')
    if not button["text"].strip():
        refuse("inline keyboard button text must be non-empty")
    actions = [name for name in BUTTON_ACTIONS if button.get(name) not in (None, False)]
    if not actions or button.get("callback_data") == "":
        refuse(f"{prefix} Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        refuse(f"{prefix} exactly one action must be given")
    check_action(button)


def check_action(button: dict[str, Any]) -> None:
    data = button.get("callback_data", "x")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        refuse("BUTTON_DATA_INVALID")
    url = button.get("url", "https://example.org")
    if not isinstance(url, str) or not WEB_LINK.fullmatch(url):
        problem = "Unsupported URL protocol" if "://" in str(url) else "Wrong HTTP URL"
        refuse(f"inline keyboard button URL '{url}' is invalid: {problem}")


def check_commands(commands: Any) -> list[tuple[str, str]]:
    if not isinstance(commands, list):
        refuse("expected an Array of BotCommand")
    if len(commands) > COMMANDS_PER_LIST:
        refuse("BOT_COMMANDS_TOO_MUCH")
    return [check_command(command) for command in commands]


def check_command(command: Any) -> tuple[str, str]:
    if not isinstance(command, dict) or not {"command", "description"} <= set(command):
        refuse("can't parse BotCommand: Can't find field")
    name, description = str(command["command"]), str(command["description"]).strip()
    if len(name) > 32:
        refuse("command length must not exceed 32")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        refuse("BOT_COMMAND_INVALID")
    if not description:
        refuse("command description must be non-empty")
    if len(description) > 256:
        refuse("command description length must not exceed 256")
    return name, description


def check_language(parameters: dict[str, Any]) -> str:
    language_code = str(parameters.get("language_code", ""))
    if not re.fullmatch(r"(?:[a-z]{2})?", language_code):
        refuse("invalid language code specified")
    return language_code


def check_scope(parameters: dict[str, Any]) -> str:
    """A short name of the command scope: "default", "chat:42", "chat_member:-100:42"."""
    scope = parameters.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        refuse("can't parse BotCommandScope: Unsupported type specified")
    parts = [scope["type"], scope.get("chat_id"), scope.get("user_id")]
    return ":".join(str(part) for part in parts if part is not None)
