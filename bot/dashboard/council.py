"""What the council's page says of a week: the words and numbers, before they are drawn."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.engine import Engine

from bot.dashboard.figures import Bar, Point, bars, points
from bot.directory.model import City
from bot.signals import change, lasting, reading
from bot.signals.change import FELL, ROSE, Change
from bot.signals.reading import Cell, Release
from bot.words import dashboard as frame
from bot.words import dashboard_files as texts
from bot.words import dashboard_pages as pages
from bot.words import doors
from bot.words.catalogue import END_OF_ISOLATE, ISOLATE, words
from bot.words.cldr import date, number
from bot.words.marks import Text

MOST_CHANGES, MOST_CHARTS, MOST_UNMET = 4, 3, 5
CHART_WEEKS = 52
UNMET = NOTHING_FOUND, NOT_HELPFUL = ("unmet", "not_helpful")
Series = list[tuple[Release, Cell]]
_BARE = str.maketrans("", "", ISOLATE + END_OF_ISOLATE)


@dataclass(frozen=True)
class Council:
    """One page in one language; texts are whole lines, `charts` a name with its weeks.

    `warning` is empty unless the numbers are invented.
    """

    language: str
    title: str
    week: str
    warning: str
    headline: tuple[str, str, str]
    rose: tuple[str, ...]
    fell: tuple[str, ...]
    charts: tuple[tuple[str, tuple[Point, ...]], ...]
    unmet: tuple[str, ...]
    method: str
    source: str

    @property
    def rtl(self) -> bool:
        """Tell whether the page is read from the right."""
        return words(self.language).rtl

    def told(self, text: Text) -> str:
        """Return one of the page's own headings."""
        return _told(self.language, text)


def compose(engine: Engine, city: City, release: Release, language: str) -> Council:
    """Return the page about the week of a release, as it is read in this language."""
    released = [
        one for one in reading.releases(engine, city.id) if one.first_day <= release.first_day
    ]
    series = _topics(engine, released[:CHART_WEEKS])
    changes = {route: change.of(found) for route, found in series.items()}
    return Council(
        language=language,
        title=_told(language, texts.TITLE, city=city.names[language]),
        week=_week(release.first_day, language),
        warning=_told(language, texts.INVENTED) if release.invented else "",
        headline=_headline(engine, release, language),
        rose=_changed(changes, ROSE, language),
        fell=_changed(changes, FELL, language),
        charts=_charts(series, changes, language),
        unmet=_unmet(engine, released, language),
        method=_told(language, texts.METHOD),
        source=_source(release, language),
    )


def topic_names(language: str) -> dict[str, str]:
    """Return the names of the topics that people look for help with, by route."""
    return {route: _told(language, text) for route, text in doors.NAMES.items()}


def _topics(engine: Engine, released: Sequence[Release]) -> dict[str, Series]:
    """Return every topic's weeks, the oldest first."""
    found: dict[str, Series] = {route: [] for route in doors.NAMES}
    for one in reversed(released):
        for cell in reading.table(engine, one.id, "topic"):
            if cell.first in found:
                found[cell.first].append((one, cell))
    return found


def _headline(engine: Engine, release: Release, language: str) -> tuple[str, str, str]:
    [total] = reading.table(engine, release.id, "total")
    heading = _told(language, texts.ALL_QUESTIONS)
    if total.value is None:
        return heading, "", _told(language, texts.HIDDEN)
    low, high = number(total.low or 0, language), number(total.high or 0, language)
    about = _told(language, texts.ABOUT, value=number(total.value, language))
    return heading, about, _told(language, texts.BETWEEN, low=low, high=high)


def _changed(changes: dict[str, Change | None], direction: str, language: str) -> tuple[str, ...]:
    names = topic_names(language)
    found = [(one, route) for route, one in changes.items() if one and one.direction == direction]
    found.sort(key=lambda pair: -abs(pair[0].now - pair[0].before))
    nothing = texts.NOTHING_ROSE if direction == ROSE else texts.NOTHING_FELL
    lines = [_change_line(names[route], one, language) for one, route in found[:MOST_CHANGES]]
    return tuple(lines) or (_told(language, nothing),)


def _change_line(name: str, one: Change, language: str) -> str:
    reach = (one.low, one.high) if one.direction == ROSE else (-one.high, -one.low)
    given = {"before": one.before, "now": one.now, "low": max(0.0, reach[0]), "high": reach[1]}
    said = {key: number(round(value), language) for key, value in given.items()}
    if one.is_hidden:
        only = frame.CHANGE_UP if one.direction == ROSE else frame.CHANGE_DOWN
        return f"{name}: {_told(language, only, low=said['low'], high=said['high'])}"
    text = texts.ROSE_LINE if one.direction == ROSE else texts.FELL_LINE
    return _told(language, text, name=name, **said)


def _charts(
    series: dict[str, Series], changes: dict[str, Change | None], language: str
) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """Return what changed most; where too little has, the topics asked for most."""

    def importance(route: str) -> tuple[bool, float]:
        one, last = changes[route], series[route][-1][1].value if series[route] else None
        has_changed = one is not None and one.direction in (ROSE, FELL)
        return has_changed, abs(one.now - one.before) if one and has_changed else float(last or 0)

    chosen = sorted((route for route in series if series[route]), key=importance, reverse=True)
    names = topic_names(language)
    return tuple((names[route], tuple(points(series[route]))) for route in chosen[:MOST_CHARTS])


def _unmet(engine: Engine, released: Sequence[Release], language: str) -> tuple[str, ...]:
    """Return what was not found, where that is more than noise."""
    weeks = [reading.table(engine, one.id, "topic_outcome") for one in released[: lasting.WEEKS]]
    stays = lasting.lasting(weeks)
    sure = [
        cell for cell in weeks[0] if cell.second in UNMET and (cell.first, cell.second) in stays
    ]
    found = bars([_keyed(cell) for cell in sure], _unmet_names(language))
    shown = [bar for bar in found if bar.value is not None]
    lines = [_told(language, texts.UNMET_LINE, **_said(bar, language)) for bar in shown]
    return tuple(lines[:MOST_UNMET]) or (_told(language, texts.NO_UNMET),)


def _keyed(cell: Cell) -> Cell:
    return replace(cell, first=f"{cell.first} {cell.second}")


def _unmet_names(language: str) -> dict[str, str]:
    """Return the names of what was not found; of what did not help, with these words."""
    names = topic_names(language)
    said = _told(language, pages.OUTCOME_NAMES[NOT_HELPFUL])
    unmet = {f"{route} {NOTHING_FOUND}": name for route, name in names.items()}
    return unmet | {f"{route} {NOT_HELPFUL}": f"{name} ({said})" for route, name in names.items()}


def _said(bar: Bar, language: str) -> dict[str, str]:
    numbers = {"value": bar.value, "low": bar.low, "high": bar.high}
    return {"name": bar.name} | {key: number(one or 0, language) for key, one in numbers.items()}


def _week(first_day: datetime.date, language: str) -> str:
    last = first_day + datetime.timedelta(days=6)
    return _told(
        language, texts.WEEK_OF, first=date(first_day, language), last=date(last, language)
    )


def _source(release: Release, language: str) -> str:
    made_on, epsilon = date(release.made_on, language), f"{release.epsilon:.2f}"
    return _told(language, texts.SOURCE, date=made_on, epsilon=epsilon)


def _told(language: str, text: Text, **values: object) -> str:
    # On paper a line has one direction of its own: marks of direction would only show as boxes.
    return words(language).say(text, **values).translate(_BARE)


def lines_of(page: Council) -> Iterable[str]:
    """Return every text of a page, as it must be found on the paper."""
    changes: Sequence[str] = (*page.rose, *page.fell, *page.unmet)
    return (page.title, page.week, *page.headline, *changes, page.method, page.source)
