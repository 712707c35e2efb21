"""What is started side by side: which programs, with which ports and socket files."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from bot.launch.server import LaunchError, Server
from bot.settings import Settings

MOST_WORKERS = 32
# What the kernel takes as the name of a socket file, in bytes.
LONGEST_PLACE = 100
MEANWHILE = "the others go on."


@dataclass
class FileServer(Server):
    """A server that is ready when it listens on its socket file."""

    place: str = ""

    def is_ready(self) -> bool:
        """Tell whether somebody listens."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            return probe.connect_ex(self.place) == 0


@dataclass
class DatabaseServer(Server):
    """A server that is ready when it has written its address into a file."""

    file: Path = Path()

    def is_ready(self) -> bool:
        """Tell whether the address is there."""
        return self.file.exists() and self.file.stat().st_size > 0

    @property
    def address(self) -> str:
        """Return the address of the database."""
        return self.file.read_text(encoding="utf-8")


def check(given: Settings, workers: int) -> None:
    """Raise LaunchError for what cannot be started side by side."""
    if given.channel != "telegram":
        raise LaunchError(
            "TELEGRAM_BOT_TOKEN: missing; several workers serve Telegram only."
            " Set it, or talk in the terminal with `make run`."
        )
    if not 1 <= workers <= MOST_WORKERS:
        raise LaunchError(f"WORKERS: {workers} does not fit; allowed: 1 to {MOST_WORKERS}")
    firsts = {"RASA_PORT": given.rasa_port, "ACTIONS_PORT": given.actions_port}
    for name, port in firsts.items():
        taken = {given.dashboard_port, *(other for other in firsts.values() if other != port)}
        if port + workers > 65536 or taken & set(range(port, port + workers)):
            raise LaunchError(
                f"{name}: {workers} ports from {port} on do not fit beside the other ports;"
                " allowed: ports that lie apart"
            )


def redis_of(folder: Path) -> FileServer:
    """Return the machine's own Redis, not yet started."""
    place = _place(folder, "redis")
    meanwhile = "until it is ready, nothing is remembered."
    return FileServer(
        "Redis", "bot.scale.redis", 0, "", "", meanwhile=meanwhile, arguments=(place,), place=place
    )


def postgresql_of(folder: Path, data: Path) -> DatabaseServer:
    """Return the machine's own PostgreSQL, not yet started; its rows stay in `data`."""
    file, meanwhile = folder / "database", "counts wait for it."
    arguments = (str(data), str(file))
    return DatabaseServer(
        "PostgreSQL",
        *("bot.scale.postgresql", 0, "", ""),
        meanwhile=meanwhile,
        arguments=arguments,
        file=file,
    )


def rasas_of(given: Settings, workers: int, changed: dict[str, str]) -> list[Server]:
    """Return the Rasa servers and their action servers, one for each, not yet started."""
    rasas, actions = [], []
    for number in range(workers):
        ports = given.rasa_port + number, given.actions_port + number
        own = {**changed, "RASA_PORT": str(ports[0]), "ACTIONS_PORT": str(ports[1])}
        rasa = Server(f"Rasa server {number + 1}", "bot.nlu.serve", ports[0], "RASA_PORT", "/")
        action = Server(
            f"action server {number + 1}", "actions", ports[1], "ACTIONS_PORT", "/health"
        )
        rasas.append(rasa)
        actions.append(action)
        for server in (rasa, action):
            server.changed, server.meanwhile = own, MEANWHILE
    # They end in this order: those who ask before those who are asked.
    return [*rasas, *actions]


def gateways_of(
    given: Settings, workers: int, folder: Path, changed: dict[str, str]
) -> tuple[list[Server], Server]:
    """Return the workers of the gateway, and their reader, not yet started."""
    rasa = [given.rasa_url_of(given.rasa_port + number) for number in range(workers)]
    places = [_place(folder, str(number)) for number in range(1, workers + 1)]
    answering: list[Server] = [
        FileServer(
            f"gateway worker {number}",
            *("bot.gateway.worker", 0, "", ""),
            arguments=(place, str(workers), *rasa),
            place=place,
            meanwhile=MEANWHILE,
            changed=changed,
        )
        for number, place in enumerate(places, start=1)
    ]
    reader = Server(
        "gateway reader", "bot.gateway.reader", 0, "", "", arguments=tuple(places), changed=changed
    )
    return answering, reader


def _place(folder: Path, name: str) -> str:
    place = str(folder / name)
    if len(place.encode()) > LONGEST_PLACE:
        raise LaunchError(f"TMPDIR: too long for socket files; allowed: {LONGEST_PLACE - 30} bytes")
    return place
