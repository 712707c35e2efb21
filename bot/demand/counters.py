"""Counts demand by day and topic; one row is a sum, never a message.

Counts wait in memory and are written together every few seconds, so that no write tells when
somebody wrote. While the database is away they keep waiting; answers never wait for them.
"""

from __future__ import annotations

import datetime
import logging
import threading
from collections import Counter
from dataclasses import astuple, dataclass, fields

from sqlalchemy import Column, Date, Integer, MetaData, String, Table, create_engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine, make_url

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 5.0


@dataclass(frozen=True)
class Signal:
    """What one counted turn adds 1 to. `day` is the day in the city's own time zone."""

    day: datetime.date
    city: str
    route: str
    language: str
    audience: str
    channel: str
    outcome: str


METADATA = MetaData()
DEMAND = Table(
    "demand",
    METADATA,
    Column("day", Date, primary_key=True),
    *(Column(field.name, String(64), primary_key=True) for field in fields(Signal)[1:]),
    Column("count", Integer, nullable=False),
)
# In seconds: a short wait for a locked file; a server that does not answer holds up nothing.
_PATIENCE = {"sqlite": {"timeout": 10}, "postgresql": {"connect_timeout": 2}}
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class DemandCounters:
    """The gateway's counters. Close them at the end, so that the last counts are written."""

    def __init__(self, database_url: str, flush_seconds: float = FLUSH_SECONDS) -> None:
        self._engine = _engine(database_url)
        self._insert = _INSERTS[self._engine.dialect.name]
        self._flush_seconds = flush_seconds
        self._waiting: Counter[Signal] = Counter()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = threading.Event()
        self._ready = False
        self._thread = threading.Thread(target=self._write_on, name="demand", daemon=True)
        self._thread.start()

    def count(self, signal: Signal) -> None:
        """Add 1 for this signal; returns at once, whatever the state of the database."""
        with self._lock:
            self._waiting[signal] += 1

    def flush(self) -> bool:
        """Write what waits; return False, and keep it waiting, when the database is away."""
        with self._writing:
            with self._lock:
                batch, self._waiting = self._waiting, Counter()
            try:
                self._write(batch)
            except Exception as error:  # whatever it is, no count may be lost and no thread end
                # The table may be gone with its file: it is made again.
                self._ready = False
                with self._lock:
                    self._waiting.update(batch)
                # The error's own text may quote the address of the database, password included.
                logger.warning("Demand counters cannot be written: %s", type(error).__name__)
                return False
        return True

    def close(self) -> None:
        """Stop writing on schedule, and write what still waits."""
        self._closed.set()
        self._thread.join()
        # Twice: another process may just be making the table.
        if not self.flush():
            self.flush()
        self._engine.dispose()

    def _write_on(self) -> None:
        while not self._closed.wait(self._flush_seconds):
            self.flush()

    def _write(self, batch: Counter[Signal]) -> None:
        if not batch:
            return
        # In one order in all processes, so that none waits for another that waits for it.
        rows = [_row(signal, batch[signal]) for signal in sorted(batch, key=astuple)]
        insert = self._insert(DEMAND)
        added = insert.on_conflict_do_update(
            index_elements=list(DEMAND.primary_key.columns),
            set_={"count": DEMAND.c.count + insert.excluded.count},
        )
        if not self._ready:
            METADATA.create_all(self._engine)
            self._ready = True
        with self._engine.begin() as connection:
            connection.execute(added, rows)


def _engine(database_url: str) -> Engine:
    return create_engine(
        database_url,
        future=True,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=_PATIENCE[make_url(database_url).get_backend_name()],
    )


def _row(signal: Signal, count: int) -> dict[str, object]:
    names = (field.name for field in fields(Signal))
    return {**dict(zip(names, astuple(signal))), "count": count}
