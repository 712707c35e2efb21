"""Pages of one week: languages, districts, outcomes, each of all topics or of one."""

from __future__ import annotations

from bot.dashboard import charts, figures, summaries, telling, weeks
from bot.dashboard.page import Page, Section
from bot.dashboard.pages import splits
from bot.dashboard.site import Visit
from bot.signals import reading
from bot.signals.reading import Cell, Release
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts
from bot.words.marks import Text


def languages(visit: Visit) -> Page:
    """Return the page of languages."""
    titles = texts.LANGUAGES_TABLE, texts.LANGUAGES_TOPIC, texts.LANGUAGE
    return _page(visit, "language", frame.LANGUAGES, texts.LANGUAGES_LEAD, titles)


def outcomes(visit: Visit) -> Page:
    """Return the page of outcomes."""
    titles = texts.OUTCOMES_TABLE, texts.OUTCOMES_TOPIC, texts.OUTCOME
    return _page(visit, "outcome", frame.OUTCOMES, texts.OUTCOMES_LEAD, titles)


def districts(visit: Visit) -> Page:
    """Return the page of districts: a map and a table."""
    titles = texts.DISTRICTS_TABLE, texts.DISTRICTS_TOPIC, texts.DISTRICT
    return _page(visit, "district", frame.DISTRICTS, texts.DISTRICTS_LEAD, titles)


def _page(
    visit: Visit, dimension: str, title: Text, lead: Text, titles: tuple[Text, Text, Text]
) -> Page:
    say, released = visit.words.say, weeks.released(visit)
    if not released:
        return Page(say(title), (say(lead), say(texts.NO_RELEASES)))
    release = weeks.chosen(visit, released)
    names = splits.topics(visit, release)
    route = visit.query.get("topic", "")
    if route in names:
        cells = splits.of_topic(visit, release, f"topic_{dimension}", route)
        caption = say(titles[1], topic=names[route])
    else:
        route, caption = splits.ALL, say(titles[0])
        cells = reading.table(visit.engine, release.id, dimension)
    section = splits.section(visit, release, cells, dimension, (caption, say(titles[2])))
    if dimension == "district":
        section = _with_map(visit, release, cells, section)
    choices = (
        splits.topic_choice(visit, names, route, every=True),
        weeks.choice(visit, released, release),
    )
    given = {"by": dimension, "topic": route, "week": telling.week_code(release)}
    files = ((splits.address("/files/week.csv", **given), say(frame.AS_CSV)),)
    return Page(say(title), (say(lead),), [section], choices, files)


def _with_map(visit: Visit, release: Release, cells: list[Cell], section: Section) -> Section:
    places = figures.places(visit.site.pack.city, cells, visit.language)
    summary = summaries.districts(places, visit.language)
    drawn = charts.district_map("map", section.title, summary, places, visit.language)
    return Section(section.title, picture=drawn, summary=summary, table=section.table)
