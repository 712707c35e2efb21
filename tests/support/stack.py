"""The whole assistant, running: Rasa, the action server, and the gateway to the fake Bot API."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakes.bot_api import FakeBotApi

from . import sums
from .programs import Program, answers, free_ports, prepare, wait_until

NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Stack:
    # Every program logs all it can (DEBUG), so that a leak in any test can be found afterwards.
    def __init__(self, folder: Path, api: FakeBotApi, token: str) -> None:
        self.folder, self.api = prepare(folder), api
        self.rasa_port, self.actions_port = free_ports(2)
        self._databases = 0
        self.given = {
            "RASA_PORT": str(self.rasa_port),
            "ACTIONS_PORT": str(self.actions_port),
            "TELEGRAM_API_BASE": api.address,
            "TELEGRAM_BOT_TOKEN": token,
            "LOG_LEVEL": "DEBUG",
        }
        self.rasa = Program("bot.nlu.serve", folder, self.given)
        self.actions = Program("actions", folder, self.given)
        self.gateway = Program("bot.gateway", folder, self.given)
        self._fresh_database()

    def start(self) -> None:
        # What runs already is left alone.
        if not self.actions.runs:
            self.start_actions()
        if not self.rasa.runs:
            self.start_rasa()
        if not self.gateway.runs:
            self.start_gateway()

    def start_rasa(self) -> None:
        self.rasa.start()
        assert wait_until(lambda: answers(self.rasa_port, "/")), self._said("bot.nlu.serve")
        self._warm_up()

    def start_actions(self) -> None:
        self.actions.start()
        assert wait_until(lambda: answers(self.actions_port, "/health")), self._said("actions")

    def start_gateway(self) -> None:
        before = self._polls()
        self.gateway.start()
        polling = self.api.wait_until(lambda: self._polls() > before, 30)
        assert polling, self._said("bot.gateway")

    def stop(self) -> None:
        for program in (self.gateway, self.rasa, self.actions):
            program.stop()

    @contextmanager
    def counted_apart(self) -> Iterator[sums.Sums]:
        # The sums of what happens in the block, whole when it has ended: the gateway counts.
        database = self._fresh_database()
        self._restart_counting()
        counted = sums.Sums()
        yield counted
        self._restart_counting()
        counted.update(sums.read(database))

    def _restart_counting(self) -> None:
        self.gateway.stop()
        self.start()

    def _fresh_database(self) -> Path:
        self._databases += 1
        database = self.folder / f"demand{self._databases}.sqlite3"
        self.given["DATABASE_URL"] = f"sqlite:///{database}"
        return database

    def _polls(self) -> int:
        return sum(request.method == "getUpdates" for request in self.api.requests)

    def _warm_up(self) -> None:
        # The first message takes Rasa longer than the gateway waits on a busy machine.
        message = {"sender": "warm-up", "message": "hello"}
        address = f"http://127.0.0.1:{self.rasa_port}/webhooks/rest/webhook"
        request = urllib.request.Request(
            address, json.dumps(message).encode(), {"Content-Type": "application/json"}
        )
        with NO_PROXY.open(request, timeout=30) as response:
            response.read()

    def _said(self, module: str) -> str:
        said = (self.folder / "output" / f"{module}.txt").read_text(errors="replace")
        return f"{module} did not start: {said[-2000:]}"
