"""While the database is away, locked or silent: every count waits, and no answer does."""

from __future__ import annotations

import logging
import socket
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from demand_rows import ONE, counters, counts, postgresql

from bot.demand.counters import DemandCounters

AT_ONCE = 0.2


def test_a_database_that_was_away_gets_every_count_afterwards(tmp_path):
    folder = tmp_path / "not there yet"
    address = f"sqlite:///{folder}/demand.sqlite3"
    with counters(address) as opened:
        opened.count(ONE)
        assert not opened.flush()
        opened.count(ONE)
        assert not opened.flush()
        folder.mkdir()
        opened.count(ONE)
        assert opened.flush()
        assert counts(address) == [3]


def test_a_file_that_was_taken_away_is_made_again(tmp_path):
    path = tmp_path / "demand.sqlite3"
    with counters(f"sqlite:///{path}") as opened:
        opened.count(ONE)
        assert opened.flush()
        path.unlink()
        opened.count(ONE)
        assert opened.flush() or opened.flush()
        assert counts(f"sqlite:///{path}") == [1]


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        yield Path(place) / "data"


def test_postgresql_that_stops_and_starts_again_gets_every_count(folder):
    # The folder keeps its data; the server in front of it goes and comes back.
    server = postgresql(folder)
    address = server.get_uri()
    with counters(address) as opened:
        opened.count(ONE)
        assert opened.flush()
        server.cleanup()
        opened.count(ONE)
        assert not opened.flush()
        opened.count(ONE)
        server = postgresql(folder)
        assert server.get_uri() == address
        assert opened.flush()
        assert counts(address) == [3]
    server.cleanup()


def test_counting_never_waits_for_a_locked_database(tmp_path):
    path = tmp_path / "demand.sqlite3"
    with counters(f"sqlite:///{path}") as opened:
        opened.count(ONE)
        assert opened.flush()
        opened.count(ONE)
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        writing = threading.Thread(target=opened.flush)
        writing.start()
        begin = time.monotonic()
        for _ in range(100):
            opened.count(ONE)
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
        opened.count(ONE)
        assert time.monotonic() - begin < AT_ONCE
        closing = threading.Thread(target=opened.close, daemon=True)
        closing.start()
        closing.join(9)
        assert not closing.is_alive(), "closing hangs"


def test_a_failing_database_is_reported_without_its_password(caplog):
    caplog.set_level(logging.DEBUG)
    with counters("postgresql://me:hunter2@127.0.0.1:1/demand") as opened:
        opened.count(ONE)
        assert not opened.flush()
    assert "Demand counters cannot be written: OperationalError" in caplog.text
    assert "hunter2" not in caplog.text
    assert "mental_health" not in caplog.text
