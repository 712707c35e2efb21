"""The demand counters: no count is lost or doubled, no answer waits for them, nobody stands in them."""

from __future__ import annotations

import contextlib
import datetime
import logging
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pgserver
import pytest
from sqlalchemy import create_engine, inspect, text

from bot.demand.counters import METADATA, DemandCounters, Signal
from bot.settings import ROOT

MONDAY = datetime.date(2026, 11, 23)
HELP = Signal(MONDAY, "brussels", "mental_health", "fr", "resident", "telegram", "answered")
NEVER = 3600.0
AT_ONCE = 0.2


def signal(**changes: object) -> Signal:
    return Signal(**{**vars(HELP), **changes})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pgserver.PostgresServer]:
    with pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop") as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/demand.sqlite3"
        return
    server = request.getfixturevalue("server")
    server.psql("DROP TABLE IF EXISTS demand;")
    yield server.get_uri()


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
        found = connection.execute(text("SELECT * FROM demand ORDER BY 1, 2, 3, 4, 5, 6, 7"))
        told = [tuple(row) for row in found]
    engine.dispose()
    return told


def counts(address: str) -> list[int]:
    return [int(row[-1]) for row in rows(address)]


def test_the_table_has_no_column_for_a_person_a_time_or_a_word():
    assert set(METADATA.tables) == {"demand"}
    columns = {column.name: str(column.type) for column in METADATA.tables["demand"].columns}
    names = ("city", "route", "language", "audience", "channel", "outcome")
    assert columns == {"day": "DATE", **dict.fromkeys(names, "VARCHAR(64)"), "count": "INTEGER"}
    assert [field.name for field in fields(Signal)] == ["day", *names]


def test_the_database_itself_has_just_that_table(address):
    with counters(address) as opened:
        opened.count(HELP)
    engine = create_engine(address, future=True)
    found = inspect(engine)
    assert found.get_table_names() == ["demand"]
    assert [c["name"] for c in found.get_columns("demand")] == list(
        METADATA.tables["demand"].c.keys()
    )
    engine.dispose()


def test_what_is_counted_twice_is_one_row_with_two(address):
    with counters(address) as opened:
        opened.count(HELP)
        opened.count(HELP)
        assert opened.flush()
        opened.count(HELP)
        assert opened.flush()
    assert counts(address) == [3]


@pytest.mark.parametrize("field", [field.name for field in fields(Signal)[1:]])
def test_what_differs_in_one_thing_is_a_row_of_its_own(field, tmp_path):
    address = f"sqlite:///{tmp_path}/demand.sqlite3"
    with counters(address) as opened:
        opened.count(HELP)
        opened.count(signal(**{field: "other"}))
    assert counts(address) == [1, 1]


def test_days_are_kept_apart(address):
    with counters(address) as opened:
        for day in range(3):
            opened.count(signal(day=MONDAY + datetime.timedelta(days=day)))
    assert len(rows(address)) == 3


def test_a_restart_goes_on_where_the_last_run_ended(address):
    for _ in range(3):
        with counters(address) as opened:
            opened.count(HELP)
            opened.count(HELP)
    assert counts(address) == [6]


def test_closing_writes_what_waits_and_ends_the_thread(address):
    opened = DemandCounters(address, NEVER)
    opened.count(HELP)
    opened.close()
    assert counts(address) == [1]
    opened.close()
    assert counts(address) == [1]
    assert not opened._thread.is_alive()


def test_counts_are_written_by_themselves_after_a_while(address):
    with counters(address, flush_seconds=0.02) as opened:
        opened.count(HELP)
        wait_until(lambda: is_written(address))
        assert counts(address) == [1]


def is_written(address: str) -> bool:
    with contextlib.suppress(Exception):
        return bool(rows(address))
    return False


def wait_until(holds: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_database_that_was_away_gets_every_count_afterwards(tmp_path):
    folder = tmp_path / "not there yet"
    address = f"sqlite:///{folder}/demand.sqlite3"
    with counters(address) as opened:
        opened.count(HELP)
        assert not opened.flush()
        opened.count(HELP)
        assert not opened.flush()
        folder.mkdir()
        opened.count(HELP)
        assert opened.flush()
        assert counts(address) == [3]


def test_a_file_that_was_taken_away_is_made_again(tmp_path):
    path = tmp_path / "demand.sqlite3"
    with counters(f"sqlite:///{path}") as opened:
        opened.count(HELP)
        assert opened.flush()
        path.unlink()
        opened.count(HELP)
        while not opened.flush():
            pass
        assert counts(f"sqlite:///{path}") == [1]


def test_postgresql_that_stops_and_starts_again_gets_every_count(tmp_path):
    # The folder keeps its data; the server in front of it goes and comes back.
    folder = tmp_path / "data"
    server = pgserver.get_server(folder, cleanup_mode="stop")
    address = server.get_uri()
    with counters(address) as opened:
        opened.count(HELP)
        assert opened.flush()
        server.cleanup()
        opened.count(HELP)
        assert not opened.flush()
        opened.count(HELP)
        server = pgserver.get_server(folder, cleanup_mode="stop")
        assert server.get_uri() == address
        assert opened.flush()
        assert counts(address) == [3]
    server.cleanup()


def test_counting_never_waits_for_a_locked_database(tmp_path):
    path = tmp_path / "demand.sqlite3"
    with counters(f"sqlite:///{path}") as opened:
        opened.count(HELP)
        assert opened.flush()
        opened.count(HELP)
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        writing = threading.Thread(target=opened.flush)
        writing.start()
        begin = time.monotonic()
        for _ in range(100):
            opened.count(HELP)
        assert time.monotonic() - begin < AT_ONCE
        assert writing.is_alive(), "the write should be waiting"
        holder.execute("COMMIT")
        writing.join()
    assert counts(f"sqlite:///{path}") == [102]


def test_neither_counting_nor_closing_waits_for_a_server_that_never_answers():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/demand"
        opened = DemandCounters(address, flush_seconds=0.01)
        begin = time.monotonic()
        opened.count(HELP)
        assert time.monotonic() - begin < AT_ONCE
        closing = threading.Thread(target=opened.close, daemon=True)
        closing.start()
        closing.join(9)
        assert not closing.is_alive(), "closing hangs"


def test_a_failing_database_is_reported_without_its_password(caplog):
    caplog.set_level(logging.DEBUG)
    with counters("postgresql://me:hunter2@127.0.0.1:1/demand") as opened:
        opened.count(HELP)
        assert not opened.flush()
    assert "Demand counters cannot be written: OperationalError" in caplog.text
    assert "hunter2" not in caplog.text
    assert "mental_health" not in caplog.text


def test_many_threads_count_while_it_is_written_and_nothing_is_lost(address):
    with counters(address, flush_seconds=0.001) as opened:
        threads = [
            threading.Thread(target=lambda: [opened.count(HELP) for _ in range(500)])
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert counts(address) == [4000]


COUNT_ON = """
import datetime, sys
from bot.demand.counters import DemandCounters, Signal
counters = DemandCounters(sys.argv[1], flush_seconds=0.001)
print("ready", flush=True)
input()
for n in range(300):
    counters.count(Signal(datetime.date(2026, 11, 23), "b", f"r{n % 7}", "fr", "a", "t", "answered"))
    if n % 10 == 0:
        counters.flush()
counters.close()
"""


@pytest.mark.parametrize("attempt", range(3))
def test_two_processes_that_write_to_one_database_lose_nothing(attempt, address):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", COUNT_ON, address],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.communicate("go\n")
        assert process.returncode == 0
    assert sum(counts(address)) == 600, attempt
