"""How fresh the list of services is, and what to check next."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.dashboard import telling
from bot.dashboard.page import Entry, Page, Section, Table
from bot.dashboard.site import Visit
from bot.directory import freshness
from bot.directory.model import Service
from bot.signals import reading
from bot.words import cldr
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts
from bot.words.marks import Text

MOST_DUE = 50


def page(visit: Visit) -> Page:
    """Return the page of the city's own pack."""
    say = visit.words.say
    sections = [_counts(visit), _due(visit)]
    return Page(say(frame.FRESHNESS), (say(texts.FRESHNESS_LEAD),), sections)


def _counts(visit: Visit) -> Section:
    say, today, pack = visit.words.say, visit.site.today, visit.site.pack
    services = pack.services.values()
    fresh = [one for one in services if freshness.is_fresh(one, today)]
    numbers = {
        texts.ALL_SERVICES: len(services),
        texts.FRESH: len(fresh),
        texts.CONFIRMED: sum(freshness.is_confirmed(one, today) for one in services),
        texts.OLD: len(services) - len(fresh),
        texts.UNCHECKED: len(pack.unchecked),
    }
    rows = [(Entry(say(text)), telling.count(visit, count)) for text, count in numbers.items()]
    title = say(texts.FRESHNESS_COUNTS)
    return Section(title, table=_table(visit, title, (texts.WHAT, texts.HOW_MANY), rows))


def _due(visit: Visit) -> Section:
    today = visit.site.today
    due = freshness.due(visit.site.pack, _usage(visit), today)[:MOST_DUE]
    rows = [
        (
            Entry(service.name_in(visit.language)),
            Entry(cldr.date(service.checked_on, visit.language)),
            Entry(visit.words.say(_state(service, today))),
        )
        for service in due
    ]
    title = visit.words.say(texts.FRESHNESS_DUE)
    columns = (texts.SERVICE, texts.CHECKED_ON, texts.STATE)
    return Section(title, table=_table(visit, title, columns, rows))


def _usage(visit: Visit) -> dict[str, int]:
    releases = reading.releases(visit.engine, visit.city)[:1]
    return {
        cell.first: cell.value or 0
        for release in releases
        for cell in reading.table(visit.engine, release.id, "topic")
    }


def _state(service: Service, today: datetime.date) -> Text:
    if freshness.is_confirmed(service, today):
        return texts.STATE_CONFIRMED
    return texts.STATE_FRESH if freshness.is_fresh(service, today) else texts.STATE_OLD


def _table(
    visit: Visit,
    title: str,
    columns: tuple[Text, ...],
    rows: Sequence[Sequence[Entry]],
) -> Table:
    say, day = visit.words.say, cldr.date(visit.site.today, visit.language)
    scope = say(texts.FRESHNESS_SCOPE, city=telling.city_name(visit), day=day)
    return Table(title, scope, [say(column) for column in columns], rows)
