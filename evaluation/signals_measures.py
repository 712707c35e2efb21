"""What a design of a release is measured by: how soon it sees, how often and how far it is off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.signals import change, tables
from evaluation import signals_city as city
from evaluation.signals_designs import Design
from evaluation.signals_strength import strength

SIZES = (10, 20, 30, 50, 100)
COUNTS = (0, 2, 5, 10, 20, 30, 50, 100, 200, 400)
WATCHED = 8
WEEKS_A_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Error:
    """How a true count is released: the share hidden, and how far off the others are.

    `mean` and `ninetieth` are the mean and the 90th of 100 absolute errors.
    """

    count: int
    hidden: float
    mean: float
    ninetieth: float


@dataclass(frozen=True)
class TableError:
    """How a table of the city comes out in a week.

    `seen` is the share of the true demand in cells that are shown; `relative` the mean error of
    the shown cells, as a share of their mean true count; `empty_shown` the share of the cells with
    a true count below 5 that are shown all the same.
    """

    name: str
    cells: int
    seen: float
    relative: float
    empty_shown: float


def seen_by_week(
    design: Design, size: int, runs: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Return which share of needs of this size is seen 1 to 8 weeks after it has doubled."""
    rates = np.full((1, change.WEEKS + WATCHED - 1), float(size))
    # The last week of the first window is the first one of the doubled need.
    rates[:, change.WEEKS - 1 :] *= 2
    numbers = _filled(design, city.weekly(rates, runs, random), random)
    seen = [_strength(design, numbers, week)[:, 0] >= 1 for week in range(WATCHED)]
    found: NDArray[np.float64] = np.logical_or.accumulate(seen).mean(axis=1)
    return found


def false_changes(
    design: Design, needs: city.Needs, runs: int, random: np.random.Generator, weeks: int = 60
) -> tuple[float, float]:
    """Return how many rises and falls are shown a month, over all topics, when nothing changes.

    Every topic counts in every week in which it is shown as changed, also after another such week.
    """
    rates = np.repeat(needs.topics[:, None], change.WEEKS + weeks - 1, axis=1)
    numbers = _filled(design, city.weekly(rates, runs, random), random)
    rises = falls = 0
    for week in range(weeks):
        strength = _strength(design, numbers, week)
        rises += int((strength >= 1).sum())
        falls += int((strength <= -1).sum())
    return rises / runs / weeks * WEEKS_A_MONTH, falls / runs / weeks * WEEKS_A_MONTH


def errors(design: Design, runs: int, random: np.random.Generator) -> list[Error]:
    """Return how true counts of several sizes come out in the table of topics."""
    found = []
    for count in COUNTS:
        numbers = design.released(np.full(runs, count), "topic", random)
        off = np.abs(numbers[np.isfinite(numbers)] - count)
        hidden = float(np.isnan(numbers).mean())
        mean, ninetieth = (float(off.mean()), float(np.quantile(off, 0.9))) if len(off) else (0, 0)
        found.append(Error(count, hidden, mean, ninetieth))
    return found


def table_errors(
    design: Design, needs: city.Needs, runs: int, random: np.random.Generator
) -> list[TableError]:
    """Return how every table of the city comes out."""
    return [_table_error(design, name, needs, runs, random) for name in tables.TABLES]


def _table_error(
    design: Design, name: str, needs: city.Needs, runs: int, random: np.random.Generator
) -> TableError:
    means = city.table(name, needs)
    truth = random.poisson(means, (runs, len(means)))
    most = _most(design, truth, random) if len(tables.TABLES[name]) == 2 else np.inf
    numbers = design.released(truth, name, random, most)
    shown, small = np.isfinite(numbers), truth < 5
    off = np.abs(numbers - truth)[shown].sum()
    return TableError(
        name,
        len(means),
        float(truth[shown].sum() / truth.sum()),
        float(off / max(1, truth[shown].sum())),
        float(shown[small].mean()) if small.any() else 0.0,
    )


def _most(
    design: Design, truth: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Return for every cell of a table of two dimensions what its topic may be at most."""
    by_topic = truth.reshape(len(truth), len(tables.topics()), -1)
    topics = design.released(by_topic.sum(axis=-1), "topic", random)
    return np.repeat(design.most(topics), by_topic.shape[-1], axis=1)


def _filled(
    design: Design, truth: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Return what the rule for changes calculates with: the releases of the topic table."""
    numbers = design.released(truth, "topic", random)
    filled: NDArray[np.float64] = np.where(
        np.isnan(numbers), change.filled(None, design.hide_below("topic")), numbers
    )
    return filled


def _strength(design: Design, numbers: NDArray[np.float64], week: int) -> NDArray[np.float64]:
    return strength(numbers[..., week : week + change.WEEKS], design.scale("topic"))
