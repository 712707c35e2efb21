"""Unmet need: what people asked for and did not find, and in which language."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dashboard import charts, figures, summaries, telling, weeks
from bot.dashboard.page import Entry, Page, Section, Table
from bot.dashboard.pages import splits
from bot.dashboard.site import Visit
from bot.signals import reading
from bot.signals.reading import Cell, Release
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts

UNMET, NOT_HELPFUL = "unmet", "not_helpful"


def page(visit: Visit) -> Page:
    """Return the page of one week."""
    say, released = visit.words.say, weeks.released(visit)
    lines = (say(texts.UNMET_LEAD),)
    if not released:
        none = Section(lines=(say(texts.NO_RELEASES),))
        return Page(say(frame.UNMET), lines, [none, _without_service(visit)])
    release = weeks.chosen(visit, released)
    cells = reading.table(visit.engine, release.id, "topic_outcome")
    names = telling.topic_names(visit, cells)
    route = visit.query.get("topic", "")
    route = route if route in names else _greatest(cells, names)
    sections = [
        _table(visit, release, cells, names),
        _languages(visit, release, route, names[route]),
        _without_service(visit),
    ]
    choices = (
        splits.topic_choice(visit, names, route),
        weeks.choice(visit, released, release),
    )
    return Page(say(frame.UNMET), lines, sections, choices)


def _greatest(cells: Sequence[Cell], names: dict[str, str]) -> str:
    found = [cell for cell in cells if cell.second in (UNMET, NOT_HELPFUL) and cell.value]
    first = next(iter(names))
    return max(found, key=lambda cell: cell.value or 0).first if found else first


def _table(visit: Visit, release: Release, cells: Sequence[Cell], names: dict[str, str]) -> Section:
    say = visit.words.say
    by_key = {(cell.first, cell.second): cell for cell in cells}
    order = sorted(names, key=lambda route: -_shown(by_key, route))
    rows = [
        (
            Entry(names[route], link=f"/topics?topic={route}"),
            *(telling.number(visit, by_key.get((route, out))) for out in (UNMET, NOT_HELPFUL)),
        )
        for route in order
    ]
    title = say(texts.UNMET_TABLE)
    columns = (say(texts.TOPIC), *(say(texts.OUTCOME_NAMES[one]) for one in (UNMET, NOT_HELPFUL)))
    unmet = [cell for cell in cells if cell.second == UNMET and cell.first in names]
    bars = figures.bars(unmet, names)
    summary = summaries.bars(bars, visit.language)
    shown = [bar for bar in bars if bar.value is not None]
    drawn = charts.bars("unmet", title, summary, shown[: splits.MOST_BARS], visit.language)
    lines = () if any(_shown(by_key, route) for route in names) else (say(texts.UNMET_NONE),)
    table = Table(title, telling.scope(visit, release), columns, rows)
    return Section(title, lines, drawn, summary, table)


def _shown(by_key: dict[tuple[str, str], Cell], route: str) -> int:
    found = (by_key.get((route, outcome)) for outcome in (UNMET, NOT_HELPFUL))
    return sum(cell.value or 0 for cell in found if cell)


def _languages(visit: Visit, release: Release, route: str, name: str) -> Section:
    cells = splits.of_topic(visit, release, "topic_language", route)
    title = visit.words.say(texts.UNMET_LANGUAGES, topic=name)
    column = visit.words.say(texts.LANGUAGE)
    return splits.section(visit, release, cells, "language", (title, column))


def _without_service(visit: Visit) -> Section:
    say, title = visit.words.say, visit.words.say(texts.UNMET_KNOWN)
    missing = [telling.topic(visit, route) for route in visit.site.pack.without_service]
    lead = texts.UNMET_KNOWN_LEAD if missing else texts.UNMET_KNOWN_NONE
    return Section(title, (say(lead),), items=missing)
