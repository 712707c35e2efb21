"""One topic over time."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dashboard import charts, figures, notes, summaries, telling, weeks
from bot.dashboard.page import Choice, Entry, Page, Section, Table
from bot.dashboard.pages import splits
from bot.dashboard.site import Visit
from bot.signals import change, reading
from bot.signals.reading import Cell, Release
from bot.words import cldr
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts

DEFAULT_SPAN = "52"


def page(visit: Visit) -> Page:
    """Return the page of the topic that the address asks for."""
    say, released = visit.words.say, weeks.released(visit)
    title = say(frame.TOPICS)
    if not released:
        return Page(title, (say(texts.NO_RELEASES),))
    names = splits.topics(visit, released[0])
    route = _route(visit, names)
    spans = [(value, say(text)) for value, text in frame.SPANS.items()]
    choices = (
        splits.topic_choice(visit, names, route),
        Choice("span", say(frame.SPAN), spans, _span(visit)),
    )
    lines = (say(texts.TOPICS_LEAD), say(texts.BAND))
    address = splits.address("/files/topic.csv", topic=route, span=_span(visit))
    files = ((address, say(frame.AS_CSV)),)
    return Page(title, lines, _sections(visit, route, names[route]), choices, files)


def asked_for(visit: Visit, names: Mapping[str, str]) -> tuple[str, list[tuple[Release, Cell]]]:
    """Return the topic that the address asks for, and as many of its weeks."""
    route = _route(visit, names)
    return route, _last(reading.series(visit.engine, visit.city, "topic", route), _span(visit))


def _route(visit: Visit, names: Mapping[str, str]) -> str:
    route = visit.query.get("topic", "")
    return route if route in names else next(iter(names))


def _span(visit: Visit) -> str:
    span = visit.query.get("span", "")
    return span if span in frame.SPANS else DEFAULT_SPAN


def _last(series: list[tuple[Release, Cell]], span: str) -> list[tuple[Release, Cell]]:
    return series if span == "all" else series[-int(span) :]


def _sections(visit: Visit, route: str, name: str) -> list[Section]:
    say = visit.words.say
    whole = reading.series(visit.engine, visit.city, "topic", route)
    series = _last(whole, _span(visit))
    if not series:
        return [Section(name, (say(texts.NO_RELEASES),))]
    title = say(texts.TOPIC_WEEKS, topic=name)
    first, newest = series[0][0], series[-1][0]
    at = [note for note in notes.of_city(visit.engine, visit.city)
          if first.first_day <= note.first_day]  # fmt: skip
    at.sort(key=lambda note: note.first_day)
    markers = [figures.Marker(note.first_day, note.text) for note in at]
    points = figures.points(series)
    summary = summaries.topic(points, change.of(whole[-change.WEEKS :]), visit.language)
    picture = charts.line("weeks", title, summary, points, visit.language, markers=markers)
    rows = [
        (Entry(telling.week(visit, one)), telling.number(visit, cell))
        for one, cell in reversed(series)
    ]
    columns = (say(texts.WEEK), say(texts.NUMBER))
    scope = telling.scope_weeks(visit, len(series), newest)
    sections = [
        Section(
            title,
            picture=picture,
            summary=summary,
            table=Table(title, scope, columns, rows),
        )
    ]
    if at:
        told = [f"{n}. {cldr.date(one.first_day, visit.language)}: {one.text}"
                for n, one in enumerate(at, 1)]  # fmt: skip
        sections.append(Section(say(texts.NOTES_SHOWN), items=told))
    return sections
