"""Counts demand by day and topic; one row is a sum, never a message.

Counts wait in memory and are written together every few seconds, so that no write tells when
somebody wrote. While the database is away they keep waiting; answers never wait for them.
"""

from __future__ import annotations

import logging
import threading

from bot.database.engine import engine
from bot.demand.ledger import BATCH, Ledger
from bot.demand.signal import Count

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 5.0


class DemandCounters:
    """The gateway's counters. Close them at the end, so that the last counts are written."""

    def __init__(self, database_url: str, flush_seconds: float | None = None) -> None:
        self._engine = engine(database_url)
        self._ledger = Ledger(self._engine)
        self._flush_seconds = FLUSH_SECONDS if flush_seconds is None else flush_seconds
        self._waiting: list[Count] = []
        self._marks: dict[str, int] = {}
        # Numbers of updates that were counted and may come again: see Share.
        self._counted: dict[str, set[int]] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._write_on, name="demand", daemon=True)
        self._thread.start()

    def count(self, count: Count) -> None:
        """Add a count, once for an update; returns at once, whatever the state of the database."""
        with self._lock:
            counted = self._counted.setdefault(count.signal.source, set())
            if count.update_id in counted:
                return
            counted.update([] if count.update_id is None else [count.update_id])
            self._waiting.append(count)

    def acknowledged(self, source: str, mark: int) -> None:
        """Tell that no update of `source` (see Signal) with a number below `mark` comes again."""
        with self._lock:
            self._marks[source] = mark
            counted = self._counted.get(source, set())
            self._counted[source] = {number for number in counted if number >= mark}

    def flush(self) -> bool:
        """Write what waits; return False, and keep it waiting, when the database is away."""
        with self._writing:
            try:
                while batch := self._next_batch():
                    with self._lock:
                        marks = dict(self._marks)
                    self._ledger.write(batch, marks)
                    with self._lock:
                        del self._waiting[: len(batch)]
            except Exception as error:  # whatever it is, no count may be lost and no thread end
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

    def _next_batch(self) -> list[Count]:
        with self._lock:
            return self._waiting[:BATCH]

    def _write_on(self) -> None:
        while not self._closed.wait(self._flush_seconds):
            self.flush()
