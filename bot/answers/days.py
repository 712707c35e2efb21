"""What a service says about one day: its hours, or that they are not known."""

from __future__ import annotations

import datetime

from bot.answers import blocks
from bot.answers.here import Here
from bot.answers.model import Turn
from bot.directory import freshness, hours
from bot.directory.model import City, Service
from bot.words import cldr, followups, texts
from bot.words.catalogue import Words

SATURDAY, SUNDAY = 5, 6
AHEAD = {"today": 0, "tomorrow": 1, "day_after_tomorrow": 2}
FOLLOW_UPS = (*AHEAD, "weekend", "weekday")


def dates(turn: Turn) -> tuple[datetime.date, ...]:
    """Return the dates that a turn asks about: the next of that day, today included."""
    today = turn.now.date()
    if turn.follow_up in AHEAD:
        return (today + AHEAD[turn.follow_up] * hours.DAY,)
    if turn.follow_up == "weekday":
        return (_next(today, turn.weekday or 0),)
    if today.weekday() == SUNDAY:
        return (today,)
    saturday = _next(today, SATURDAY)
    return saturday, saturday + hours.DAY


def open_first(
    services: list[Service], city: City, asked: tuple[datetime.date, ...]
) -> list[Service]:
    """Return those open on one of the days, then those nobody knows of, then the closed ones."""
    return sorted(services, key=lambda service: min(_rank(service, city, day) for day in asked))


def paragraph(words: Words, service: Service, here: Here, asked: tuple[datetime.date, ...]) -> str:
    """Return a service with its hours on these days, and how to reach it."""
    notes = [note.in_language(words.language) for note in service.hours_notes]
    phones = blocks.phone_lines(words, service, here)
    website = [words.say(texts.WEBSITE, url=service.website)] if service.website else []
    return "\n".join(
        (
            blocks.heading(words, service),
            *(_line(words, service, here.city, day) for day in asked),
            *notes,
            *(phones or website),
            *not_confirmed(words, service, here),
        )
    )


def not_confirmed(words: Words, service: Service, here: Here) -> list[str]:
    """Return that nobody has checked a service for a year, when that is so."""
    if freshness.is_fresh(service, here.asked.now.date()):
        return []
    since = cldr.date(service.checked_on, words.language)
    return [words.say(texts.NOT_CONFIRMED, date=since)]


def _next(today: datetime.date, weekday: int) -> datetime.date:
    return today + (weekday - today.weekday()) % hours.WEEK * hours.DAY


def _rank(service: Service, city: City, day: datetime.date) -> int:
    found = hours.on(service, city, day)
    if service.always_open or found:
        return 0
    return 1 if found is None else 2


def _line(words: Words, service: Service, city: City, day: datetime.date) -> str:
    named = cldr.day_and_date(day, words.language)
    found = hours.on(service, city, day)
    if service.always_open:
        return words.say(followups.ALWAYS_ON_DAY, day=named)
    if found is None and hours.is_holiday(city, day):
        return words.say(followups.HOLIDAY_ON_DAY, day=named)
    if found is None:
        has_phone = bool(service.voice_number)
        unknown = followups.UNKNOWN_ON_DAY if has_phone else followups.UNKNOWN_ON_DAY_NO_PHONE
        return words.say(unknown, day=named)
    if not found:
        return words.say(followups.CLOSED_ON_DAY, day=named)
    times = cldr.listing([_span(words, *one) for one in found], words.language)
    return words.say(followups.ON_DAY, day=named, times=times)


def _span(words: Words, begin: datetime.time | None, end: datetime.time) -> str:
    last = cldr.time(end, words.language)
    if begin is None:
        return words.say(followups.UNTIL, time=last)
    return words.say(texts.SPAN, first=cldr.time(begin, words.language), last=last)
