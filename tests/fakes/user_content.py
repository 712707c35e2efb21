"""The pieces of the JSON that Telegram sends about people and what they post."""

import re
from typing import Any

from .chat_log import Chat
from .telegram_html import utf16_length

GROUP_MEMBER_ID = 4_000_000_001
BOT_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?")
FILE = {"file_id": "AgACAgIAAxkBAAIB", "file_unique_id": "AQADAgAT", "file_size": 20480}
MEDIA: dict[str, Any] = {
    "voice": {**FILE, "duration": 3, "mime_type": "audio/ogg"},
    "photo": [{**FILE, "width": 90, "height": 60}, {**FILE, "width": 900, "height": 600}],
    "sticker": {
        **FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
    "contact": {"phone_number": "+4915112345678", "first_name": "Robin"},
    "location": {"latitude": 52.520008, "longitude": 13.404954},
}


def person(chat: Chat, language_code: str | None) -> dict[str, Any]:
    """The person of a private chat, or the one who does all the talking in a group."""
    is_private = chat.kind == "private"
    user = {
        "id": chat.chat_id if is_private else GROUP_MEMBER_ID,
        "is_bot": False,
        "first_name": chat.name if is_private else "Alex",
    }
    return {**user, "language_code": language_code} if language_code else user


def command_entities(text: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: found.start()]),
            "length": len(found.group()),
        }
        for found in BOT_COMMAND.finditer(text)
    ]
