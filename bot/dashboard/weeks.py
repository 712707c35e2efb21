"""The released weeks, and which of them a visit asks for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.dashboard import telling
from bot.dashboard.page import Choice
from bot.dashboard.site import Visit
from bot.database.released import RELEASE
from bot.signals import reading
from bot.signals.change import WEEKS
from bot.signals.reading import Cell, Release
from bot.words import dashboard as frame

# Five years: the lists of ten would be the larger part of a page. An address names older weeks.
MOST_LISTED = 260

Series = dict[str, list[tuple[Release, Cell]]]


def released(visit: Visit) -> list[Release]:
    """Return the releases of the city, the newest first."""
    return reading.releases(visit.engine, visit.city)


def is_invented(visit: Visit) -> bool:
    """Tell whether any number of the city is that of a demonstration."""
    wanted = select(RELEASE.c.id).where(RELEASE.c.city == visit.city, RELEASE.c.invented)
    with visit.engine.connect() as connection:
        return connection.execute(wanted.limit(1)).first() is not None


def chosen(visit: Visit, releases: Sequence[Release], parameter: str = "week") -> Release:
    """Return the release that the address asks for, else the newest one."""
    wanted = visit.query.get(parameter, "")
    return next((one for one in releases if telling.week_code(one) == wanted), releases[0])


def choice(visit: Visit, releases: Sequence[Release], at: Release) -> Choice:
    """Return the list of weeks to choose from."""
    return listed(visit, releases, at, "week", visit.words.say(frame.WEEK_FIELD))


def listed(
    visit: Visit, releases: Sequence[Release], at: Release, parameter: str, label: str
) -> Choice:
    """Return a list of weeks for one parameter of the address."""
    say = visit.words.say
    offered = [one for n, one in enumerate(releases) if n < MOST_LISTED or one is at]
    options = [
        (telling.week_code(one), say(frame.WEEK_SHORT, week=one.week, year=one.year))
        for one in offered
    ]
    return Choice(parameter, label, options, telling.week_code(at))


def recent(visit: Visit, releases: Sequence[Release], table: str) -> Series:
    """Return the series of every cell of a one-way table over the weeks a change is judged by."""
    found: Series = {}
    for release in releases[:WEEKS]:
        for cell in reading.table(visit.engine, release.id, table):
            found.setdefault(cell.first, []).append((release, cell))
    return found


def highest_first(cells: Sequence[Cell]) -> list[Cell]:
    """Return cells with the highest number first and the hidden ones last."""
    return sorted(cells, key=lambda cell: (cell.value is None, -(cell.value or 0), cell.first))
