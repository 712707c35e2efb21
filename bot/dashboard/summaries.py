"""A picture in plain sentences: highest, lowest, what changed, how surely, what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.dashboard.figures import Bar, Place, Point
from bot.signals.change import FELL, ROSE, Change
from bot.words import cldr
from bot.words import dashboard as frame
from bot.words import dashboard_summaries as texts
from bot.words.catalogue import words


def topic(points: Sequence[Point], change: Change | None, language: str) -> str:
    """Return what a line of weeks shows, and whether it rose or fell (bot/signals/change.py)."""
    if not points:
        return words(language).say(texts.NO_RELEASE)
    if all(point.value is None for point in points):
        return words(language).say(texts.ALL_HIDDEN)
    return " ".join([*_range(points, language), _last(points, language), changed(change, language)])


def changed(change: Change | None, language: str) -> str:
    """Return whether something rose or fell, and how surely that is known."""
    say = words(language).say
    if change is None:
        return say(texts.TOO_FEW_WEEKS)
    if change.direction not in (ROSE, FELL):
        return say(texts.NOT_CLEAR)
    # A change that is sure may still reach to zero and beyond in its interval: told as nothing.
    least, most = sorted(
        (change.low, change.high) if change.direction == ROSE else (-change.high, -change.low)
    )
    given = {"before": change.before, "now": change.now, "low": max(0.0, least), "high": most}
    told = {name: cldr.number(round(value), language) for name, value in given.items()}
    if change.is_hidden:
        only = frame.CHANGE_UP if change.direction == ROSE else frame.CHANGE_DOWN
        return f"{say(only, low=told['low'], high=told['high'])}."
    return say(texts.ROSE if change.direction == ROSE else texts.FELL, **told)


def bars(rows: Sequence[Bar], language: str) -> str:
    """Return which of several numbers is the highest and the lowest, and how many are hidden."""
    say = words(language).say
    if not rows:
        return say(texts.NO_RELEASE)
    shown = sorted(
        (row for row in rows if row.value is not None), key=lambda row: -(row.value or 0)
    )
    if not shown:
        return say(texts.ALL_HIDDEN)
    return " ".join([*_extremes(shown, language), *_hidden(len(rows) - len(shown), language)])


def districts(places: Sequence[Place], language: str) -> str:
    """Return the same of the districts of a map."""
    return bars([Bar(one.name, one.value, one.low, one.high) for one in places], language)


def _range(points: Sequence[Point], language: str) -> Iterator[str]:
    say = words(language).say
    shown = [point for point in points if point.value is not None]
    highest, lowest = (choose(shown, key=lambda one: one.value or 0) for choose in (max, min))
    if highest.value == lowest.value:
        yield say(texts.ALWAYS_THE_SAME, value=_number(highest.value, language))
    else:
        yield say(
            texts.HIGHEST_AND_LOWEST,
            highest=_number(highest.value, language),
            highest_week=cldr.date(highest.day, language),
            lowest=_number(lowest.value, language),
            lowest_week=cldr.date(lowest.day, language),
        )
    if len(shown) < len(points):
        yield say(texts.HIDDEN_WEEKS, count=len(points) - len(shown))


def _last(points: Sequence[Point], language: str) -> str:
    say, last = words(language).say, points[-1]
    week = cldr.date(last.day, language)
    if last.value is None:
        return say(texts.LAST_WEEK_HIDDEN, week=week)
    return say(texts.LAST_WEEK, week=week, **_interval(last, language))


def _extremes(shown: Sequence[Bar], language: str) -> Iterator[str]:
    say, highest, lowest = words(language).say, shown[0], shown[-1]
    yield say(texts.HIGHEST_OF_ALL, name=highest.name, **_interval(highest, language))
    if len(shown) > 1 and (shown[1].high or 0) > (highest.low or 0):
        yield say(texts.MAY_BE_HIGHER, name=shown[1].name)
    if lowest.value != highest.value:
        yield say(texts.LOWEST_SHOWN, name=lowest.name, value=_number(lowest.value, language))


def _hidden(count: int, language: str) -> Iterator[str]:
    if count:
        yield words(language).say(texts.HIDDEN_NUMBERS, count=count)


def _interval(one: Bar | Point, language: str) -> dict[str, str]:
    given = {"value": one.value, "low": one.low, "high": one.high}
    return {name: _number(value, language) for name, value in given.items()}


def _number(value: int | None, language: str) -> str:
    return cldr.number(value or 0, language)
