"""Reads the demand counters as the city would: sums by topic and day, nothing else."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from typing import NamedTuple


class Sum(NamedTuple):
    day: str
    city: str
    route: str
    language: str
    audience: str
    district: str
    channel: str
    outcome: str


Sums = Counter[Sum]


def read(database: Path) -> Sums:
    if not database.exists():
        return Sums()
    connection = sqlite3.connect(database)
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
        rows = connection.execute("SELECT * FROM demand").fetchall() if "demand" in tables else []
    finally:
        connection.close()
    return Sums({Sum(*row[:-1]): row[-1] for row in rows})


def by_route(counted: Sums) -> Counter[tuple[str, str, str]]:
    # How often each (route, language, outcome) was counted.
    short: Counter[tuple[str, str, str]] = Counter()
    for one, count in counted.items():
        short[one.route, one.language, one.outcome] += count
    return short
