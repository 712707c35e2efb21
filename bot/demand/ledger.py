"""Writes counts into the table, together with the numbers of the updates they come from.

Both are one transaction: after a crash an update that Telegram delivers again is counted just when
its count had not been written (docs/adr/0013).
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from bot.database import prepared
from bot.database.engine import writing
from bot.database.raw import DEMAND, PROGRESS
from bot.demand.signal import Count, Signal

BATCH = 1000
# Those of one batch, and far more than Telegram hands out before it wants an acknowledgement.
KEPT = 2 * BATCH
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_KEY = [column.name for column in DEMAND.primary_key.columns]


class Ledger:
    """The table of one database, as one process writes it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ready = False
        # Counts that stood in the database already: nothing takes their place.
        self._repeated: set[Count] = set()

    def write(self, counts: Sequence[Count], marks: Mapping[str, int]) -> None:
        """Add at most BATCH counts, all or none; raise what the database raises.

        Updates of a source below its mark never come again, so their numbers are forgotten.
        """
        try:
            if not self._ready:
                prepared.prepare(self._engine, "raw")
                self._ready = True
            with writing(self._engine) as connection:
                _add(connection, self._fresh(connection, counts))
                for source in {count.signal.source for count in counts}:
                    _remember(connection, source, _numbers(counts, source), marks.get(source, 0))
        except Exception:
            # The table may be gone with its file: it is made again.
            self._ready = False
            raise

    def _fresh(self, connection: Connection, counts: Sequence[Count]) -> list[Count]:
        """Return the counts of updates that are not counted yet."""
        self._forget_repeated(min(count.signal.day for count in counts))
        sources = {count.signal.source for count in counts}
        seen = {source: _known(connection, source) for source in sources}
        fresh = []
        for count in counts:
            number, known = count.update_id, seen[count.signal.source]
            if number in known or count.instead_of in self._repeated:
                self._repeated.add(count)
                continue
            known.update([] if number is None else [number])
            fresh.append(count)
        return fresh

    def _forget_repeated(self, day: datetime.date) -> None:
        # A count takes the place of one of its own day only.
        self._repeated = {count for count in self._repeated if count.signal.day >= day}


def _add(connection: Connection, counts: Iterable[Count]) -> None:
    sums: Counter[Signal] = Counter()
    for count in counts:
        sums[count.signal] += 1
        if count.instead_of:
            sums[count.instead_of.signal] -= 1
    # In one order in all processes, so that none waits for another that waits for it.
    ordered = sorted(sums, key=astuple)
    more = [{**asdict(signal), "count": sums[signal]} for signal in ordered if sums[signal] > 0]
    fewer = [_taken(signal, -sums[signal]) for signal in ordered if sums[signal] < 0]
    if more:
        insert = _INSERTS[connection.dialect.name](DEMAND)
        added = {"count": DEMAND.c.count + insert.excluded.count}
        connection.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=added), more)
    if fewer:
        # A row that is not there, because its file was taken away, is not made.
        enough = and_(_same_row(), DEMAND.c.count >= bindparam("_less"))
        less = {"count": DEMAND.c.count - bindparam("_less")}
        connection.execute(update(DEMAND).where(enough).values(less), fewer)
        connection.execute(delete(DEMAND).where(_same_row(), DEMAND.c.count == 0), fewer)


def _same_row() -> object:
    return and_(*(DEMAND.c[name] == bindparam(f"_{name}") for name in _KEY))


def _taken(signal: Signal, less: int) -> dict[str, object]:
    return {**{f"_{name}": value for name, value in asdict(signal).items()}, "_less": less}


def _known(connection: Connection, source: str) -> set[int]:
    found = select(PROGRESS.c.update_id).where(PROGRESS.c.channel == source)
    return set(connection.execute(found).scalars())


def _numbers(counts: Iterable[Count], source: str) -> set[int]:
    numbers = (count.update_id for count in counts if count.signal.source == source)
    return {number for number in numbers if number is not None}


def _remember(connection: Connection, source: str, new: set[int], mark: int) -> None:
    """Keep the numbers that may come again: those of this batch, should it be written again after
    an answer of the database was lost, and the lowest of those that are not acknowledged."""
    known = _known(connection, source)
    kept = set(sorted(new | {number for number in known if number >= mark})[:KEPT])
    gone = [{"_channel": source, "_number": number} for number in sorted(known - kept)]
    fresh = [{"channel": source, "update_id": number} for number in sorted(kept - known)]
    if gone:
        same = and_(
            PROGRESS.c.channel == bindparam("_channel"),
            PROGRESS.c.update_id == bindparam("_number"),
        )
        connection.execute(delete(PROGRESS).where(same), gone)
    if fresh:
        connection.execute(PROGRESS.insert(), fresh)
