"""This week at a glance: what rose, what fell, the number of talks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from bot.dashboard import charts, figures, summaries, telling, weeks
from bot.dashboard.page import Entry, Page, Section, Table
from bot.dashboard.pages import splits
from bot.dashboard.site import Visit
from bot.signals import change, reading
from bot.signals.change import FELL, ROSE, Change
from bot.signals.reading import Release
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts

# The next week is over after two weeks, and is released within three days (bot/weekly.py).
NEXT_IS_DUE = datetime.timedelta(weeks=2, days=3)

Changes = Mapping[str, Change | None]


def page(visit: Visit) -> Page:
    """Return the page of the newest week."""
    say, released = visit.words.say, weeks.released(visit)
    if not released:
        return Page(say(frame.GLANCE), (say(texts.NO_RELEASES),))
    newest = released[0]
    series = weeks.recent(visit, released, "topic")
    changes = {route: change.of(cells) for route, cells in series.items()}
    sections = [
        _changed(visit, changes, ROSE),
        _changed(visit, changes, FELL),
        _total(visit, newest, weeks.recent(visit, released, "total")),
        _topics(visit, newest, changes),
        _who(visit, newest),
    ]
    is_old = visit.site.today > newest.first_day + NEXT_IS_DUE
    lines = (telling.week(visit, newest), say(texts.OLD_NUMBERS if is_old else texts.GLANCE_LEAD))
    return Page(say(frame.GLANCE), lines, sections, files=_files(visit))


def _files(visit: Visit) -> tuple[tuple[str, str], ...]:
    say = visit.words.say
    return (
        ("/files/council.pdf", say(frame.FOR_COUNCIL)),
        ("/files/week.csv?by=route", say(frame.AS_CSV)),
        ("/files/open-data.zip", say(frame.OPEN_DATA)),
    )


def _total(visit: Visit, newest: Release, series: weeks.Series) -> Section:
    say, cells = visit.words.say, series.get("", [])
    points = figures.points(cells)
    summary = summaries.topic(points, change.of(cells), visit.language)
    picture = charts.line("total", say(texts.TOTAL), summary, points, visit.language)
    rows = [(Entry(telling.week(visit, at)), telling.number(visit, cell)) for at, cell in cells]
    columns = (say(texts.WEEK), say(texts.NUMBER))
    scope = telling.scope_weeks(visit, len(cells), newest)
    table = Table(say(texts.TOTAL), scope, columns, rows)
    return Section(say(texts.TOTAL), picture=picture, summary=summary, table=table)


def _changed(visit: Visit, changes: Changes, direction: str) -> Section:
    say = visit.words.say
    title, none = (
        (texts.ROSE, texts.ROSE_NONE) if direction == ROSE else (texts.FELL, texts.FELL_NONE)
    )
    found = [(route, one) for route, one in changes.items() if one and one.direction == direction]
    found.sort(key=lambda pair: -abs(pair[1].now - pair[1].before))
    items = [
        f"{telling.topic(visit, route)}: {telling.difference(visit, direction, one.low, one.high)}"
        for route, one in found
    ]
    lines = (say(texts.CHANGE_RULE),) if items else (say(none),)
    return Section(say(title), lines, items=items)


def _topics(visit: Visit, newest: Release, changes: Changes) -> Section:
    say = visit.words.say
    cells = reading.table(visit.engine, newest.id, "topic")
    section = splits.section(
        visit, newest, cells, "route", (say(texts.ALL_TOPICS), say(texts.TOPIC))
    )
    rows = [
        (
            Entry(telling.topic(visit, cell.first), link=f"/topics?topic={cell.first}"),
            telling.number(visit, cell),
            telling.changed(visit, changes.get(cell.first)),
        )
        for cell in weeks.highest_first(cells)
    ]
    columns = (say(texts.TOPIC), say(texts.NOW), say(texts.CHANGE))
    table = Table(say(texts.ALL_TOPICS), telling.scope(visit, newest), columns, rows)
    return Section(section.title, picture=section.picture, summary=section.summary, table=table)


def _who(visit: Visit, newest: Release) -> Section:
    say = visit.words.say
    cells = reading.table(visit.engine, newest.id, "audience")
    return splits.section(visit, newest, cells, "audience", (say(texts.WHO), say(texts.AUDIENCE)))
