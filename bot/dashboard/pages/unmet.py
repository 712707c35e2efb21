"""Unmet need: what people asked for and did not find, and in which language."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dashboard import charts, figures, summaries, telling, weeks
from bot.dashboard.page import Entry, Page, Section, Table
from bot.dashboard.pages import splits
from bot.dashboard.site import Visit
from bot.signals import lasting, reading
from bot.signals.reading import Cell, Release
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts

UNMET, NOT_HELPFUL = OUTCOMES = "unmet", "not_helpful"
Cells = dict[tuple[str, str], Cell]


def page(visit: Visit) -> Page:
    """Return the page of one week."""
    say, released = visit.words.say, weeks.released(visit)
    lines = (say(texts.UNMET_LEAD),)
    if not released:
        none = Section(lines=(say(texts.NO_RELEASES),))
        return Page(say(frame.UNMET), lines, [none, _without_service(visit)])
    release = weeks.chosen(visit, released)
    cells, stays = _cells(visit, released, release)
    names = telling.topic_names(visit, list(cells.values()))
    order = sorted(names, key=lambda route: (route not in stays, -_shown(cells, route)))
    route = visit.query.get("topic", "")
    route = route if route in names else order[0]
    ordered = {one: names[one] for one in order}
    sections = [
        _staying(visit, release, cells, {one: ordered[one] for one in order if one in stays}),
        _languages(visit, release, route, names[route]),
        _without_service(visit),
        _others(visit, release, cells, {one: ordered[one] for one in order if one not in stays}),
    ]
    choices = (
        splits.topic_choice(visit, names, route),
        weeks.choice(visit, released, release),
    )
    address = splits.address("/files/unmet.csv", week=telling.week_code(release))
    files = ((address, say(frame.AS_CSV)),)
    return Page(say(frame.UNMET), lines, sections, choices, files)


def _cells(
    visit: Visit, released: Sequence[Release], release: Release
) -> tuple[Cells, frozenset[str]]:
    """Return the cells of a week, and the topics whose unmet need is more than chance."""
    place = released.index(release)
    latest = released[place : place + lasting.WEEKS]
    tables = [reading.table(visit.engine, one.id, "topic_outcome") for one in latest]
    by_key = {(cell.first, cell.second): cell for cell in tables[0]}
    sure = lasting.lasting(tables)
    return by_key, frozenset(route for route, out in sure if out in (UNMET, NOT_HELPFUL))


def _staying(visit: Visit, release: Release, cells: Cells, names: dict[str, str]) -> Section:
    say, title = visit.words.say, visit.words.say(texts.UNMET_TABLE)
    lines = [say(texts.UNMET_RULE)] + ([] if names else [say(texts.UNMET_NONE)])
    if not names:
        return Section(title, lines)
    unmet = [cell for (route, out), cell in cells.items() if out == UNMET and route in names]
    bars = figures.bars(unmet, names)
    summary = summaries.bars(bars, visit.language)
    shown = [bar for bar in bars if bar.value is not None]
    drawn = charts.bars("unmet", title, summary, shown[: splits.MOST_BARS], visit.language)
    return Section(title, lines, drawn, summary, _table(visit, release, cells, names, title))


def _others(visit: Visit, release: Release, cells: Cells, names: dict[str, str]) -> Section:
    title = visit.words.say(texts.UNMET_OTHERS)
    lines = (visit.words.say(texts.UNMET_OTHERS_LEAD),)
    return Section(title, lines, table=_table(visit, release, cells, names, title))


def _table(
    visit: Visit, release: Release, cells: Cells, names: dict[str, str], title: str
) -> Table:
    say = visit.words.say
    rows = [
        (
            Entry(name, link=f"/topics?topic={route}"),
            *(telling.number(visit, cells.get((route, out))) for out in (UNMET, NOT_HELPFUL)),
        )
        for route, name in names.items()
    ]
    columns = (say(texts.TOPIC), *(say(texts.OUTCOME_NAMES[one]) for one in (UNMET, NOT_HELPFUL)))
    return Table(title, telling.scope(visit, release), columns, rows)


def _shown(cells: Cells, route: str) -> int:
    found = (cells.get((route, outcome)) for outcome in (UNMET, NOT_HELPFUL))
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
