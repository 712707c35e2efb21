"""`make bench`: full turns through the real servers, their latency, throughput and memory.

Answers from a large directory, and counts and the dashboard, are measured besides: see
bench/directory.py and bench/signals.py. Every figure of a turn
stands beside the same server's health page asked in the same run, as a floor, since absolute times
say more about the machine than about the code.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from bench import directory, signals
from bot import launch, model_file, settings
from bot.directory import pack
from bot.gateway.rasa_client import RasaClient
from bot.settings import ROOT, Settings

TURNS = 400
CHATS = (1, 8, 32)
MESSAGES = (
    "my landlord throws us out next week", "je cherche un cours de néerlandais",
    "mijn zoon vindt geen school", "لا أستطيع النوم", "hello",
)  # fmt: skip
PATIENCE_SECONDS = 30.0


def measure(given: Settings) -> dict[str, Any]:
    """Start the servers, measure, stop them; return the figures in milliseconds and MB."""
    pack.load(given.city)
    model_file.ensure()
    servers = launch.servers_of(given)
    begin = time.monotonic()
    with launch.running(servers):
        ready = time.monotonic() - begin
        turns = asyncio.run(_measure_turns(given))
        memory = {server.name: _memory(server) for server in servers}
    found = {"ready_seconds": round(ready, 1), "turns": turns, "memory_mb": memory}
    return {**found, "directory": directory.measure(), "signals": signals.measure()}


async def _measure_turns(given: Settings) -> dict[str, dict[str, float]]:
    rasa = RasaClient(given.rasa_url, PATIENCE_SECONDS)
    floor = httpx.AsyncClient(base_url=f"http://127.0.0.1:{given.rasa_port}", trust_env=False)

    async def turn(chat: int, number: int) -> None:
        await rasa.ask(f"bench-{chat}", MESSAGES[number % len(MESSAGES)], {})

    async def health(chat: int, number: int) -> None:
        await floor.get("/")

    await _run(turn, 1, len(MESSAGES))
    figures = {}
    for chats in CHATS:
        figures[f"{chats} chats"] = await _run(turn, chats, TURNS)
    figures["floor, 1 client"] = await _run(health, 1, TURNS)
    await rasa.close()
    await floor.aclose()
    return figures


async def _run(
    call: Callable[[int, int], Awaitable[None]], chats: int, turns: int
) -> dict[str, float]:
    times: list[float] = []

    async def talk(chat: int) -> None:
        for number in range(turns // chats):
            begin = time.perf_counter()
            await call(chat, number)
            times.append(1000 * (time.perf_counter() - begin))

    begin = time.perf_counter()
    await asyncio.gather(*(talk(chat) for chat in range(chats)))
    seconds = time.perf_counter() - begin
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "per_second": round(len(times) / seconds, 1),
    }


def _memory(server: launch.Server) -> float:
    """Return the resident memory of a server in MB (Linux)."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(kilobytes) / 1024, 1)


def main() -> int:
    """Measure, print a table, and keep the figures in reports/bench/results.json."""
    try:
        figures = measure(settings.read())
    except (launch.LaunchError, settings.SettingsError, pack.PackError) as error:
        print(error, file=sys.stderr)
        return 1
    target = ROOT / "reports" / "bench" / "results.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    print(f"Servers ready after {figures['ready_seconds']} s; memory in MB: {figures['memory_mb']}")
    for name, row in {**figures["turns"], **figures["directory"], **figures["signals"]}.items():
        print(f"{name:24} {row}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
