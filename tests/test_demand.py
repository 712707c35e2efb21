"""The demand counters: no count is lost or doubled, no answer waits, nobody stands in them."""

from __future__ import annotations

import contextlib
import datetime
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from demand_rows import MONDAY, NEVER, ONE, counters, counts, one, own_postgresql, rows
from sqlalchemy import create_engine, inspect

from bot.database.raw import METADATA
from bot.demand.counters import DemandCounters
from bot.demand.signal import Signal
from bot.settings import ROOT


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with own_postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/demand.sqlite3"
        return
    server = request.getfixturevalue("server")
    server.psql("DROP TABLE IF EXISTS demand, progress, raw_version;")
    yield server.get_uri()


def test_the_table_has_no_column_for_a_person_a_time_or_a_word():
    assert set(METADATA.tables) == {"demand", "progress"}
    columns = {column.name: str(column.type) for column in METADATA.tables["demand"].columns}
    names = ("city", "route", "language", "audience", "district", "channel", "outcome")
    assert columns == {"day": "DATE", **dict.fromkeys(names, "VARCHAR(64)"), "count": "INTEGER"}
    assert [field.name for field in fields(Signal)] == ["day", *names]
    progress = {column.name: str(column.type) for column in METADATA.tables["progress"].columns}
    assert progress == {"channel": "VARCHAR(64)", "update_id": "BIGINT"}


def test_the_database_itself_has_just_those_tables(address):
    with counters(address) as opened:
        opened.count(ONE)
    engine = create_engine(address, future=True)
    found = inspect(engine)
    assert set(found.get_table_names()) == {"demand", "progress", "raw_version"}
    assert [c["name"] for c in found.get_columns("demand")] == list(
        METADATA.tables["demand"].c.keys()
    )
    engine.dispose()


def test_what_is_counted_twice_is_one_row_with_two(address):
    with counters(address) as opened:
        opened.count(ONE)
        opened.count(ONE)
        assert opened.flush()
        opened.count(ONE)
        assert opened.flush()
    assert counts(address) == [3]


@pytest.mark.parametrize("field", [field.name for field in fields(Signal)[1:]])
def test_what_differs_in_one_thing_is_a_row_of_its_own(field, tmp_path):
    address = f"sqlite:///{tmp_path}/demand.sqlite3"
    with counters(address) as opened:
        opened.count(ONE)
        opened.count(one(**{field: "other"}))
    assert counts(address) == [1, 1]


def test_days_are_kept_apart(address):
    with counters(address) as opened:
        for day in range(3):
            opened.count(one(day=MONDAY + datetime.timedelta(days=day)))
    assert len(rows(address)) == 3


def test_a_restart_goes_on_where_the_last_run_ended(address):
    for _ in range(3):
        with counters(address) as opened:
            opened.count(ONE)
            opened.count(ONE)
    assert counts(address) == [6]


def test_closing_writes_what_waits_and_ends_the_thread(address):
    opened = DemandCounters(address, NEVER)
    opened.count(ONE)
    opened.close()
    assert counts(address) == [1]
    opened.close()
    assert counts(address) == [1]
    assert not opened._thread.is_alive()


def test_counts_are_written_by_themselves_after_a_while(address):
    with counters(address, flush_seconds=0.02) as opened:
        opened.count(ONE)
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


def test_many_threads_count_while_it_is_written_and_nothing_is_lost(address):
    with counters(address, flush_seconds=0.001) as opened:
        threads = [
            threading.Thread(target=lambda: [opened.count(ONE) for _ in range(500)])
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert counts(address) == [4000]


COUNT_ON = """
import datetime, sys
from bot.demand.counters import DemandCounters
from bot.demand.signal import Count, Signal
address, often, first = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
counters = DemandCounters(address, flush_seconds=often)
print("ready", flush=True)
input()
day = datetime.date(2026, 11, 23)
for n in range(300):
    topic = f"r{(n * first) % 7}"
    found = Signal(day, "brussels", topic, "fr", "staff", "none", "terminal", "answered")
    counters.count(Count(found))
    if often < 1 and n % 10 == 0:
        counters.flush()
counters.close()
"""


def count_side_by_side(address: str, processes: int, often: float) -> int:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", COUNT_ON, address, str(often), str(number + 1)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for number in range(processes)
    ]
    for program in programs:
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [program.wait() for program in programs] == [0] * processes
    for program in programs:
        program.stdin.close()
        program.stdout.close()
    return sum(counts(address))


def test_two_processes_that_write_to_one_database_all_the_time_lose_nothing(address):
    assert count_side_by_side(address, processes=2, often=0.001) == 600


@pytest.mark.parametrize("attempt", range(2))
def test_processes_that_begin_and_end_at_the_same_moment_lose_nothing(attempt, address):
    assert count_side_by_side(address, processes=5, often=NEVER) == 1500, attempt
