"""Numbers, weeks and names of the releases as people read them."""

from __future__ import annotations

from bot import routes
from bot.dashboard.page import Entry
from bot.dashboard.site import Visit
from bot.signals.change import FELL, ROSE, Change
from bot.signals.reading import Cell, Release
from bot.words import cldr, doors
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts

NO_DISTRICT = "none"


def number(visit: Visit, cell: Cell | None) -> Entry:
    """Return a released number with its interval, or the word and link that say it is hidden."""
    if cell is None:
        return Entry(visit.words.say(frame.UNKNOWN), is_number=True)
    if cell.value is None or cell.low is None or cell.high is None:
        return Entry(visit.words.say(frame.HIDDEN), is_number=True, is_hidden=True)
    return Entry(
        cldr.number(cell.value, visit.language),
        between(visit, cell.low, cell.high),
        is_number=True,
    )


def between(visit: Visit, low: float, high: float) -> str:
    """Return an interval: between 20 and 35."""
    ends = {"low": round(max(0.0, low)), "high": round(high)}
    told = {name: cldr.number(end, visit.language) for name, end in ends.items()}
    return visit.words.say(frame.BETWEEN, **told)


def count(visit: Visit, value: int) -> Entry:
    """Return a plain number that needs no protection."""
    return Entry(cldr.number(value, visit.language), is_number=True)


def difference(visit: Visit, direction: str, low: float, high: float) -> str:
    """Return how much more or fewer a week, as an interval."""
    if direction not in (ROSE, FELL):
        return visit.words.say(texts.DIRECTIONS["unclear"])
    ends = sorted((low, high) if direction == ROSE else (-high, -low))
    text = frame.CHANGE_UP if direction == ROSE else frame.CHANGE_DOWN
    told = (cldr.number(round(max(0.0, end)), visit.language) for end in ends)
    return visit.words.say(text, **dict(zip(("low", "high"), told)))


def changed(visit: Visit, change: Change | None) -> Entry:
    """Return what changed, as a cell."""
    if change is None:
        return Entry(visit.words.say(frame.UNKNOWN))
    return Entry(difference(visit, change.direction, change.low, change.high))


def week(visit: Visit, release: Release) -> str:
    """Return the name of a week with its first day."""
    return visit.words.say(
        frame.WEEK,
        week=release.week,
        year=release.year,
        first_day=cldr.date(release.first_day, visit.language),
    )


def week_code(release: Release) -> str:
    """Return a week as it stands in an address: 2026-W47."""
    return f"{release.year}-W{release.week:02d}"


def scope(visit: Visit, release: Release) -> str:
    """Return of which city and week a table tells."""
    return visit.words.say(texts.SCOPE, city=city_name(visit), week=week(visit, release))


def scope_weeks(visit: Visit, count: int, newest: Release) -> str:
    """Return of which city and weeks a table tells."""
    return visit.words.say(
        texts.SCOPE_WEEKS,
        city=city_name(visit),
        count=cldr.number(count, visit.language),
        week=week(visit, newest),
    )


def city_name(visit: Visit) -> str:
    """Return the city's name in the page's language."""
    names = visit.site.pack.city.names
    return names.get(visit.language) or next(iter(names.values()))


def topic(visit: Visit, route: str) -> str:
    """Return the name of a topic; one that a release has and the table no more shows its id."""
    text = doors.NAMES.get(route) or texts.TOPIC_NAMES.get(route)
    return visit.words.say(text) if text else route


def topic_names(visit: Visit, cells: list[Cell]) -> dict[str, str]:
    """Return the names of the topics in a table, in the order of the table of routes."""
    order = {id_: place for place, id_ in enumerate(routes.ids())}
    found = sorted({cell.first for cell in cells}, key=lambda id_: (order.get(id_, 999), id_))
    return {id_: topic(visit, id_) for id_ in found}


def name(visit: Visit, dimension: str, value: str) -> str:
    """Return the name of a value of a dimension: route, language, district, outcome, audience."""
    if dimension == "route":
        return topic(visit, value)
    if dimension == "language":
        return cldr.language_name(value, visit.language) or value
    if dimension == "district":
        return district(visit, value)
    known = texts.OUTCOME_NAMES if dimension == "outcome" else texts.AUDIENCE_NAMES
    return visit.words.say(known[value]) if value in known else value


def district(visit: Visit, id_: str) -> str:
    """Return the name of a district."""
    found = visit.site.pack.city.districts.get(id_)
    if found:
        return found.name_in(visit.language)
    return visit.words.say(texts.NO_DISTRICT) if id_ == NO_DISTRICT else id_
