"""Asks Rasa's REST channel, and gives its answer back as a Reply."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from bot.answers.model import Button, Reply

PATIENCE_SECONDS = 3.0
# What a channel needs to know of a reply besides what is read: see Reply.
MARKS = ("in_place", "asks_location", "forgets")
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
        self._patience_seconds = patience_seconds
        # No proxy of the environment may ever see what people write.
        self._client = httpx.AsyncClient(trust_env=False, timeout=patience_seconds)

    async def ask(self, pseudonym: str, text: str, metadata: dict[str, Any]) -> Heard:
        """Return Rasa's reply to a text or a payload; raise RasaSilentError without one."""
        message = {"sender": pseudonym, "message": text, "metadata": metadata}
        try:
            posted = self._client.post(self._url, json=message)
            response = await asyncio.wait_for(posted, self._patience_seconds)
            response.raise_for_status()
            return read(response.json())
        except (httpx.HTTPError, asyncio.TimeoutError, *_NOT_A_REPLY):
            # Rasa answers 200 with an empty list when the action server is down. The cause is
            # left out: it could quote the message.
            raise RasaSilentError from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


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
