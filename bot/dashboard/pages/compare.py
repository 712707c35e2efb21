"""Two periods side by side: talks a week by topic, and whether they differ for sure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from bot.dashboard import telling, weeks
from bot.dashboard.page import Choice, Entry, Page, Section, Table
from bot.dashboard.site import Visit
from bot.signals import change, reading
from bot.signals.reading import Cell, Release
from bot.words import cldr
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts

# A period is read week by week: no more than a year.
LONGEST = 53
DEFAULT = 4


class Period(NamedTuple):
    """The releases of a period, the newest first, and whether its ends had to be exchanged."""

    releases: list[Release]
    turned: bool


class Mean(NamedTuple):
    """A mean a week with its variance, over so many weeks, of which some are hidden."""

    value: float
    variance: float
    weeks: int
    hidden: int


def page(visit: Visit) -> Page:
    """Return the page of the two periods that the address asks for."""
    say, released = visit.words.say, weeks.released(visit)
    if not released:
        return Page(say(frame.COMPARE), (say(texts.COMPARE_LEAD), say(texts.NO_RELEASES)))
    ends = _ends(visit, released)
    first, second = _period(released, *ends[:2]), _period(released, *ends[2:])
    lines = [say(texts.COMPARE_LEAD), say(texts.COMPARE_RULE), say(texts.COMPARE_HIDDEN)]
    if first.turned or second.turned:
        lines.append(say(texts.COMPARE_WRONG))
    if {one.id for one in first.releases} & {one.id for one in second.releases}:
        lines.append(say(texts.COMPARE_OVERLAP))
    choices = _choices(visit, released, ends)
    return Page(say(frame.COMPARE), lines, [_section(visit, first, second)], choices)


def mean(cells: Sequence[tuple[Release, Cell]]) -> Mean:
    """Return the mean of a cell over weeks, with the variance that the rule of changes takes."""
    limits = [release.hide_below(cell.table) for release, cell in cells]
    numbers = [change.filled(cell.value, limit) for (_, cell), limit in zip(cells, limits)]
    value = statistics.fmean(numbers)
    scale = max(release.scale(cell.table) for release, cell in cells)
    ordinary = value + (change.ORDINARY * value) ** 2
    each = 2 * scale**2 + change.ROUNDING_VARIANCE + ordinary
    hidden = sum(cell.value is None for _, cell in cells)
    return Mean(value, each / len(cells), len(cells), hidden)


def direction(first: Mean, second: Mean) -> str:
    """Return whether the second period is higher or lower for sure."""
    sure = change.SURE[min(first.weeks, second.weeks, max(change.SURE))]
    apart, deviation = second.value - first.value, (first.variance + second.variance) ** 0.5
    if abs(apart) < sure * deviation or (_all_hidden(first) and _all_hidden(second)):
        return change.UNCLEAR
    return change.ROSE if apart > 0 else change.FELL


def _all_hidden(one: Mean) -> bool:
    return one.hidden == one.weeks


def _ends(visit: Visit, released: list[Release]) -> list[Release]:
    last = len(released) - 1
    places = (2 * DEFAULT - 1, DEFAULT, DEFAULT - 1, 0)
    defaults = [telling.week_code(released[min(place, last)]) for place in places]
    wanted = [visit.query.get(name, default) for name, default in zip(PARAMETERS, defaults)]
    known = {telling.week_code(one): one for one in released}
    return [known.get(code) or known[default] for code, default in zip(wanted, defaults)]


PARAMETERS = {
    "first_from": texts.FIRST_FROM,
    "first_to": texts.FIRST_TO,
    "second_from": texts.SECOND_FROM,
    "second_to": texts.SECOND_TO,
}


def _choices(visit: Visit, released: list[Release], ends: list[Release]) -> list[Choice]:
    return [
        weeks.listed(visit, released, at, name, visit.words.say(text))
        for at, (name, text) in zip(ends, PARAMETERS.items())
    ]


def _period(released: list[Release], begin: Release, end: Release) -> Period:
    days = sorted((begin.first_day, end.first_day))
    found = [one for one in released if days[0] <= one.first_day <= days[1]]
    return Period(found[:LONGEST], begin.first_day > end.first_day)


def _series(visit: Visit, period: Period) -> weeks.Series:
    found: weeks.Series = {}
    for release in period.releases:
        for cell in reading.table(visit.engine, release.id, "topic"):
            found.setdefault(cell.first, []).append((release, cell))
    return found


def _section(visit: Visit, first: Period, second: Period) -> Section:
    say = visit.words.say
    one, other = _series(visit, first), _series(visit, second)
    pairs = [(route, mean(one[route]), mean(other[route])) for route in one if route in other]
    pairs.sort(key=lambda pair: -abs(pair[2].value - pair[1].value))
    rows = [_row(visit, *pair) for pair in pairs]
    scope = say(
        texts.COMPARE_SCOPE,
        city=telling.city_name(visit),
        first=_told(visit, first),
        second=_told(visit, second),
    )
    title = say(texts.COMPARE_TABLE)
    columns = [say(one) for one in (texts.TOPIC, texts.FIRST, texts.SECOND, texts.CHANGE)]
    return Section(title, table=Table(title, scope, columns, rows), wide=True)


def _row(visit: Visit, route: str, first: Mean, second: Mean) -> tuple[Entry, ...]:
    way = direction(first, second)
    spread = change.NINETY_PERCENT * (first.variance + second.variance) ** 0.5
    apart = second.value - first.value
    change_told = telling.difference(visit, way, apart - spread, apart + spread)
    name = Entry(telling.topic(visit, route), link=f"/topics?topic={route}")
    return name, _mean(visit, first), _mean(visit, second), Entry(change_told)


def _mean(visit: Visit, one: Mean) -> Entry:
    if _all_hidden(one):
        return Entry(visit.words.say(frame.HIDDEN), is_number=True, is_hidden=True)
    spread = change.NINETY_PERCENT * one.variance**0.5
    told = telling.between(visit, one.value - spread, one.value + spread)
    return Entry(cldr.number(round(one.value), visit.language), told, is_number=True)


def _told(visit: Visit, period: Period) -> str:
    last, first = period.releases[0], period.releases[-1]
    ends = {"first": telling.week(visit, first), "last": telling.week(visit, last)}
    return visit.words.say(texts.PERIOD, **ends)
