"""When a service is open, in the city's own time zone. What is not known stays unknown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.directory.model import LAST_MINUTE, MIDNIGHT, Opening, Service

DAY = datetime.timedelta(days=1)
WEEK = 7


@dataclass(frozen=True)
class Moment:
    """Open or not at a moment; `changes_at` is the next closing or opening, None if never."""

    open: bool
    changes_at: datetime.datetime | None


def at(service: Service, now: datetime.datetime) -> Moment | None:
    """Tell whether `service` is open at `now` (aware, city time); None when that is unknown."""
    if not service.openings:
        return None
    if service.always_open:
        return Moment(True, None)
    spans = sorted(_spans(service.openings, now))
    for begin, end in spans:
        if begin <= now < end:
            return Moment(True, end)
    return Moment(False, min((begin for begin, _ in spans if begin > now), default=None))


def _spans(
    openings: tuple[Opening, ...], now: datetime.datetime
) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """Return every span from yesterday (it may run past midnight) to a week ahead."""
    days = [now.date() + n * DAY for n in range(-1, WEEK + 1)]
    return [
        _span(opening, day, now.tzinfo)
        for opening in openings
        for day in days
        if day.weekday() in opening.days
    ]


def _span(
    opening: Opening, day: datetime.date, zone: datetime.tzinfo | None
) -> tuple[datetime.datetime, datetime.datetime]:
    closes = MIDNIGHT if opening.closes == LAST_MINUTE else opening.closes
    last_day = day + DAY if closes <= opening.opens else day
    return (
        datetime.datetime.combine(day, opening.opens, zone),
        datetime.datetime.combine(last_day, closes, zone),
    )
