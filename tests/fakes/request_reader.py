"""Reads the parameters of a request in all the forms that Telegram takes."""

import json
from typing import Any, NamedTuple

from aiohttp import web

from .telegram_rules import refuse

NUMBERS = {"chat_id", "message_id", "message_thread_id", "offset", "limit", "timeout"}
FLAGS = {"show_alert", "drop_pending_updates", "disable_notification", "protect_content"}
NESTED = {
    "reply_markup": dict,
    "scope": dict,
    "link_preview_options": dict,
    "reply_parameters": dict,
    "allowed_updates": list,
    "commands": list,
    "entities": list,
    "message_ids": list,
}


class ApiRequest(NamedTuple):
    """A request as it came: `path` holds the token, `path_without_token` has a mark for it."""

    method: str
    parameters: dict[str, Any]
    path: str
    path_without_token: str
    at: float


async def read_parameters(request: web.Request) -> dict[str, Any]:
    parameters: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = json_or_text(await request.text())
        parameters.update(body if isinstance(body, dict) else {})
    else:
        parameters.update(await request.post())
    return {name: decode(name, value) for name, value in parameters.items()}


def decode(name: str, value: Any) -> Any:
    """Gives a form field the type that its name calls for; what doesn't fit stays text."""
    if isinstance(value, web.FileField):
        value.file.close()
        return value.filename
    if not isinstance(value, str):
        return value
    if name in FLAGS:
        return value.lower() in ("true", "1", "yes", "t", "y")
    if name in NUMBERS:
        return int(value) if value.removeprefix("-").isdecimal() else value
    return json_or_text(value) if name in NESTED else value


def json_or_text(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def check_nested(parameters: dict[str, Any]) -> None:
    for name, kind in NESTED.items():
        value = parameters.get(name)
        if value not in (None, "") and not isinstance(value, kind):
            refuse(f"can't parse {name} JSON object")
