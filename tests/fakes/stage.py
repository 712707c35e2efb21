"""The real gateway between the fake Telegram and the fake Rasa, for tests that play a person."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, select
from telegram.error import TelegramError
from typing_extensions import Self

from bot import urgent
from bot.answers.payload import Press
from bot.database.raw import DEMAND
from bot.demand.counters import DemandCounters
from bot.directory import pack
from bot.gateway import polling, sending
from bot.gateway.__main__ import build_bot
from bot.gateway.conversation import Conversations
from bot.gateway.pace import Pace
from bot.gateway.polling import Poller
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sending import persist
from bot.gateway.telegram import TelegramGateway
from bot.words import texts
from bot.words.catalogue import words
from bot.words.marks import Text

from .bot_api import FakeBotApi
from .chat_log import SentMessage
from .rasa_server import FakeRasa

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ALEX, ROBIN = 700_000_001, 700_000_002
GROUP = -1_001_234_567_890
SHORT = 0.01

# Loopback needs none, but every client reads all certificates anew: a tenth of a second each.
_certificates = cache(ssl.create_default_context)


class Stage:
    """One gateway at a time, put together as `bot.gateway` does, in a thread of its own."""

    def __init__(self, folder: Path, patience_seconds: float = 10, rate: float = 30) -> None:
        self.api = FakeBotApi(TOKEN)
        self.rasa = FakeRasa()
        self.database_url = f"sqlite:///{folder / 'demand.sqlite3'}"
        self.error: Exception | None = None
        self._patience_seconds = patience_seconds
        self._rate = rate
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        # As the real one does before it serves.
        urgent.load()
        self.api.__enter__()
        self.rasa.__enter__()
        self.begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.rasa.release()
        self.kill()
        self.rasa.__exit__(kind, error, trace)
        self.api.__exit__(kind, error, trace)

    def begin(self) -> None:
        """Starts a gateway that knows nothing of those before it."""
        polls = self.calls("getUpdates")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self.api.wait_until(lambda: self.calls("getUpdates") > polls)

    def end(self) -> None:
        """Ends the gateway in order, as Ctrl-C does."""
        self._cancel(killed=False)

    def kill(self) -> None:
        """Ends the gateway on the spot: nothing under way is answered or acknowledged."""
        self._cancel(killed=True)

    def wait_for_end(self) -> Exception | None:
        """The error that ended the gateway by itself."""
        assert self._thread is not None
        self._thread.join(timeout=10)
        assert not self._thread.is_alive()
        return self.error

    def ask(self, chat: int, text: str, **details: Any) -> SentMessage:
        """The bot's next message after this one of a person."""
        before = len(self.api.sent(chat))
        self.api.write(chat, text, **details)
        return self.api.wait_for(chat, before + 1)[-1]

    def press(self, chat: int, data: str, **details: Any) -> SentMessage:
        """The bot's next message after this tap on a button."""
        before = len(self.api.sent(chat))
        self.api.press(chat, data, **details)
        return self.api.wait_for(chat, before + 1)[-1]

    def acknowledged(self) -> bool:
        """Whether the bot confirms, in the time it may take, all that people sent."""
        return self.api.wait_until(lambda: not self.api.pending())

    def calls(self, method: str) -> int:
        return sum(request.method == method for request in self.api.requests)

    def counts(self) -> list[dict[str, Any]]:
        """The rows of the demand table, after the end of the gateway has written them."""
        self.end()
        return demand(self.database_url)

    def _cancel(self, killed: bool) -> None:
        if self._thread is None or not self._thread.is_alive():
            return
        self._killed = killed
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._polling.cancel)
        self._thread.join(timeout=10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._killed = False
        counters = DemandCounters(self.database_url)
        rasa = RasaClient(self.rasa.url, self._patience_seconds)
        bot = build_bot(TOKEN, self.api.address, Pace(self._rate))
        await persist(bot.initialize)
        conversations = Conversations("telegram", pack.load("brussels"), rasa, counters)
        gateway = TelegramGateway(bot, conversations)
        poller = Poller(bot, gateway.handle, conversations.acknowledged)
        self._loop = asyncio.get_running_loop()
        self._polling = asyncio.create_task(poller.run())
        try:
            await self._polling
        except polling.PollingError as error:
            self.error = error
        finally:
            if not self._killed:
                with contextlib.suppress(TelegramError):
                    await poller.drain()
            # The connections of a killed program end as well.
            await rasa.close()
            await bot.shutdown()
            counters.close()


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shortens the pauses between tries; what is tried, and how often, stays."""
    monkeypatch.setattr(polling, "PAUSE_SECONDS", SHORT)
    monkeypatch.setattr(polling, "LOOK_AGAIN_SECONDS", SHORT)
    monkeypatch.setattr(sending, "FIRST_PAUSE_SECONDS", SHORT)
    monkeypatch.setattr(ssl, "create_default_context", _certificates)


def demand(database_url: str) -> list[dict[str, Any]]:
    engine = create_engine(database_url, future=True)
    try:
        if not inspect(engine).has_table(DEMAND.name):
            return []
        with engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(select(DEMAND))]
    finally:
        engine.dispose()


def said(text: Text, language: str, **values: object) -> str:
    """A sentence in a person's language."""
    return words(language).say(text, **values)


def noticed(text: Text, language: str) -> str:
    """A notice of the gateway: the sentence, and the number for danger."""
    city = pack.load("brussels").city.names[language]
    return (
        f"{said(text, language, city=city)}\n\n{said(texts.UNSURE_DANGER, language, number='112')}"
    )


def payload(route: str, view: str = "", choice: str = "") -> str:
    return Press(route, view, choice).payload
