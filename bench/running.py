"""Programs that are measured: started in a folder of their own, waited for, looked at, ended."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import processes
from bot import settings

READY_WITHIN_SECONDS = 300
END_WITHIN_SECONDS = 20
LOOK_EVERY_SECONDS = 0.02


class StartError(RuntimeError):
    """A program did not start; the text holds the end of what it said."""


@contextmanager
def program(
    arguments: Sequence[str], folder: Path, given: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python ARGUMENTS` with these settings and no others; end it with all its children."""
    said = folder / f"{arguments[1]}.{time.monotonic_ns()}.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *arguments],
            cwd=settings.ROOT,
            env=environment(folder, given),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    except RuntimeError as error:
        raise StartError(f"{error}\n{said.read_text(errors='replace')[-2000:]}") from error
    finally:
        _end(process)


def environment(folder: Path, given: dict[str, str]) -> dict[str, str]:
    """Return the environment of a program: nothing of the settings of whoever measures."""
    names = {setting.name for setting in settings.TABLE}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    own = {
        "DATABASE_URL": f"sqlite:///{folder / 'demand.sqlite3'}",
        "RELEASES_URL": f"sqlite:///{folder / 'releases.sqlite3'}",
        "INCIDENT_FILE": str(folder / "incident.yml"),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    return {**inherited, **own, **given}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a program to end, and end what is left of it."""
    children = [pid for pid in processes.family(process.pid) if pid != process.pid]
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(END_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    processes.end(children, END_WITHIN_SECONDS)


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nobody uses."""
    with ExitStack() as probes:
        sockets = [probes.enter_context(socket.socket()) for _ in range(count)]
        for probe in sockets:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in sockets]


def wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Wait until a server answers; raise RuntimeError when it ends or takes too long."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not answers(port, path):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"nobody answers at port {port}")
        time.sleep(LOOK_EVERY_SECONDS)


def answers(port: int, path: str) -> bool:
    """Tell whether a server answers at a port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
