"""The whole way through `make scale`: turns a second, and what each program works and holds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench import ours, processes, running
from bench.figures import summary
from bench.sizes import BAR_CHATS
from bot.settings import Settings

WORKERS = (1, 2, 4)
CHATS = 32
WARM_UP_TURNS = 200
ROUNDS, TURNS = 3, 800


def measure(given: Settings) -> dict[str, Any]:
    """Return the figures by number of workers; each number is started, measured, and ended."""
    return {str(workers): _with(workers, given) for workers in WORKERS}


def _with(workers: int, given: Settings) -> dict[str, Any]:
    # PostgreSQL runs as a user of its own, who must be able to enter the folder.
    with tempfile.TemporaryDirectory() as name, ours.telegram() as (people, telegram):
        ports = {"RASA_PORT": given.rasa_port, "ACTIONS_PORT": given.actions_port}
        own = telegram | ours.UNLIMITED | {name: str(port) for name, port in ports.items()}
        own["DASHBOARD_PORT"] = str(*running.free_ports(1))
        data = str(Path(name) / "postgresql")
        command = ("-m", "bot.scale", "--workers", str(workers), "--data", data)
        with running.program(command, Path(name), own) as process:
            ours.first_answer(people, process)
            people.ask(chats=BAR_CHATS, turns=WARM_UP_TURNS, first=1)
            before = processes.worked(process.pid)
            rounds = [
                people.ask(chats=CHATS, turns=TURNS, first=1_000_000 * (number + 1))
                for number in range(ROUNDS)
            ]
            after = processes.worked(process.pid)
            held = processes.memory(process.pid)
    figures = summary(rounds)
    return figures | {"programs": _programs(before, after, held, figures["turns"])}


def _programs(
    before: dict[str, float], after: dict[str, float], held: dict[str, Any], turns: float
) -> dict[str, dict[str, float]]:
    """Return what each kind of program works for a turn, in ms of one core, and holds, in MB."""
    return {
        name: {
            "ms_each_turn": round(1000 * (after[name] - before.get(name, 0.0)) / turns, 2),
            "mb": held[name]["rss"],
        }
        for name in after
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """Return the figures as lines to read."""
    told = []
    for workers, row in figures.items():
        turns = {name: value for name, value in row.items() if name != "programs"}
        told += [f"make scale WORKERS={workers}, {CHATS} chats: {turns}"]
        told += [f"  {name:20} {held}" for name, held in row["programs"].items()]
    return told
