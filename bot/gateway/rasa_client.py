"""Asks Rasa's REST channel, and gives its answer back as a Reply."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
from async_timeout import timeout

from bot.answers.model import Button, Reply

# With the wait for a place before it, an answer of some kind within 3 s (bot/gateway/gate.py).
PATIENCE_SECONDS = 2.5
# What a channel needs to know of a reply besides what is read: see Reply.
MARKS = ("in_place", "asks_location", "forgets")
# One time is kept for the whole call.
_UNTIMED = aiohttp.ClientTimeout(total=None, sock_connect=None)
_JSON = {"Content-Type": "application/json"}
_NOT_A_REPLY = (ValueError, LookupError, TypeError, AttributeError)


class RasaSilentError(Exception):
    """Rasa is down, too slow, or gave an answer that is none."""


@dataclass(frozen=True)
class Heard:
    """What Rasa said: the reply, and what it adds to the counters: its dimensions.

    See actions/turn.py, demand.
    """

    reply: Reply
    demand: dict[str, str] | None


class RasaClient:
    """A client of one Rasa server on loopback; close it at the end."""

    def __init__(self, url: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._url = url
        self.patience_seconds = patience_seconds
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, pseudonym: str, text: str, metadata: dict[str, Any]) -> Heard:
        """Return Rasa's reply to a text or a payload; raise RasaSilentError without one."""
        message = {"sender": pseudonym, "message": text, "metadata": metadata}
        try:
            async with timeout(self.patience_seconds):
                return read(await self._post(message))
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError, *_NOT_A_REPLY):
            # Rasa answers 200 with an empty list when the action server is down. The cause is
            # left out: it could quote the message.
            raise RasaSilentError from None

    async def _post(self, message: dict[str, Any]) -> Any:
        if self._session is None:
            # No proxy of the environment may ever see what people write.
            self._session = aiohttp.ClientSession(
                trust_env=False, cookie_jar=aiohttp.DummyCookieJar(), timeout=_UNTIMED
            )
        # Half a character cannot be encoded: it is an error here, and not Rasa's.
        content = json.dumps(message, ensure_ascii=False).encode()
        posted = self._session.post(self._url, data=content, headers=_JSON, allow_redirects=False)
        async with posted as response:
            if response.status != HTTPStatus.OK:
                raise ValueError
            return json.loads(await response.read())

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()


def read(messages: list[dict[str, Any]]) -> Heard:
    """Return what the messages of the REST channel say; see actions/turn.py, say."""
    details = [message["custom"] for message in messages if "custom" in message][-1]
    flat = [
        Button(button["title"], button["payload"])
        for message in messages
        for button in message.get("buttons", [])
    ]
    rows, begin = [], 0
    for length in details["rows"]:
        rows.append(tuple(flat[begin : begin + length]))
        begin += length
    reply = Reply(
        details["language"],
        tuple(details["paragraphs"]),
        tuple(rows),
        tuple(details["headings"]),
        **{mark: details.get(mark) is True for mark in MARKS},
    )
    return Heard(reply, details["demand"])
