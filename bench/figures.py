"""Arithmetic of the benchmark: percentiles, medians of rounds, growth. Nothing is measured here."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, float]


def percentile(times: Sequence[float], percent: float) -> float:
    """Return the smallest time that `percent` of all do not exceed (nearest rank).

    Raise ValueError without any time.
    """
    if not times:
        raise ValueError("no times: nothing was measured")
    rank = math.ceil(percent / 100 * len(times))
    return sorted(times)[max(rank, 1) - 1]


def summary(rounds: Sequence[dict[str, Any]]) -> Row:
    """Return the figures of the same thing measured in several rounds.

    Medians over the rounds are taken of p50 and of turns a second, so that one disturbed round
    does not count; the tails, p95 and p99, are those of all times together. Milliseconds. Short
    answers are no turns; where there is nothing else, a turn never ends.
    """
    times = [time for one in rounds for time in one["times"]] or [math.inf]
    short = [time for one in rounds for time in one["short"]]
    halves = [percentile(one["times"] or [math.inf], 50) for one in rounds]
    paces = [len(one["times"]) / one["seconds"] for one in rounds]
    return {
        "p50_ms": rounded(statistics.median(halves)),
        "p95_ms": rounded(percentile(times, 95)),
        "p99_ms": rounded(percentile(times, 99)),
        "per_second": rounded(statistics.median(paces)),
        "turns": sum(len(one["times"]) for one in rounds),
        "short_answers": len(short),
        "short_p95_ms": rounded(percentile(short, 95)) if short else 0.0,
        "lost": sum(one["lost"] for one in rounds),
    }


def slope(points: Iterable[tuple[float, float]]) -> float:
    """Return the exponent of growth: the slope of the straight line through the logarithms.

    1 is growth in proportion, 2 that of the square. Raise ValueError with fewer than two sizes.
    """
    logs = [(math.log(size), math.log(cost)) for size, cost in points]
    if len({size for size, _ in logs}) < 2:
        raise ValueError("growth needs two sizes or more")
    middle, height = (statistics.fmean(values) for values in zip(*logs))
    spread = sum((size - middle) ** 2 for size, _ in logs)
    return sum((size - middle) * (cost - height) for size, cost in logs) / spread


def drift(long: Sequence[float], fresh: Sequence[float], window: int) -> float:
    """Return how many times as long the last turns of a conversation take as its first ones.

    `fresh` are turns of new conversations, asked in between: what slows both is not counted.
    """
    late, early = statistics.median(long[-window:]), statistics.median(long[:window])
    then, before = statistics.median(fresh[-window:]), statistics.median(fresh[:window])
    return (late / early) / (then / before)


def rounded(value: float) -> float:
    """Return a figure with three digits, or as a whole number above that."""
    return float(f"{value:.3g}") if abs(value) < 1000 or math.isinf(value) else float(round(value))
