"""What rose and what fell: the rule by which a change is called one, in spite of the noise.

The last one, two and three weeks are each held against the twelve weeks before them. A change is
one when it is larger than chance explains: the noise of the release, the chance by which people
come or stay away (Poisson), and a tenth of ordinary ups and downs from week to week. How often the
rule is wrong and how soon it sees a doubled need is simulated: docs/signals.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from bot.signals.reading import Cell, Release

ROSE, FELL, UNCLEAR = "rose", "fell", "unclear"
WINDOWS = (1, 2, 3)
WEEKS_BEFORE, LEAST_WEEKS_BEFORE = 12, 4
WEEKS = WEEKS_BEFORE + WINDOWS[-1]
# Of standard deviations. One week may be a single outlier of the noise, which has heavy tails.
SURE = {1: 4.1, 2: 3.4, 3: 2.85}
# The ups and downs of a need from week to week, as a share of it.
ORDINARY = 0.1
# Rounding to 5 moves a number by -2 to 2, each as likely.
ROUNDING_VARIANCE = 2.0
NINETY_PERCENT = 1.645


@dataclass(frozen=True)
class Change:
    """What changed: `before` and `now` are means a week, `low` to `high` holds now - before.

    `now` is the mean of the last `weeks` weeks; the interval holds the true difference with 90%.
    `is_hidden`: all weeks of one side are hidden, so `before` and `now` are not to be told.
    """

    direction: str
    weeks: int
    before: float
    now: float
    low: float
    high: float
    is_hidden: bool = False


def of(series: Sequence[tuple[Release, Cell]]) -> Change | None:
    """Return what changed in a series of one cell, in any order; None for too few weeks.

    The newest release counts as this week. Weeks without a release are left out.
    """
    if not series:
        return None
    last = max(release.first_day for release, _ in series)
    numbers, scale, shown = [math.nan] * WEEKS, 0.0, [False] * WEEKS
    for release, cell in series:
        place = WEEKS - 1 - (last - release.first_day).days // 7
        if place >= 0:
            numbers[place] = filled(cell.value, release.hide_below(cell.table))
            shown[place] = cell.value is not None
            scale = max(scale, release.scale(cell.table))
    found = _strongest(numbers, scale)
    return replace(found, is_hidden=_is_hidden(shown, found.weeks)) if found else None


def _is_hidden(shown: Sequence[bool], weeks: int) -> bool:
    """Tell whether all weeks of a change, or all that it is held against, are hidden."""
    return not (any(shown[-weeks:]) and any(shown[:-weeks][-WEEKS_BEFORE:]))


def filled(value: int | None, hide_below: float) -> float:
    """Return the number to calculate with: half of the limit when a number is hidden."""
    return hide_below / 2 if value is None else float(value)


def tested(numbers: Sequence[float], scale: float, weeks: int) -> tuple[float, float, float] | None:
    """Return before, now and the standard deviation of their difference, for one window.

    `numbers` are those of weeks, the newest last (NaN: no release); `scale` is that of the noise.
    None where there are too few weeks.
    """
    latest = numbers[-weeks:]
    earlier = [one for one in numbers[:-weeks][-WEEKS_BEFORE:] if math.isfinite(one)]
    if len(earlier) < LEAST_WEEKS_BEFORE or not all(map(math.isfinite, latest)):
        return None
    before, now = fmean(earlier), fmean(latest)
    return before, now, math.sqrt(variance(before, len(earlier), scale, weeks))


def variance(before: Any, known: Any, scale: float, weeks: int) -> Any:
    """Return the variance of now - before, where nothing has changed, for so many `known` weeks.

    Of numbers, or of arrays of them: the simulation takes all topics at once.
    """
    each = 2 * scale**2 + ROUNDING_VARIANCE + before + (ORDINARY * before) ** 2
    return each * (1 / weeks + 1 / known)


def _strongest(numbers: Sequence[float], scale: float) -> Change | None:
    found = []
    for weeks in WINDOWS:
        one = tested(numbers, scale, weeks)
        if one:
            before, now, deviation = one
            sure = abs(now - before) / (SURE[weeks] * deviation)
            found.append((sure, weeks, before, now, deviation))
    if not found:
        return None
    sure, weeks, before, now, deviation = max(found)
    direction = UNCLEAR if sure < 1 else ROSE if now > before else FELL
    spread = NINETY_PERCENT * deviation
    return Change(direction, weeks, before, now, now - before - spread, now - before + spread)
