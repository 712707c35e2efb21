"""Holds the packages of cities side by side: topics a week, for every 10,000 inhabitants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.signals.faults import SignalsError
from bot.signals.package_reading import Number, Package
from bot.signals.weeks import Week

PEOPLE = 10_000


@dataclass(frozen=True)
class Share:
    """A topic in one city: the mean of the weeks, and from `low` to `high` the true one.

    `value` is None when the topic is hidden in every week; a week in which it is hidden counts as
    half of the limit. Numbers are for every 10,000 inhabitants, or None where their count is
    unknown.
    """

    value: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """A topic, and its share in each city in the order of the packages."""

    topic: str
    shares: tuple[Share | None, ...]


def weeks_of_all(packages: Sequence[Package]) -> list[Week]:
    """Return the weeks that are in every package; raise SignalsError when there are none."""
    shared = sorted(set.intersection(*(set(package.topics) for package in packages)))
    if not shared:
        raise SignalsError("weeks: none is in all packages; allowed: packages that share a week")
    return shared


def compare(packages: Sequence[Package]) -> list[Line]:
    """Return every topic of the weeks that all packages hold, the largest difference first."""
    weeks = weeks_of_all(packages)
    topics = dict.fromkeys(
        topic for one in packages for week in weeks for topic in one.topics[week]
    )
    lines = [Line(topic, tuple(_share(one, weeks, topic) for one in packages)) for topic in topics]
    return sorted(lines, key=_apart, reverse=True)


def _share(package: Package, weeks: Sequence[Week], topic: str) -> Share | None:
    if package.inhabitants is None or any(topic not in package.topics[week] for week in weeks):
        return None
    cells = [(package.topics[week][topic], package.hidden[week]) for week in weeks]
    times = PEOPLE / package.inhabitants / len(weeks)
    hidden = all(number.value is None for number, _ in cells)
    values, lows, highs = zip(*(_bounds(number, unknown) for number, unknown in cells))
    mean = None if hidden else times * sum(values)
    return Share(mean, times * sum(lows), times * sum(highs))


def _bounds(number: Number, hidden: tuple[float, float, float]) -> tuple[float, float, float]:
    if number.value is None or number.low is None or number.high is None:
        return hidden
    return number.value, number.low, number.high


def _apart(line: Line) -> float:
    known = [share.value or 0 for share in line.shares if share]
    return max(known) - min(known) if len(known) == len(line.shares) else -1
