"""The demand counters and their table, as tests open and read them; a real PostgreSQL server."""

from __future__ import annotations

import contextlib
import datetime
import importlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bot.demand.counters import DemandCounters
from bot.demand.signal import Count, Signal

MONDAY = datetime.date(2026, 11, 23)
HELP = Signal(
    *(MONDAY, "brussels", "mental_health", "fr", "resident", "none", "telegram", "answered")
)
ONE = Count(HELP)
NEVER = 3600.0


def signal(**changes: object) -> Signal:
    return Signal(**{**vars(HELP), **changes})


def one(**changes: object) -> Count:
    return Count(signal(**changes))


@contextlib.contextmanager
def counters(address: str, flush_seconds: float = NEVER) -> Iterator[DemandCounters]:
    opened = DemandCounters(address, flush_seconds)
    try:
        yield opened
    finally:
        opened.close()


def rows(address: str) -> list[tuple[object, ...]]:
    engine = create_engine(address, future=True)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM demand ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"))
        told = [tuple(row) for row in found]
    engine.dispose()
    return told


def counts(address: str) -> list[int]:
    return [int(row[-1]) for row in rows(address)]


@contextlib.contextmanager
def own_postgresql() -> Iterator[Any]:
    # Not below pytest's folder: a second run of tests closes that to the server's own user.
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(folder) / "data") as running:
        yield running


def postgresql(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        # The package picks its place for locks when it is first imported.
        patch.setenv("XDG_RUNTIME_DIR", str(folder.parent))
        return importlib.import_module("pgserver").get_server(folder, cleanup_mode="stop")
