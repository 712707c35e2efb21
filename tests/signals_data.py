"""Invented counters and what is released of them, as the tests of the releases need them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from bot.database import raw, released
from bot.database.engine import engine
from bot.directory import pack
from bot.signals import release, tables
from bot.signals.budget import Plan
from bot.signals.reading import Cell, Release
from bot.signals.store import Databases
from bot.signals.weeks import Week

CITY = pack.load("brussels").city
WEEK = Week(2026, 46)
MONDAY = WEEK.first_day
SATURDAY_AFTER = datetime.date(2026, 11, 21)
KNOWN = tables.known_values(CITY)
HOUSING = {
    **{"route": "housing_help", "language": "fr", "audience": "resident"},
    **{"district": "none", "outcome": "answered"},
}
Rows = list[tuple[dict[str, str], int]]


def row(count: int, **changes: str) -> tuple[dict[str, str], int]:
    return {**HOUSING, **changes}, count


def cells(rows: Iterable[tuple[Mapping[str, str], int]], plan: Plan | None = None) -> list[Cell]:
    return release.protected(tables.counted(rows, KNOWN), plan or Plan())


def by_key(found: Iterable[Cell]) -> dict[tuple[str, str, str], Cell]:
    return {(cell.table, cell.first, cell.second): cell for cell in found}


@dataclass(frozen=True)
class Desk:
    """Both databases, and what can be done with them."""

    both: Databases

    def put(self, rows: Rows, day: datetime.date = MONDAY, city: str = "brussels") -> None:
        lines = [
            {**one, "day": day, "city": city, "channel": "telegram", "count": count}
            for one, count in rows
        ]
        with self.both.raw.begin() as connection:
            connection.execute(insert(raw.DEMAND), lines)

    def release(self, week: Week = WEEK, today: datetime.date = SATURDAY_AFTER) -> Release:
        return release.make(*self.both, CITY, week, today=today)


def desk(folder: Path) -> Desk:
    both = Databases(
        engine(f"sqlite:///{folder}/raw.sqlite3"), engine(f"sqlite:///{folder}/releases.sqlite3")
    )
    raw.METADATA.create_all(both.raw)
    released.METADATA.create_all(both.released)
    return Desk(both)
