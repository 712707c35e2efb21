"""Releases on a real PostgreSQL server: made once, also at once; counters go when they are old."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator

import pytest
from demand_rows import postgresql
from signals_data import CITY, MONDAY, SATURDAY_AFTER, WEEK, Desk, row
from sqlalchemy import func, select

from bot.database import raw, released
from bot.database.engine import engine
from bot.database.raw import DEMAND
from bot.database.released import CELL, RELEASE
from bot.demand import aging
from bot.signals import reading, tables
from bot.signals.store import Databases
from bot.signals.weeks import Week


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with postgresql(tmp_path_factory.mktemp("postgres") / "data") as running:
        both = Databases(engine(running.get_uri()), engine(running.get_uri()))
        raw.METADATA.create_all(both.raw)
        released.METADATA.create_all(both.released)
        yield Desk(both)
        for one in both:
            one.dispose()


def count(at: Desk, what) -> int:
    with at.both.released.connect() as connection:
        return connection.execute(select(func.count()).select_from(what)).scalar()


def test_processes_that_release_at_once_store_one_and_old_counters_go(at):
    at.put([row(300)])
    at.put([row(300)], MONDAY - datetime.timedelta(days=7))
    made, gate = [], threading.Barrier(6)

    def work() -> None:
        gate.wait()
        made.append(at.release())

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert all(one == made[0] for one in made)
    assert count(at, RELEASE) == 1
    known = tables.known_values(CITY)
    assert count(at, CELL) == sum(len(tables.cells_of(name, known)) for name in tables.TABLES)
    series = reading.series(at.both.released, "brussels", "topic", "housing_help")
    assert [cell.value > 200 for _, cell in series] == [True]
    assert at.release(Week(2026, 45), SATURDAY_AFTER).week == 45

    assert aging.delete_before(at.both.raw, "denver", MONDAY) == 0
    assert aging.delete_before(at.both.raw, "brussels", MONDAY) == 300
    assert count(at, DEMAND) == 1
    assert at.release(WEEK) == made[0]
