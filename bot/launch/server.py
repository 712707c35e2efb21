"""A server: how it is started, asked whether it is ready, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.lifetime import bound_to_parent
from bot.settings import ROOT, Settings

READY_WITHIN_SECONDS = 180
STOP_WITHIN_SECONDS = 10
# While nobody can talk yet, a short look is worth its while.
LOOK_AT_START_SECONDS = 0.05

# Sanic asks distutils for one function; setuptools would bring 5 MB to answer in its place.
LEAN = {"SETUPTOOLS_USE_DISTUTILS": "stdlib"}


class LaunchError(RuntimeError):
    """Right Door cannot start or go on; the text says what is wrong and what to do."""


@dataclass
class Server:
    """A server: how it is called, started and asked whether it is ready.

    `changed` are the settings in which its environment differs from ours.
    """

    name: str
    module: str
    port: int
    setting: str
    health: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restarts: int = 0
    is_announced: bool = False
    meanwhile: str = "until it is ready, people get the fixed reply with the emergency numbers."
    arguments: tuple[str, ...] = ()
    changed: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the process, out of reach of the terminal's Ctrl-C: it is ended in order."""
        self.started_at = time.monotonic()
        command = [sys.executable, "-W", "ignore", "-m", self.module, *self.arguments]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **LEAN, **self.changed},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=bound_to_parent,  # noqa: PLW1509 (no threads here)
        )

    def is_ready(self) -> bool:
        """Tell whether the server answers."""
        # By hand: a library for HTTP would keep 8 MB in a process that only looks on.
        request = f"GET {self.health} HTTP/1.0\r\nHost: 127.0.0.1:{self.port}\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as asked:
                asked.sendall(request.encode())
                return asked.makefile("rb").readline().split()[1:2] == [b"200"]
        except OSError:
            return False

    def has_ended(self) -> int | None:
        """Return the exit code of the process, or None while it lives."""
        return self.process.poll() if self.process else None


def servers_of(given: Settings) -> list[Server]:
    """Return the two servers that the settings describe, not yet started."""
    return [
        Server("Rasa server", "bot.nlu.serve", given.rasa_port, "RASA_PORT", "/"),
        Server("action server", "actions", given.actions_port, "ACTIONS_PORT", "/health"),
    ]


def dashboard_of(given: Settings) -> Server:
    """Return the server of the dashboard, not yet started."""
    place = given.dashboard_port, "DASHBOARD_PORT", "/health"
    return Server("dashboard", "bot.dashboard", *place, meanwhile="all else goes on.")


def check_port(server: Server) -> None:
    """Raise LaunchError when a server's port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", server.port))
        except OSError:
            raise LaunchError(
                f"Port {server.port} of the {server.name} is taken. End the program that uses it,"
                f" or set {server.setting} to a free port."
            ) from None


def wait_until_ready(servers: list[Server]) -> None:
    """Return when all servers answer; raise LaunchError when one ends, or takes too long."""
    begin = time.monotonic()
    while not all(server.is_ready() for server in servers):
        for server in servers:
            if server.has_ended() is not None:
                raise LaunchError(
                    f"The {server.name} ended while starting (exit code {server.has_ended()})."
                    " Its last lines above say why."
                )
        if time.monotonic() - begin > READY_WITHIN_SECONDS:
            raise LaunchError(f"The servers were not ready within {READY_WITHIN_SECONDS} seconds.")
        time.sleep(LOOK_AT_START_SECONDS)


def stop(*processes: subprocess.Popen[bytes] | None) -> None:
    """Ask processes to end, all at once, and end those that do not."""
    living = [process for process in processes if process and process.poll() is None]
    for process in living:
        process.terminate()
    end = time.monotonic() + STOP_WITHIN_SECONDS
    for process in living:
        try:
            process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def say(sentence: str) -> None:
    """Tell whoever started us, at once."""
    print(sentence, file=sys.stderr, flush=True)
