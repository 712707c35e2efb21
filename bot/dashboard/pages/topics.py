"""One topic over time."""

from __future__ import annotations

from bot.dashboard import charts, figures, notes, summaries, telling, weeks
from bot.dashboard.page import Choice, Entry, Page, Section, Table
from bot.dashboard.pages import splits
from bot.dashboard.site import Visit
from bot.signals import change, reading
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
    route = visit.query.get("topic", "")
    route = route if route in names else next(iter(names))
    span = visit.query.get("span", "")
    span = span if span in frame.SPANS else DEFAULT_SPAN
    spans = [(value, say(text)) for value, text in frame.SPANS.items()]
    choices = (
        splits.topic_choice(visit, names, route),
        Choice("span", say(frame.SPAN), spans, span),
    )
    lines = (say(texts.TOPICS_LEAD), say(texts.BAND))
    return Page(title, lines, _sections(visit, route, names[route], span), choices)


def _sections(visit: Visit, route: str, name: str, span: str) -> list[Section]:
    say = visit.words.say
    whole = reading.series(visit.engine, visit.city, "topic", route)
    series = whole if span == "all" else whole[-int(span) :]
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
    picture = charts.line("weeks", title, summary, points, visit.language, markers)
    rows = [
        (Entry(telling.week(visit, one)), telling.number(visit, cell))
        for one, cell in reversed(series)
    ]
    columns = (say(texts.WEEK), say(texts.NUMBER))
    scope = say(
        texts.SCOPE_WEEKS,
        city=telling.city_name(visit),
        count=cldr.number(len(series), visit.language),
        week=telling.week(visit, newest),
    )
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
