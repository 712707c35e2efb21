"""The numbers of a picture, a summary or a file, as plain data with names that people read.

A number is a release's: rounded, between `low` and `high` with 90%, or hidden (None).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.directory.model import City
from bot.signals.reading import Cell, Release


class Point(NamedTuple):
    """The number of the week that begins on `day`."""

    day: datetime.date
    value: int | None
    low: int | None
    high: int | None


class Bar(NamedTuple):
    """A number with its name, as it is told in the reader's language."""

    name: str
    value: int | None
    low: int | None
    high: int | None


class Marker(NamedTuple):
    """A note on a day of a chart."""

    day: datetime.date
    text: str


class Place(NamedTuple):
    """The number of a district, whose middle lies at `latitude` and `longitude` (degrees)."""

    name: str
    latitude: float
    longitude: float
    value: int | None
    low: int | None
    high: int | None


def points(series: Iterable[tuple[Release, Cell]]) -> list[Point]:
    """Return a series of one cell as points, the oldest first."""
    found = (Point(at.first_day, cell.value, cell.low, cell.high) for at, cell in series)
    return sorted(found, key=lambda point: point.day)


def bars(cells: Iterable[Cell], names: Mapping[str, str]) -> list[Bar]:
    """Return cells as bars, the highest first and the hidden last; names by their first value.

    A cell whose value has no name is left out.
    """
    named = (cell for cell in cells if cell.first in names)
    found = [Bar(names[cell.first], cell.value, cell.low, cell.high) for cell in named]
    return sorted(found, key=lambda bar: (bar.value is None, -(bar.value or 0), bar.name))


def places(city: City, cells: Iterable[Cell], language: str) -> list[Place]:
    """Return the cells of the table `district` as places; those of no district are left out."""
    by_id = {cell.first: cell for cell in cells}
    return [
        Place(one.name_in(language), *one.point, cell.value, cell.low, cell.high)
        for one in city.districts.values()
        if (cell := by_id.get(one.id))
    ]
