"""A stand-in for Telegram's servers over real HTTP, as light as can be.

The strict one of the tests checks every rule and keeps every message: its time would stand in the
figures, and its memory would grow. This one only keeps whose answer is waited for.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web

BOT = {"id": 123456, "is_bot": True, "first_name": "Right Door", "username": "rightdoor_bench_bot"}
MOST_AT_ONCE = 100
LONGEST_POLL_SECONDS = 50.0


class Answered(NamedTuple):
    """An answer as it came: when (time.perf_counter), its text, its buttons' payloads."""

    at: float
    text: str
    buttons: list[str]


class TelegramServer:
    """Serves one bot; people put updates in, and wait for the answer to them."""

    def __init__(self, fixed: Sequence[str] = ()) -> None:
        self.fixed = fixed
        self.sent = 0
        # The message with buttons in each chat that was sent or changed last, without its text.
        self.latest: dict[int, dict[str, Any]] = {}
        self._updates: list[dict[str, Any]] = []
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Answered]] = {}
        self._news = asyncio.Event()
        self._methods = {
            "getUpdates": self._get_updates,
            "getMe": self._get_me,
            "sendMessage": self._send,
            "editMessageText": self._send,
        }

    async def start(self) -> int:
        """Begin to serve; return the port."""
        runner = web.ServerRunner(web.Server(self._serve, access_log=None))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return int(runner.addresses[0][1])

    def put(self, person: int, kind: str, content: dict[str, Any]) -> asyncio.Future[Answered]:
        """Make an update available to the bot; return what will be its answer."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting[person] = answer
        self._updates.append({"update_id": next(self._numbers), kind: content})
        self._news.set()
        return answer

    def message(self, person: int, sender: dict[str, Any]) -> dict[str, Any]:
        """Return a message of somebody in the chat of a person, without any content yet."""
        chat = {"id": person, "type": "private", "first_name": "Alex"}
        number = next(self._numbers)
        return {"message_id": number, "from": sender, "chat": chat, "date": int(time.time())}

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        # Every address is /bot<token>/<method>; a call's content is a form.
        method = request.path.rsplit("/", 1)[-1]
        try:
            content = await request.text()
        except ConnectionError:  # whoever called has been ended
            return web.Response(status=400)
        serve = self._methods.get(method)
        result = await serve(dict(parse_qsl(content))) if serve else True
        told = json.dumps({"ok": True, "result": result}).encode()
        return web.Response(body=told, content_type="application/json")

    async def _get_me(self, given: dict[str, Any]) -> dict[str, Any]:
        return BOT

    async def _get_updates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        offset, limit = int(given.get("offset", 0)), int(given.get("limit", MOST_AT_ONCE))
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        seconds = min(float(given.get("timeout", 0)), LONGEST_POLL_SECONDS)
        if not self._updates and seconds:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), seconds)
            except asyncio.TimeoutError:
                return []
        return self._updates[: min(limit, MOST_AT_ONCE)]

    async def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        at, person = time.perf_counter(), int(given["chat_id"])
        self.sent += 1
        markup = given.get("reply_markup") or "{}"
        rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard")
        message = self.message(person, BOT)
        if "message_id" in given:
            message["message_id"] = int(given["message_id"])
        answer = self._waiting.get(person)
        # Of several messages, the last one has the buttons: then the answer is whole.
        if rows:
            self.latest[person] = message
        if rows and answer and not answer.done():
            pressed = [button.get("callback_data") for row in rows for button in row]
            answer.set_result(Answered(at, given["text"], [data for data in pressed if data]))
        told = message | {"text": given["text"]}
        return told | ({"reply_markup": {"inline_keyboard": rows}} if rows else {})
