"""`python -m bot.scale` as `make scale` starts it, with the fake Telegram."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
from fakes.bot_api import FakeBotApi

from bot import settings

from .programs import environment, free_ports, is_free, prepare, wait_until

READY_WITHIN_SECONDS = 240

# Seven kinds of programs, one after the other; each has ten seconds to finish what it is doing.
ENDS_WITHIN_SECONDS = 80


class Scaled:
    def __init__(
        self, folder: Path, api: FakeBotApi, token: str, workers: int = 2, **given: str
    ) -> None:
        self.folder, self.api = prepare(folder), api
        # Not below pytest's folder: PostgreSQL runs as a user of its own there.
        self._data = tempfile.TemporaryDirectory()
        self.data = Path(self._data.name) / "postgresql"
        self.ports = ports_in_a_row(2 * workers)
        self._workers = workers
        self._given = {
            "RASA_PORT": str(self.ports[0]),
            "ACTIONS_PORT": str(self.ports[workers]),
            "DASHBOARD_PORT": str(free_ports(1)[0]),
            "RELEASES_URL": f"sqlite:///{folder / 'releases.sqlite3'}",
            "TELEGRAM_API_BASE": api.address,
            "TELEGRAM_BOT_TOKEN": token,
            "LOG_LEVEL": "DEBUG",
            **given,
        }
        self.children: list[psutil.Process] = []

    def start(self) -> None:
        with (self.folder / "output" / "told").open("wb") as told:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-W", "ignore", "-m", "bot.scale"),
                    *("--workers", str(self._workers), "--data", str(self.data)),
                ],
                cwd=settings.ROOT,
                env=environment(self.folder, self._given),
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def serves(self) -> None:
        served = wait_until(lambda: "serves Telegram" in self.told or self.has_ended, 240)
        assert served, self.told[-1500:]
        assert not self.has_ended, self.told[-3000:]
        self.look()

    @property
    def told(self) -> str:
        return (self.folder / "output" / "told").read_text(encoding="utf-8", errors="replace")

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    @property
    def sockets(self) -> Path:
        return next((self.folder / "temporary").glob("rd-*"))

    def look(self) -> list[psutil.Process]:
        found = psutil.Process(self.process.pid).children(recursive=True)
        self.children = list({*self.children, *found})
        return found

    def running(self, module: str) -> list[psutil.Process]:
        return [child for child in self.look() if module in command_of(child)]

    def kill(self, module: str) -> None:
        self.running(module)[0].kill()

    def end(self) -> int:
        self.look()
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(ENDS_WITHIN_SECONDS)

    def nothing_is_left(self, seconds: float = 10) -> bool:
        _, alive = psutil.wait_procs(self.children, seconds)
        places = list((self.folder / "temporary").glob("rd-*"))
        return not alive and not places and all(map(is_free, self.ports))

    def clear_away(self) -> None:
        # Only what this launcher started, for a test that fails in the middle.
        if not self.has_ended:
            self.look()
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(ENDS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for child in self.children:
            if child.is_running():
                child.kill()
        self._data.cleanup()


def command_of(process: psutil.Process) -> list[str]:
    try:
        return [*process.cmdline(), process.name()]
    except psutil.Error:
        return []


def ports_in_a_row(count: int) -> list[int]:
    for _ in itertools.repeat(None, 100):
        first = free_ports(1)[0]
        row = list(range(first, first + count))
        if row[-1] < 65536 and all(map(is_free, row)):
            return row
    raise AssertionError("no free ports in a row")
