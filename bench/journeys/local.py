"""The assistant as somebody at this machine meets it: the gateway's own path, and real servers."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from bench.journeys.form import Shown
from bench.journeys.walk import NoButtonError, is_button
from bot import model_file, settings, urgent
from bot.answers import payload
from bot.answers.model import Button, Reply
from bot.demand.counters import DemandCounters
from bot.directory import pack
from bot.gateway.commands import COMMANDS
from bot.gateway.conversation import Conversations, Incoming
from bot.gateway.rasa_client import Heard, RasaClient, RasaSilentError
from bot.launch.lifecycle import running
from bot.launch.server import servers_of
from bot.settings import Settings

PATIENCE_SECONDS = 30.0


class _Wire(RasaClient):
    """The way to Rasa, which can be cut."""

    is_cut = False

    async def ask(self, pseudonym: str, text: str, metadata: dict[str, Any]) -> Heard:
        """Return Rasa's reply; raise RasaSilentError when there is none."""
        if self.is_cut:
            raise RasaSilentError
        return await super().ask(pseudonym, text, metadata)


class House:
    """The running assistant; people come in one after the other."""

    def __init__(self, conversations: Conversations, wire: _Wire) -> None:
        self._conversations = conversations
        self._chats = count(1)
        self._loop = asyncio.new_event_loop()
        self.wire = wire

    def new_chat(self) -> int:
        """Return a chat that nothing is known about."""
        return next(self._chats)

    def reply_to(self, message: Incoming) -> Reply:
        """Return the reply to a message."""
        return self._loop.run_until_complete(self._conversations.reply_to(message))

    def close(self) -> None:
        """Close the way to Rasa."""
        self._loop.run_until_complete(self.wire.close())
        self._loop.close()


class Visitor:
    """A person at this machine: a partner of a walk (walk.Partner)."""

    def __init__(self, house: House, phone: str) -> None:
        self._house, self._phone = house, phone
        self._chat = house.new_chat()
        self._under: list[list[Button]] = []
        house.wire.is_cut = False

    def writes(self, text: str) -> Shown:
        """Send a text, or a command of Telegram's list."""
        press = COMMANDS.get(text[1:]) if text.startswith("/") else None
        return self._asks(Incoming(self._chat, text, press, self._phone, counted=False))

    def presses(self, label: str, old: bool) -> Shown:
        """Press a button of the latest reply, or of an older one; raise NoButtonError."""
        replies = self._under[:-1] if old else self._under[-1:]
        found = [one for reply in reversed(replies) for one in reply if is_button(label, one.label)]
        if not found:
            raise NoButtonError(label)
        press = payload.read(found[0].payload)
        return self._asks(Incoming(self._chat, "", press, self._phone, counted=False))

    def day_passes(self) -> None:
        """Come back as a stranger: a day's pseudonym and all that hung on it is gone."""
        self._chat = self._house.new_chat()

    def rasa(self, runs: bool) -> None:
        """Cut the way to Rasa, or mend it."""
        self._house.wire.is_cut = not runs

    def _asks(self, message: Incoming) -> Shown:
        reply = self._house.reply_to(message)
        self._under.append([button for row in reply.buttons for button in row])
        rows = tuple(tuple(button.label for button in row) for row in reply.buttons)
        return Shown(reply.language, tuple(reply.text.split("\n")), reply.headings, rows)


@contextmanager
def house(given: Settings | None = None) -> Iterator[House]:
    """Yield the assistant: on servers that run already, or else on some that end afterwards."""
    given = given or settings.read()
    city = pack.load(given.city)
    urgent.load()
    resting = [server for server in servers_of(given) if not server.is_ready()]
    if resting:
        model_file.ensure()
    with running(resting), tempfile.TemporaryDirectory() as folder:
        counters = DemandCounters(f"sqlite:///{Path(folder) / 'nothing-is-counted.sqlite3'}")
        wire = _Wire(given.rasa_url, PATIENCE_SECONDS)
        opened = House(Conversations("terminal", city, wire, counters), wire)
        try:
            yield opened
        finally:
            opened.close()
            counters.close()
