"""Tables of one week with their picture: by language, district, outcome, topic or who asked."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from bot.dashboard import charts, figures, summaries, telling, weeks
from bot.dashboard.page import Choice, Entry, Section, Table
from bot.dashboard.site import Visit
from bot.signals import reading
from bot.signals.reading import Cell, Release
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts

# What stands for all topics together in an address.
ALL = "all"
MOST_BARS = 15


def section(
    visit: Visit, release: Release, cells: Sequence[Cell], dimension: str, titles: tuple[str, str]
) -> Section:
    """Return cells that differ in their first value, as bars and as a table.

    `titles` are that of the section and that of the first column.
    """
    title, column = titles
    ordered = weeks.highest_first(cells)
    names = {cell.first: telling.name(visit, dimension, cell.first) for cell in ordered}
    shown = figures.bars(ordered, names)
    summary = summaries.bars(shown, visit.language)
    # A long picture is no help: its table has all rows.
    picture = charts.bars(f"by-{dimension}", title, summary, shown[:MOST_BARS], visit.language)
    rows = [(Entry(names[cell.first]), telling.number(visit, cell)) for cell in ordered]
    columns = (column, visit.words.say(texts.NUMBER))
    table = Table(title, telling.scope(visit, release), columns, rows)
    return Section(title, picture=picture, summary=summary, table=table)


def of_topic(visit: Visit, release: Release, table: str, route: str) -> list[Cell]:
    """Return the cells of one topic in a two-way table, by its other dimension."""
    found = reading.table(visit.engine, release.id, table)
    return [
        Cell(cell.table, cell.second, "", cell.value, cell.low, cell.high)
        for cell in found
        if cell.first == route
    ]


def address(path: str, **values: str) -> str:
    """Return an address with its parameters."""
    return f"{path}?{urlencode(values)}"


def topics(visit: Visit, release: Release) -> dict[str, str]:
    """Return the names of the topics of a release."""
    return telling.topic_names(visit, reading.table(visit.engine, release.id, "topic"))


def topic_choice(visit: Visit, names: dict[str, str], chosen: str, every: bool = False) -> Choice:
    """Return the list of topics to choose from; `every` offers all of them together."""
    say = visit.words.say
    first = [(ALL, say(texts.ALL_TOPICS_CHOICE))] if every else []
    return Choice("topic", say(frame.TOPIC), [*first, *names.items()], chosen)
