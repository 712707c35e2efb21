"""The programs of the project as processes of their own, all that they write in one folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.running import answers, free_ports
from bot import settings

# Those who start programs ask for ports here, too.
__all__ = ["Program", "answers", "environment", "free_ports", "is_free", "prepare", "wait_until"]

READY_WITHIN_SECONDS = 120
END_WITHIN_SECONDS = 20
LOOK_EVERY_SECONDS = 0.05


class Program:
    # A module that is run as `python -m MODULE`, again and again if need be.
    def __init__(self, module: str, folder: Path, given: dict[str, str]) -> None:
        self._command = [sys.executable, "-W", "ignore", "-m", module]
        self._folder = folder
        self._output = folder / "output" / f"{module}.txt"
        self._process: subprocess.Popen[bytes] | None = None
        self.given = given

    def start(self) -> None:
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder / "work",
                env=environment(self._folder, self.given),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> int | None:
        # As `make run` ends it: with the time to write the last counts.
        if self._process is None:
            return None
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        return self._process.wait(END_WITHIN_SECONDS)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait(END_WITHIN_SECONDS)


def prepare(folder: Path) -> Path:
    for name in ("work", "home", "temporary", "output"):
        (folder / name).mkdir(parents=True)
    return folder


def environment(folder: Path, given: dict[str, str]) -> dict[str, str]:
    # Nothing of the settings of whoever runs the tests, and no place to write but the folder.
    names = {setting.name for setting in settings.TABLE}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    places = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "temporary")}
    incident = {"INCIDENT_FILE": str(folder / "work" / "incident.yml")}
    return {**inherited, **places, **incident, "PYTHONPATH": str(settings.ROOT), **given}


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(condition: Callable[[], bool], seconds: float = READY_WITHIN_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_EVERY_SECONDS)
    return True
