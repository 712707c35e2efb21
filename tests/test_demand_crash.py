"""A crash or a repeated delivery neither loses nor doubles a committed count."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from demand_rows import NEVER, one, own_postgresql, rows, signal
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from bot.database import migrate
from bot.database.engine import engine
from bot.demand import counters as demand_counters
from bot.demand import ledger
from bot.demand.counters import DemandCounters
from bot.demand.signal import Count

SOURCE = signal().source
# So far Telegram hands out updates ahead of those that are not acknowledged.
WINDOW = 100


def numbers(address: str) -> list[int]:
    reached = create_engine(address, future=True)
    with reached.connect() as connection:
        found = connection.execute(text("SELECT update_id FROM progress ORDER BY 1"))
        told = [int(row[0]) for row in found]
    reached.dispose()
    return told


def committed(address: str) -> dict[str, int]:
    return {str(row[2]): int(row[-1]) for row in rows(address)}


def named(number: int) -> Count:
    return Count(signal(route=f"r{number}"), number)


class Deliveries(RuleBasedStateMachine):
    """Telegram delivers until it is told to stop, and the gateway dies whenever it likes."""

    @initialize(batch=st.sampled_from([1, 3, 1000]))
    def begin(self, batch: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.address = f"sqlite:///{self.folder.name}/demand.sqlite3"
        migrate.upgrade(engine(self.address), migrate.RAW)
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(demand_counters, "BATCH", batch)
        self.patch.setattr(ledger, "KEPT", 2 * WINDOW)
        self.sent = self.mark = 0
        self.handled: set[int] = set()
        self.in_memory: set[int] = set()
        self.seen: dict[str, int] = {}
        self.lost: set[int] = set()
        self.start()

    def start(self) -> None:
        self.counters = DemandCounters(self.address, NEVER)
        self.handled = set(range(self.mark))

    @rule(more=st.integers(1, 9))
    def people_write(self, more: int) -> None:
        self.sent = min(self.sent + more, self.mark + WINDOW)

    @rule(data=st.data())
    def an_update_is_counted(self, data: st.DataObject) -> None:
        waiting = sorted(set(range(self.sent)) - self.handled)
        if waiting:
            number = data.draw(st.sampled_from(waiting))
            self.counters.count(named(number))
            self.handled.add(number)
            self.in_memory.add(number)

    @precondition(lambda self: self.handled)
    @rule(data=st.data())
    def an_update_is_handled_anew(self, data: st.DataObject) -> None:
        # Something failed on the way of its answer; it is not acknowledged yet.
        again = sorted(number for number in self.handled if number >= self.mark)
        if again:
            self.counters.count(named(data.draw(st.sampled_from(again))))

    @rule()
    def what_is_answered_is_acknowledged(self) -> None:
        left = set(range(self.sent)) - self.handled
        self.mark = min(left, default=self.sent)
        self.counters.acknowledged(SOURCE, self.mark)

    @rule()
    def it_is_written(self) -> None:
        assert self.counters.flush()
        self.in_memory.clear()

    @rule()
    def the_answer_of_the_database_is_lost(self) -> None:
        # All is written, and the gateway does not learn it.
        waiting = list(self.counters._waiting)
        if waiting:
            self.counters._ledger.write(waiting, dict(self.counters._marks))

    @rule()
    def the_gateway_is_killed(self) -> None:
        self.counters._waiting.clear()
        self.counters.close()
        done = committed(self.address)
        self.lost |= {n for n in self.in_memory if n < self.mark and f"r{n}" not in done}
        self.in_memory.clear()
        self.start()

    @invariant()
    def no_committed_count_is_ever_lost_or_doubled(self) -> None:
        if hasattr(self, "address"):
            found = committed(self.address)
            assert self.seen.items() <= found.items()
            assert set(found.values()) <= {1}
            assert len(numbers(self.address)) <= ledger.KEPT
            self.seen = found

    def teardown(self) -> None:
        if not hasattr(self, "address"):
            return
        self.patch.undo()
        for number in set(range(self.sent)) - self.handled:
            self.counters.count(named(number))
        self.counters.close()
        found = committed(self.address)
        # Every message is counted once, but for those that were acknowledged and not yet written.
        assert found == {f"r{n}": 1 for n in range(self.sent) if n not in self.lost}
        self.folder.cleanup()


Deliveries.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestDeliveries = Deliveries.TestCase


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with own_postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/demand.sqlite3"
    server = request.getfixturevalue("server")
    server.psql("DROP TABLE IF EXISTS demand, progress, raw_version;")
    return str(server.get_uri())


def write(address: str, *counts: Count, marks: dict[str, int] | None = None) -> None:
    reached = engine(address)
    ledger.Ledger(reached).write(counts, marks or {})
    reached.dispose()


def test_an_update_that_comes_again_after_a_crash_is_not_counted_again(address):
    write(address, named(7), named(9))
    write(address, named(7), named(8), named(9))
    assert committed(address) == {"r7": 1, "r8": 1, "r9": 1}


def test_a_batch_is_written_whole_or_not_at_all(address, monkeypatch):
    write(address, named(1))

    def fail(*_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("gone"))

    # Given a database that goes away after the counts and before the numbers of the updates
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_remember", fail)
        with pytest.raises(OperationalError):
            write(address, named(2), named(3))
    # Then none of it is there, and later all of it is, once
    assert (committed(address), numbers(address)) == ({"r1": 1}, [1])
    write(address, named(1), named(2), named(3))
    assert committed(address) == {"r1": 1, "r2": 1, "r3": 1}


def test_what_takes_the_place_of_another_count_leaves_one_row(address):
    answered, bad = Count(signal(), 1), signal(outcome="not_helpful")
    write(address, answered, Count(signal(), 2))
    write(address, Count(bad, 3, answered))
    assert sorted(row[-2:] for row in rows(address)) == [("answered", 1), ("not_helpful", 1)]
    # In one batch the two cancel each other
    other = Count(signal(route="legal_help"), 4)
    write(address, other, Count(signal(route="legal_help", outcome="not_helpful"), 5, other))
    found = [row[-2:] for row in rows(address) if row[2] == "legal_help"]
    assert found == [("not_helpful", 1)]
    # And no row is left that says nothing
    write(address, Count(bad, 6, Count(signal(), 2)))
    assert [row[-2:] for row in rows(address) if row[2] == "mental_health"] == [("not_helpful", 2)]


def test_nothing_takes_the_place_of_a_count_of_before_the_crash(tmp_path):
    address = f"sqlite:///{tmp_path}/demand.sqlite3"
    write(address, named(1), one(route="other"))
    writer = ledger.Ledger(engine(address))
    repeated = Count(signal(route="other"), 1)
    writer.write([repeated], {})
    writer.write([Count(signal(route="other", outcome="not_helpful"), 2, repeated)], {})
    assert committed(address) == {"r1": 1, "other": 1}


def test_in_a_table_that_was_emptied_nothing_becomes_less_than_nothing(address):
    write(address, named(1))
    write(address, Count(signal(outcome="not_helpful"), 2, Count(signal(), 1)))
    assert all(row[-1] > 0 for row in rows(address))


def test_numbers_that_cannot_come_again_are_forgotten(address):
    for begin in range(0, 3000, 500):
        batch = [Count(signal(), number) for number in range(begin, begin + 500)]
        write(address, *batch, marks={SOURCE: begin + 490})
    # Those of the last batch, and of it those that are not acknowledged
    assert numbers(address) == list(range(2500, 3000))
    write(address, Count(signal(), 3000), marks={SOURCE: 2999})
    assert numbers(address) == [2999, 3000]


def test_numbers_that_begin_anew_at_a_lower_place_are_counted(address):
    # After a quiet week Telegram goes on with any number.
    write(address, *(Count(signal(), 900_000 + n) for n in range(5)), marks={SOURCE: 900_000})
    write(address, *(Count(signal(), n) for n in range(5)), marks={SOURCE: 0})
    assert committed(address) == {"mental_health": 10}


def test_stale_numbers_are_bounded_and_those_that_may_come_are_kept(address, monkeypatch):
    monkeypatch.setattr(ledger, "KEPT", 20)
    write(address, *(Count(signal(), 900_000 + n) for n in range(15)))
    write(address, *(Count(signal(), n) for n in range(15)))
    assert numbers(address) == [*range(15), *range(900_000, 900_005)]


def test_two_cities_in_one_database_number_their_updates_each(address):
    write(address, one(), named(5))
    write(address, Count(signal(city="aarhus"), 5), marks={"telegram aarhus": 9})
    write(address, named(5))
    assert [(row[1], row[-1]) for row in rows(address) if row[2] != "r5"] == [
        ("aarhus", 1),
        ("brussels", 1),
    ]
    assert committed(address)["r5"] == 1


def test_a_long_absence_of_the_database_is_written_in_batches(address):
    opened = DemandCounters(address, NEVER)
    for number in range(2500):
        opened.count(Count(signal(), number))
    opened.acknowledged(SOURCE, 2500)
    assert opened.flush()
    opened.close()
    assert committed(address) == {"mental_health": 2500}
    assert len(numbers(address)) <= ledger.BATCH
