"""`make scale`: starts the engines, several workers of each kind and one reader; ends them all.

A Redis or a PostgreSQL that the settings name is used; what they do not name is started from its
wheel. Whatever dies is started again, and the others go on meanwhile.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bot.launch.beforehand import check_redis, ensure_model, look_ahead
from bot.launch.lifecycle import (
    GATEWAY_EXPLAINS_ITSELF,
    LOOK_EVERY_SECONDS,
    beside,
    look_at,
    revive,
    run,
    running,
)
from bot.launch.server import Server, check_port, dashboard_of, say, stop, wait_until_ready
from bot.scale import plan
from bot.settings import DATABASES, ROOT, Settings
from bot.weekly import WeeklyNumbers

WORKERS = 2
DATA = ROOT / "postgresql"


def scale(workers: int, data: Path, given: Settings) -> int:
    """Run everything until told to stop, or until the reader gives up; return its exit code."""
    # The counters are in a database that is not started yet.
    look_ahead(given, histories=("released",))
    plan.check(given, workers)
    with ExitStack() as started:
        folder = Path(started.enter_context(tempfile.TemporaryDirectory(prefix="rd-")))
        engines, changed = _engines(given, folder, data)
        answering, reader = plan.gateways_of(given, workers, folder, changed)
        # They end in this order: who answers first, then who is asked.
        servers = [*answering, *plan.rasas_of(given, workers, changed)]
        for server in servers:
            if server.port:
                check_port(server)
        ensure_model()
        for engine in engines:
            started.enter_context(_engine(engine))
        if engines and isinstance(engines[-1], plan.DatabaseServer):
            # The reader counts; it has this very dictionary.
            changed["DATABASE_URL"] = engines[-1].address
            say(f"Counters are kept in {data}: DATABASE_URL={engines[-1].address}")
        check_redis(changed.get("REDIS_URL", given.redis_url))
        started.enter_context(running(servers))
        companion = started.enter_context(beside(dashboard_of(given)))
        started.enter_context(_serving(reader))
        numbers = WeeklyNumbers(changed)
        return _watch([*engines, *servers], reader, companion, numbers)


def _engines(given: Settings, folder: Path, data: Path) -> tuple[list[Server], dict[str, str]]:
    """Return the engines that the settings do not name, and the settings that name them."""
    engines: list[Server] = []
    changed: dict[str, str] = {}
    if not given.redis_url:
        redis = plan.redis_of(folder)
        engines.append(redis)
        changed["REDIS_URL"] = f"unix://{redis.place}"
    if not given.database_url.startswith(DATABASES[1]):
        engines.append(plan.postgresql_of(folder, data))
    return engines, changed


@contextmanager
def _engine(engine: Server) -> Iterator[None]:
    """Start an engine and wait until it is ready; end it at the end."""
    try:
        engine.start()
        wait_until_ready([engine])
        yield
    finally:
        stop(engine.process)


@contextmanager
def _serving(reader: Server) -> Iterator[None]:
    try:
        reader.start()
        yield
    finally:
        stop(reader.process)


def _watch(
    servers: list[Server], reader: Server, companion: Server | None, numbers: WeeklyNumbers
) -> int:
    """Wait until the reader ends by itself; start again whatever dies."""
    while (code := reader.has_ended()) not in GATEWAY_EXPLAINS_ITSELF:
        for server in (*servers, reader):
            ended = server.has_ended()
            if ended is not None:
                revive(server, ended)
        if companion:
            look_at(companion)
        numbers.look()
        time.sleep(LOOK_EVERY_SECONDS)
    return int(code != 0)


def main() -> int:
    """Read the command line, and launch."""
    parser = argparse.ArgumentParser(prog="python -m bot.scale", description=__doc__)
    parser.add_argument("--workers", type=int, default=WORKERS, help="of each kind (default: 2)")
    parser.add_argument(
        "--data", type=Path, default=DATA, help="where the PostgreSQL of the wheel keeps its rows"
    )
    chosen = parser.parse_args()
    return run(partial(scale, chosen.workers, chosen.data))


if __name__ == "__main__":
    sys.exit(main())
