"""`python -m bot.launch` as `make run` starts it, with lines on a pipe instead of a keyboard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from bot import settings
from bot.answers.keyboard import GLOBE

from .programs import answers, environment, free_ports, is_free, prepare, wait_until

TALKING_WITHIN_SECONDS = 150
ENDED_WITHIN_SECONDS = 30


class Launched:
    def __init__(self, folder: Path, **given: str) -> None:
        self.folder = prepare(folder)
        self.rasa_port, self.actions_port, self.dashboard_port = free_ports(3)
        ports = {"RASA_PORT": str(self.rasa_port), "ACTIONS_PORT": str(self.actions_port)}
        self.database = folder / "demand.sqlite3"
        ports["DASHBOARD_PORT"] = str(self.dashboard_port)
        releases = f"sqlite:///{folder / 'releases.sqlite3'}"
        database = {"DATABASE_URL": f"sqlite:///{self.database}", "RELEASES_URL": releases}
        self._given = {**ports, **database, "LC_ALL": "C.UTF-8", **given}
        self._children: list[psutil.Process] = []

    def start(self) -> None:
        output, errors = (self.folder / "output" / name for name in ("said", "told"))
        with output.open("wb") as said, errors.open("wb") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "bot.launch"],
                cwd=settings.ROOT,
                env=environment(self.folder, self._given),
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=told,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        # What the person in the terminal reads as replies.
        return (self.folder / "output" / "said").read_text(encoding="utf-8")

    @property
    def told(self) -> str:
        # What is told to whoever started it.
        return (self.folder / "output" / "told").read_text(encoding="utf-8")

    @property
    def children(self) -> list[psutil.Process]:
        self._children = psutil.Process(self.process.pid).children(recursive=True)
        return self._children

    def child(self, module: str) -> psutil.Process:
        return next(child for child in self.children if module in child.cmdline())

    def line(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def end_of_input(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def hears(self, sentence: str, seconds: float = TALKING_WITHIN_SECONDS) -> None:
        heard = wait_until(lambda: sentence in self.said or self.has_ended, seconds)
        assert heard, self.told
        assert sentence in self.said, f"{self.said[-1500:]}\n{self.told[-1500:]}"

    def greets(self, text: str, sentence: str) -> None:
        # On a busy machine the first message may take Rasa longer than the gateway waits.
        self.is_told("Ready after", TALKING_WITHIN_SECONDS)
        for count in range(1, 6):
            self.line(text)
            assert wait_until(lambda count=count: self.said.count(GLOBE) >= count, 20), self.told
            if sentence in self.said:
                return
        raise AssertionError(self.said)

    def is_told(self, sentence: str, seconds: float = 30) -> None:
        assert wait_until(lambda: sentence in self.told or self.has_ended, seconds)
        assert sentence in self.told, self.told[-1500:]

    def rasa_is_back(self) -> bool:
        return wait_until(lambda: answers(self.rasa_port, "/"), TALKING_WITHIN_SECONDS)

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def ends(self, seconds: float = ENDED_WITHIN_SECONDS) -> int:
        return self.process.wait(seconds)

    def nothing_is_left(self, seconds: float) -> bool:
        # Every process that was seen is gone, and the ports are free again.
        _, alive = psutil.wait_procs(self._children, seconds)
        return not alive and all(
            map(is_free, (self.rasa_port, self.actions_port, self.dashboard_port))
        )

    def clear_away(self) -> None:
        # Only what this launcher started, for a test that fails in the middle.
        if not self.has_ended:
            self._children = self.children
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        for child in self._children:
            if child.is_running():
                child.kill()
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()
