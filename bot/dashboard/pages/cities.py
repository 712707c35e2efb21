"""Other cities beside our own: the same topics, as talks a week for every 10,000 inhabitants."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dashboard import telling, weeks
from bot.dashboard.page import Entry, Page, Section, Table
from bot.dashboard.site import Visit
from bot.signals import compare, neighbours
from bot.signals.compare import Line, Share
from bot.signals.package_reading import Package
from bot.signals.weeks import Week
from bot.words import cldr
from bot.words import dashboard as frame
from bot.words import dashboard_cities as texts
from bot.words import dashboard_pages as pages

# A year, read week by week.
LONGEST = 53


def page(visit: Visit) -> Page:
    """Return the page of all cities whose open data the folder of the settings holds."""
    say, released = visit.words.say, weeks.released(visit)[:LONGEST]
    lines = (say(texts.LEAD), say(texts.CAUTION))
    if not released:
        return Page(say(frame.CITIES), (*lines, say(pages.NO_RELEASES)))
    found = neighbours.of_folder(visit.site.settings.other_cities, visit.city)
    ours = neighbours.own(visit.engine, visit.site.pack.city, released)
    near, far = _sharing(ours, found.packages)
    doubts = [
        *(say(texts.NO_SHARED_WEEK, city=one.name) for one in far),
        *(say(texts.UNREAD, file=name) for name in found.unread),
    ]
    if not near:
        folder = visit.site.settings.other_cities.name
        return Page(say(frame.CITIES), (*lines, say(texts.NONE, folder=folder), *doubts))
    section = _section(visit, [ours, *near])
    told = (*lines, say(pages.COMPARE_HIDDEN), *_notices(visit, [ours, *near]), *doubts)
    return Page(say(frame.CITIES), told, [section])


def _sharing(ours: Package, others: Sequence[Package]) -> tuple[list[Package], list[Package]]:
    """Return the cities that share a week with us and those taken before them, and all others.

    Those that share most with us come first: one with a single old week does not keep them out.
    """
    shared = set(ours.topics)
    near: list[Package] = []
    far: list[Package] = []
    for one in sorted(others, key=lambda one: -len(shared & set(one.topics))):
        left = shared & set(one.topics)
        (near if left else far).append(one)
        shared = left or shared
    return near, far


def _notices(visit: Visit, packages: Sequence[Package]) -> list[str]:
    say = visit.words.say
    unknown = [say(texts.NO_INHABITANTS, city=one.name) for one in packages if not one.inhabitants]
    return unknown + [say(texts.INVENTED, city=one.name) for one in packages if one.invented]


def _section(visit: Visit, packages: Sequence[Package]) -> Section:
    say = visit.words.say
    shared = compare.weeks_of_all(packages)
    scope = say(texts.SCOPE, first=_week(visit, shared[0]), last=_week(visit, shared[-1]))
    rows = [_row(visit, line) for line in compare.compare(packages)]
    title, names = say(texts.TABLE), [one.name for one in packages]
    return Section(title, table=Table(title, scope, [say(pages.TOPIC), *names], rows), wide=True)


def _week(visit: Visit, week: Week) -> str:
    first_day = cldr.date(week.first_day, visit.language)
    given = {"week": week.number, "year": week.year, "first_day": first_day}
    return visit.words.say(frame.WEEK, **given)


def _row(visit: Visit, line: Line) -> tuple[Entry, ...]:
    name = Entry(telling.topic(visit, line.topic), link=f"/topics?topic={line.topic}")
    return name, *(_share(visit, share) for share in line.shares)


def _share(visit: Visit, share: Share | None) -> Entry:
    if share is None:
        return Entry(visit.words.say(frame.UNKNOWN), is_number=True)
    if share.value is None:
        return Entry(visit.words.say(frame.HIDDEN), is_number=True, is_hidden=True)
    ends = {
        "low": cldr.tenths(share.low, visit.language),
        "high": cldr.tenths(share.high, visit.language),
    }
    between = visit.words.say(frame.BETWEEN, **ends)
    return Entry(cldr.tenths(share.value, visit.language), between, is_number=True)
