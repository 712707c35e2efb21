"""The gateway as a process of its own, between the fake Telegram and the fake Rasa."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import ROOT

from .bot_api import FakeBotApi
from .rasa_server import FakeRasa
from .stage import TOKEN

# Loads everything once, then begins a gateway for every line: each is a process of its own.
NURSERY = """
import functools, os, ssl, sys
# Loopback needs no certificates, and every client would read all of them anew.
ssl.create_default_context = functools.cache(ssl.create_default_context)
ssl.create_default_context()
from bot import settings, urgent
from bot.demand import counters
from bot.directory import pack
from bot.gateway import __main__ as gateway
counters.FLUSH_SECONDS = float(sys.argv[1])
# A machine with a lot to do is no outage, and the profile says nothing of counts.
gateway.RasaClient = functools.partial(gateway.RasaClient, patience_seconds=60)
async def nothing(bot): pass
gateway.profile.publish = nothing
urgent.load()
pack.load(settings.read().city)
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os._exit(gateway.main())
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


class Nursery:
    """Begins gateways one after the other, so fast that hundreds of them can be killed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert self._told() == "ready"
        self._gateway = 0

    def begin(self) -> None:
        self._say("begin")
        self._gateway = int(self._told())

    def end(self, number: int = signal.SIGKILL) -> None:
        os.kill(self._gateway, number)
        while (told := self._told()) != "ended":
            # A gateway that ends in order greets first.
            assert told.startswith("The bot serves")

    def _say(self, word: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def _told(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextmanager
def nursery(
    folder: Path, rasa: FakeRasa, api: FakeBotApi, flush_seconds: float, **environment: str
) -> Iterator[Nursery]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", NURSERY, str(flush_seconds)],
        cwd=folder,
        env={**_environment(folder, rasa, api), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield Nursery(process)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def gateway_process(
    folder: Path,
    rasa: FakeRasa,
    api: FakeBotApi | None = None,
    terminal: int = subprocess.PIPE,
    **environment: str,
) -> Iterator[subprocess.Popen[str]]:
    """Runs `python -m bot.gateway`: for Telegram with an `api`, else for its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "bot.gateway"],
        cwd=folder,
        env={**_environment(folder, rasa, api), **environment},
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _environment(folder: Path, rasa: FakeRasa, api: FakeBotApi | None) -> dict[str, str]:
    telegram = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": api.address} if api else {}
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'demand.sqlite3'}",
        "RASA_PORT": str(rasa.port),
        "ACTIONS_PORT": "1",
        "INCIDENT_FILE": str(folder / "incident.yml"),
        **telegram,
    }
