"""Right Door as `make run` starts it, with a light Telegram before it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from bench import running
from bench.worker import Worker

TOKEN = "123456:only-for-the-benchmark"  # noqa: S105
WEBHOOK = "/webhooks/rest/webhook"
# More messages a second than any gateway sends, instead of Telegram's 30.
UNLIMITED = {"TELEGRAM_RATE": "1000"}


@dataclass(frozen=True)
class Ours:
    """The running assistant: its launcher's process, the port of Rasa, the people on Telegram.

    `first_answer_s` are the seconds from the start of the launcher to the first answer.
    """

    pid: int
    port: int
    people: Worker
    first_answer_s: float
    given: dict[str, str]


@contextmanager
def served(folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Ours]:
    """Start all of Right Door with some more settings, and wait until somebody is answered."""
    folder.mkdir(exist_ok=True)
    rasa, actions, dashboard = running.free_ports(3)
    ports = {"RASA_PORT": rasa, "ACTIONS_PORT": actions, "DASHBOARD_PORT": dashboard}
    with telegram() as (people, settings):
        given = settings | {name: str(port) for name, port in ports.items()} | dict(more or {})
        begin = perf_counter()
        with running.program(("-m", "bot.launch"), folder, given) as process:
            first_answer(people, process)
            seconds = perf_counter() - begin
            running.wait_for(process, dashboard, "/health")
            yield Ours(process.pid, rasa, people, seconds, given)


@contextmanager
def telegram() -> Iterator[tuple[Worker, dict[str, str]]]:
    """Run a Telegram with its people; yield them, and the settings with which they are found."""
    with Worker("bench.telegram_people") as people:
        address = f"http://127.0.0.1:{people.said()['port']}"
        yield people, {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": address}


@contextmanager
def unlimited_gateway(ours: Ours, folder: Path) -> Iterator[Worker]:
    """Run a second gateway to the same Rasa, without Telegram's limit; yield its people."""
    folder.mkdir(exist_ok=True)
    with telegram() as (people, settings):
        # A database of its own: two gateways on one file would wait for each other.
        apart = running.environment(folder, {})
        own = {name: apart[name] for name in ("DATABASE_URL", "RELEASES_URL")}
        given = ours.given | own | settings | UNLIMITED
        with running.program(("-m", "bot.gateway"), folder, given) as process:
            first_answer(people, process)
            yield people


def first_answer(people: Worker, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody is answered; raise RuntimeError when the program ends before."""
    with ThreadPoolExecutor(1) as pool:
        answered = pool.submit(people.ask, first_answer=True)
        while not answered.done():
            if process.poll() is not None:
                people.stop()
            sleep(running.LOOK_EVERY_SECONDS)
    answered.result()
