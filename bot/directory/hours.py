"""When a service is open, in the city's own time zone. What is not known stays unknown.

On a public holiday most offices keep other hours than their weekly ones, and few sources say
which: only who is there day and night is then known to be open.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

import holidays

from bot.directory.model import MIDNIGHT, City, Opening, Service

DAY = datetime.timedelta(days=1)
WEEK = 7
Span = tuple[datetime.datetime, datetime.datetime]
Hours = tuple[datetime.time | None, datetime.time]
# A service that opens once a month is found, one that opens next season is not.
DAYS_AHEAD = 5 * WEEK


@dataclass(frozen=True)
class Moment:
    """Open or not at a moment; `changes_at` is the next closing or opening, None if not known."""

    open: bool
    changes_at: datetime.datetime | None


def is_holiday(city: City, day: datetime.date) -> bool:
    """Tell whether `day` is a public holiday in this city."""
    return city.holidays is not None and day in _holidays(*city.holidays, day.year)


def is_open(service: Service, city: City, now: datetime.datetime) -> bool | None:
    """Tell whether `service` is open at `now` (aware, city time); None when that is unknown."""
    if service.always_open:
        return True
    if is_holiday(city, now.date()) or not any(in_season(o, now.date()) for o in service.openings):
        return None
    time, today = now.time(), now.date()
    for opening in service.openings:
        if _runs(opening, time) and holds_on(opening, today):
            return True
    return any(
        time < night.ends and holds_on(night, today - DAY) and not is_holiday(city, today - DAY)
        for night in service.nights
    )


def at(service: Service, city: City, now: datetime.datetime) -> Moment | None:
    """Tell also when that changes; None when it is unknown whether `service` is open."""
    open_now = is_open(service, city, now)
    if open_now is None:
        return None
    if service.always_open:
        return Moment(True, None)
    spans = _joined(sorted(_spans(service.openings, city, now)))
    if open_now:
        return Moment(True, next((end for begin, end in spans if begin <= now < end), None))
    return Moment(False, min((begin for begin, _ in spans if begin > now), default=None))


def on(service: Service, city: City, day: datetime.date) -> list[Hours] | None:
    """Return from when to when `service` is open on a day; None when that is unknown.

    An empty list means closed. A span from the night before begins at None. One that runs past
    midnight ends on the next day.
    """
    if is_holiday(city, day) or not any(in_season(one, day) for one in service.openings):
        return None
    before = day - DAY
    nights = [
        (None, night.ends)
        for night in service.nights
        if night.ends != MIDNIGHT and holds_on(night, before) and not is_holiday(city, before)
    ]
    begun = {(one.opens, one.ends) for one in service.openings if holds_on(one, day)}
    return [*nights, *sorted(begun)]


def holds_on(opening: Opening, day: datetime.date) -> bool:
    """Tell whether the span begins on this day."""
    if day.weekday() not in opening.days or not in_season(opening, day):
        return False
    return not opening.weeks_of_month or bool(opening.weeks_of_month & _weeks_of(day))


def in_season(opening: Opening, day: datetime.date) -> bool:
    """Tell whether a day lies between the first and the last day of a span, if it has them."""
    begun = opening.first_day is None or opening.first_day <= day
    return begun and (opening.last_day is None or day <= opening.last_day)


def _weeks_of(day: datetime.date) -> set[int]:
    """Return which of its weekday in the month a day is: 1 for the first, and -1 for the last."""
    last = (day + WEEK * DAY).month != day.month
    return {(day.day - 1) // WEEK + 1} | ({-1} if last else set())


def _runs(opening: Opening, time: datetime.time) -> bool:
    if opening.overnight:
        return time >= opening.opens
    return opening.opens <= time < opening.closes


@cache
def _holidays(country: str, part: str | None, year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays(country, subdiv=part, years=year))


def _spans(openings: tuple[Opening, ...], city: City, now: datetime.datetime) -> list[Span]:
    """Return every span from yesterday (it may run past midnight) on, without holidays."""
    days = [now.date() + n * DAY for n in range(-1, DAYS_AHEAD + 1)]
    return [
        _span(opening, day, now.tzinfo)
        for opening in openings
        for day in days
        if holds_on(opening, day) and not is_holiday(city, day)
    ]


def _span(opening: Opening, day: datetime.date, zone: datetime.tzinfo | None) -> Span:
    last_day = day + DAY if opening.overnight else day
    return (
        datetime.datetime.combine(day, opening.opens, zone),
        datetime.datetime.combine(last_day, opening.ends, zone),
    )


def _joined(spans: list[Span]) -> list[Span]:
    """Return sorted spans with those that touch or overlap made into one."""
    joined: list[Span] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
