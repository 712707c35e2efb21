"""Reads releases: all that the dashboard may see. It never touches raw counters."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine, Row

from bot.database.released import CELL, RELEASE


@dataclass(frozen=True)
class Release:
    """A week as it was released, once. `epsilon` is proven for one conversation-day.

    `settings["tables"]` holds by table: the scale of the noise, its reach (it lies within in 90% of
    all draws), the proven epsilon, and the number below which a cell is hidden. `invented` marks a
    demonstration.
    """

    id: int
    city: str
    year: int
    week: int
    first_day: datetime.date
    made_on: datetime.date
    epsilon: float
    method: str
    settings: Mapping[str, Any]
    invented: bool

    def scale(self, table: str) -> float:
        """Return the scale of the noise in a table."""
        return float(self.settings["tables"][table]["scale"])

    def hide_below(self, table: str) -> int:
        """Return the number below which a cell of this table is hidden."""
        return int(self.settings["tables"][table]["hide_below"])


@dataclass(frozen=True)
class Cell:
    """A cell of a table: None is hidden. `low` to `high` holds the true count with 90%."""

    table: str
    first: str
    second: str
    value: int | None
    low: int | None
    high: int | None


def releases(engine: Engine, city: str) -> list[Release]:
    """Return the releases of a city, the newest first."""
    wanted = select(RELEASE).where(RELEASE.c.city == city).order_by(RELEASE.c.first_day.desc())
    with engine.connect() as connection:
        return [_release(row) for row in connection.execute(wanted)]


def release(engine: Engine, city: str, year: int, week: int) -> Release | None:
    """Return the release of one ISO week, if it has been made."""
    at = (RELEASE.c.city == city, RELEASE.c.year == year, RELEASE.c.week == week)
    with engine.connect() as connection:
        row = connection.execute(select(RELEASE).where(*at)).first()
    return _release(row) if row else None


def table(engine: Engine, release_id: int, name: str) -> list[Cell]:
    """Return the cells of one table of a release; none for an unknown table."""
    at = (CELL.c.release_id == release_id, CELL.c.table_name == name)
    wanted = select(CELL).where(*at).order_by(CELL.c.first, CELL.c.second)
    with engine.connect() as connection:
        return [_cell(row) for row in connection.execute(wanted)]


def series(
    engine: Engine, city: str, name: str, first: str, second: str = ""
) -> list[tuple[Release, Cell]]:
    """Return one cell of a table in every release of a city, the oldest first."""
    at = (CELL.c.table_name == name, CELL.c.first == first, CELL.c.second == second)
    wanted = (
        select(RELEASE, CELL)
        .join(CELL, CELL.c.release_id == RELEASE.c.id)
        .where(RELEASE.c.city == city, *at)
        .order_by(RELEASE.c.first_day)
    )
    with engine.connect() as connection:
        return [(_release(row), _cell(row)) for row in connection.execute(wanted)]


def _release(row: Row) -> Release:
    given = {column.name: row._mapping[column] for column in RELEASE.columns}
    return Release(**{**given, "settings": json.loads(given["settings"])})


def _cell(row: Row) -> Cell:
    columns = (
        CELL.c.table_name,
        CELL.c.first,
        CELL.c.second,
        CELL.c.value,
        CELL.c.low,
        CELL.c.high,
    )
    return Cell(*(row._mapping[column] for column in columns))
