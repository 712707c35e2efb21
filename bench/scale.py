"""How throughput grows with workers: `python -m bench.scale`.

Rasa servers with an action server each, over one Redis, on the cores of this machine; whoever asks
them uses the same cores. The numbers of servers take turns, several times, and the middle of each
is taken. What one conversation takes in the Redis is measured besides; then the whole way from an
update of Telegram to its answer, through `make scale`.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from redis import Redis

from bench import processes, scale_whole
from bot import model_file, settings
from bot.demand.signal import Signal
from bot.directory.pack import PackError
from bot.gateway.rasa_servers import RasaServers
from bot.gateway.recent import Recent
from bot.gateway.shared_recent import write
from bot.launch.lifecycle import running
from bot.launch.server import LaunchError, check_port, stop, wait_until_ready
from bot.privacy.shared import SharedMemory
from bot.scale import plan
from bot.settings import ROOT, Settings

SERVERS = (1, 2, 4)
CHATS = (1, 8, 32)
ROUNDS = 3
TURNS = 320
PATIENCE_SECONDS = 60.0
MESSAGES = (
    "my landlord throws us out next week", "je cherche un cours de néerlandais",
    "mijn zoon vindt geen school", "لا أستطيع النوم", "hello",
)  # fmt: skip
# Of a conversation of so many messages of both sides, as the gateway remembers it.
REMEMBERED_MESSAGES, REMEMBERED_TOPICS = 12, 3


def measure(given: Settings | None = None) -> dict[str, Any]:
    """Start the servers, measure, stop them; return milliseconds, turns per second and bytes."""
    given = given or settings.read()
    model_file.ensure()
    with ExitStack() as started:
        folder = Path(started.enter_context(tempfile.TemporaryDirectory(prefix="rd-")))
        redis = plan.redis_of(folder)
        started.callback(lambda: stop(redis.process))
        redis.start()
        wait_until_ready([redis])
        url = f"unix://{redis.place}"
        servers = plan.rasas_of(given, max(SERVERS), {"REDIS_URL": url})
        for server in servers:
            check_port(server)
        started.enter_context(running(servers))
        urls = [given.rasa_url_of(given.rasa_port + number) for number in range(max(SERVERS))]
        pids = [one.process.pid for one in (redis, *servers) if one.process]
        before = processes.worked(*pids)
        turns = asyncio.run(_measure_turns(urls))
        spent = processes.worked(*pids)
        memory = asyncio.run(_measure_memory(url, redis.place))
    answered = sum(row.pop("turns") for row in turns.values())
    each = {kind: round(1000 * (spent[kind] - before[kind]) / answered, 2) for kind in spent}
    return {
        "cores": os.cpu_count(),
        "turns": turns,
        "processor_ms_each_turn": each,
        "redis_bytes_each_conversation": memory,
    }


async def _measure_turns(urls: list[str]) -> dict[str, dict[str, float]]:
    """Return the figures by number of servers and of chats, each the middle of its rounds."""
    found: dict[str, list[dict[str, float]]] = {}
    for url in urls:
        await _run([url], 1, len(MESSAGES), "warm")
    for number in range(ROUNDS):
        for servers in SERVERS:
            for chats in CHATS:
                name = f"{servers} servers, {chats} chats"
                figures = await _run(urls[:servers], chats, TURNS, f"{name} {number}")
                found.setdefault(name, []).append(figures)
    return {
        name: {
            **{key: statistics.median(one[key] for one in rounds) for key in rounds[0]},
            "turns": len(rounds) * (TURNS // _chats(name)) * _chats(name),
        }
        for name, rounds in found.items()
    }


def _chats(name: str) -> int:
    return int(name.split(", ")[1].split(maxsplit=1)[0])


async def _run(urls: list[str], chats: int, turns: int, name: str) -> dict[str, float]:
    rasa = RasaServers(urls, PATIENCE_SECONDS)
    times: list[float] = []

    async def talk(chat: int) -> None:
        for number in range(turns // chats):
            begin = time.perf_counter()
            await rasa.ask(f"{name} {chat}", MESSAGES[number % len(MESSAGES)], {})
            times.append(1000 * (time.perf_counter() - begin))

    begin = time.perf_counter()
    await asyncio.gather(*(talk(chat) for chat in range(chats)))
    seconds = time.perf_counter() - begin
    await rasa.close()
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "p99_ms": round(cuts[98], 2),
        "per_second": round(len(times) / seconds, 1),
    }


async def _measure_memory(url: str, place: str) -> dict[str, float]:
    """Return what one conversation takes in the Redis, in bytes, keys included."""
    memory = SharedMemory(url, "recent:brussels:telegram")
    await memory.put("0" * 32, write(_usual()))
    await memory.close()
    with Redis(unix_socket_path=place) as client:
        return {
            part: round(
                statistics.mean(
                    int(client.memory_usage(key)) for key in client.scan_iter(f"rightdoor:{part}:*")
                )
            )
            for part in ("rasa", "recent")
        }


def _usual() -> Recent:
    """Return a conversation of the usual length, with the greatest numbers that may be in it."""
    recent = Recent("fr")
    recent.messages.extend(range(10**9, 10**9 + REMEMBERED_MESSAGES))
    for number in range(REMEMBERED_TOPICS):
        told = (f"topic_of_some_name_{number}", "fr", "resident", "ixelles", "telegram", "answered")
        signal = Signal(datetime.date(2026, 11, 22), "brussels", *told)
        recent.share.take(signal, 10**9 + number, True)
    return recent


def main() -> int:
    """Measure, print a table, and keep the figures in reports/bench/scale.json."""
    try:
        figures = measure()
        figures["whole"] = scale_whole.measure(settings.read())
    except (LaunchError, settings.SettingsError, PackError) as error:
        print(error, file=sys.stderr)
        return 1
    target = ROOT / "reports" / "bench" / "scale.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    for name, row in figures["turns"].items():
        print(f"{name:24} {row}")
    print(f"processor ms for each turn: {figures['processor_ms_each_turn']}")
    print(f"bytes in the Redis: {figures['redis_bytes_each_conversation']}")
    print(*scale_whole.lines(figures["whole"]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
