"""What the commands share: where a directory is, how faults are told, how rows are counted."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from bot import settings
from bot.directory.hsds.records import Dataset

MOST_FAULTS = 1000  # printed; more are counted


def source(name: str) -> Path:
    """Return the folder of a city that is called by its name, else the path itself."""
    return settings.CITIES / name if name in settings.cities() else Path(name)


def tell(name: str, faults: Iterable[object]) -> int:
    """Print the faults, one a line, and how many there are; return the exit code."""
    left = iter(faults)
    shown = list(islice(left, MOST_FAULTS))
    more = sum(1 for _ in left)
    for fault in shown:
        print(fault, file=sys.stderr)
    if more:
        print(f"and {more} more", file=sys.stderr)
    print(f"{name}: {counted(len(shown) + more, 'fault')}.")
    return 1


def counted(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def counts(dataset: Dataset) -> str:
    """Return how much a directory holds."""
    services, rows = len(dataset.rows("services")), sum(len(t.rows) for t in dataset.in_order())
    return f"{services} services, {len(dataset.tables)} tables, {rows} rows"
