"""The gateway as a process of its own, between the fake Telegram and the fake Rasa."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT

from .bot_api import FakeBotApi
from .rasa_server import FakeRasa
from .stage import TOKEN


def start_gateway(
    folder: Path, rasa: FakeRasa, api: FakeBotApi | None = None, **environment: str
) -> subprocess.Popen[str]:
    """Runs `python -m bot.gateway`: for Telegram with an `api`, else for its standard input."""
    telegram = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": api.address} if api else {}
    given = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'demand.sqlite3'}",
        "RASA_PORT": str(rasa.port),
        "ACTIONS_PORT": "1",
        **telegram,
        **environment,
    }
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "bot.gateway"],
        cwd=folder,
        env=given,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
