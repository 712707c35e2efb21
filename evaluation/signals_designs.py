"""The designs of a release that are held against each other: mechanism, and split of the budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import opendp.prelude as dp
from numpy.typing import NDArray

from bot.signals import release, tables
from bot.signals.budget import BOUND, EMPTY_SHOWN, HIDE_BELOW, ROUNDED_TO, SHARES, Plan

dp.enable_features("contrib")

EVEN = {**dict.fromkeys(SHARES, 11), "total": 12}
TOPICS_FIRST = {**dict.fromkeys(SHARES, 2), "topic": 70, "topic_outcome": 16}
PAIRS_FIRST = {**dict.fromkeys(SHARES, 4), "topic": 25, "topic_outcome": 25, "topic_language": 26}
DELTA = 1e-6
# How far four rows of one conversation can move a table, as the root of the sum of squares: topics
# are four different ones, anything else may be the same four times.
L2 = {name: BOUND**0.5 if "route" in tables.TABLES[name] else BOUND for name in SHARES}


@dataclass(frozen=True)
class Design:
    """A way to make releases. `deviation` is that of the noise by table."""

    name: str
    mechanism: str
    deviation: Mapping[str, float]

    def hide_below(self, name: str) -> float:
        """Return the number below which a cell of a table is hidden."""
        if len(tables.TABLES[name]) < 2:
            return HIDE_BELOW
        passed = 2.05 if self.mechanism == "gaussian" else -np.log(2 * EMPTY_SHOWN) / 2**0.5
        return max(
            HIDE_BELOW, ROUNDED_TO * float(np.ceil(passed * self.deviation[name] / ROUNDED_TO))
        )

    def scale(self, name: str) -> float:
        """Return the scale that the rule for changes calculates with."""
        return self.deviation[name] / 2**0.5

    def most(self, topics: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what topics may be at most, as released: their cells are held down to it."""
        # P(|noise| > n scales) = exp(-n) for Laplace noise.
        reach = -np.log(1 - release.SURE_OF_TOPIC) * self.scale("topic") + release.MOVED
        most: NDArray[np.float64] = reach + np.where(
            np.isnan(topics), self.hide_below("topic"), topics
        )
        return most

    def released(
        self,
        counts: NDArray[np.int64],
        name: str,
        random: np.random.Generator,
        most: float | NDArray[np.float64] = np.inf,
    ) -> NDArray[np.float64]:
        """Return the counts of a table as they are released; NaN is hidden."""
        noisy = np.minimum(counts + self._noise(counts.shape, name, random), most)
        rounded = ROUNDED_TO * np.floor((noisy + release.MOVED) / ROUNDED_TO)
        return np.where(noisy < self.hide_below(name), np.nan, rounded)

    def _noise(
        self, shape: tuple[int, ...], name: str, random: np.random.Generator
    ) -> NDArray[np.float64]:
        deviation = self.deviation[name]
        if self.mechanism == "none":
            return np.zeros(shape)
        if self.mechanism == "gaussian":
            return np.rint(random.normal(0, deviation, shape))
        if self.mechanism == "laplace":
            return np.rint(random.laplace(0, deviation / 2**0.5, shape))
        # The difference of two geometric draws is discrete Laplace, as OpenDP draws it.
        odds = 1 - np.exp(-(2**0.5) / deviation)
        found: NDArray[np.float64] = random.geometric(odds, shape) - random.geometric(odds, shape)
        return found.astype(float)


def designs() -> list[Design]:
    """Return all designs, the chosen one first."""
    splits = {
        "chosen": SHARES,
        "even": EVEN,
        "topics first": TOPICS_FIRST,
        "pairs first": PAIRS_FIRST,
    }
    geometric = [
        _laplace(f"geometric, {name}", "geometric", split) for name, split in splits.items()
    ]
    half = Plan(0.5)
    return [
        *geometric,
        _laplace("Laplace, rounded, chosen", "laplace", SHARES),
        *(
            _gaussian(f"Gaussian, {name}", split)
            for name, split in splits.items()
            if name != "pairs first"
        ),
        Design("geometric, chosen, epsilon 0.5", "geometric", {n: _of(half, n) for n in SHARES}),
        Design("no noise: hidden and rounded only", "none", dict.fromkeys(SHARES, 0.0)),
    ]


def chosen() -> Design:
    """Return the design that releases are made by."""
    return designs()[0]


def _of(plan: Plan, name: str) -> float:
    return 2**0.5 * plan.scale(name)


def _laplace(name: str, mechanism: str, split: Mapping[str, int]) -> Design:
    plan = Plan(1, split)
    return Design(name, mechanism, {table: _of(plan, table) for table in split})


def _gaussian(name: str, split: Mapping[str, int]) -> Design:
    """Return a design with epsilon 1 and delta 1e-6, its rho (zCDP) split like the budget."""
    rho = dp.binary_search(lambda given: _epsilon(given) <= 1.0, bounds=(1e-4, 0.5))
    deviation = {table: L2[table] / (2 * rho * part / 100) ** 0.5 for table, part in split.items()}
    return Design(name, "gaussian", deviation)


def _epsilon(rho: float) -> float:
    """Return the epsilon that OpenDP proves for this rho at the chosen delta."""
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T="f64")
    gaussian = dp.m.make_gaussian(*space, scale=(1 / (2 * rho)) ** 0.5)
    proven: Any = dp.c.make_zCDP_to_approxDP(gaussian)
    epsilon: float = proven.map(1.0).epsilon(DELTA)
    return epsilon
