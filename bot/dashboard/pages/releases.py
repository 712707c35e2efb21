"""All releases, and how the newest one was made."""

from __future__ import annotations

from bot.dashboard import telling, weeks
from bot.dashboard.page import Entry, Page, Section, Table
from bot.dashboard.site import Visit
from bot.signals.reading import Release
from bot.words import cldr
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts


def page(visit: Visit) -> Page:
    """Return the page."""
    say, released = visit.words.say, weeks.released(visit)
    lines = (say(texts.RELEASES_LEAD),)
    if not released:
        return Page(say(frame.RELEASES), (*lines, say(texts.NO_RELEASES)))
    return Page(say(frame.RELEASES), lines, [_how(visit, released[0]), _all(visit, released)])


def _all(visit: Visit, released: list[Release]) -> Section:
    say, title = visit.words.say, visit.words.say(texts.RELEASES_TABLE)
    rows = [
        (
            Entry(telling.week(visit, one)),
            Entry(cldr.date(one.made_on, visit.language)),
            Entry(f"{one.epsilon:g}", is_number=True),
            Entry(say(texts.INVENTED if one.invented else texts.REAL)),
        )
        for one in released
    ]
    columns = [say(one) for one in (texts.WEEK, texts.MADE_ON, texts.EPSILON, texts.KIND)]
    return Section(title, table=Table(title, telling.city_name(visit), columns, rows))


def _how(visit: Visit, newest: Release) -> Section:
    say, title = visit.words.say, visit.words.say(texts.RELEASES_HOW)
    lines = (f"{say(texts.METHOD)}: {newest.method}", say(texts.RELEASES_EPSILON))
    rows = [
        (
            Entry(say(texts.TABLE_NAMES[name]) if name in texts.TABLE_NAMES else name),
            Entry(f"{newest.scale(name):g}", is_number=True),
            Entry(cldr.number(newest.hide_below(name), visit.language), is_number=True),
        )
        for name in newest.settings.get("tables", {})
    ]
    columns = [say(one) for one in (texts.TABLE, texts.SCALE, texts.HIDE_BELOW)]
    return Section(title, lines, table=Table(title, telling.scope(visit, newest), columns, rows))
