"""The gateway as a process of its own, between the fake Telegram and the fake Rasa."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import ROOT

from .bot_api import FakeBotApi
from .rasa_server import FakeRasa
from .stage import TOKEN


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
