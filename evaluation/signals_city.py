"""An invented city whose true demand is known: what the simulation of the releases counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.directory import pack
from bot.signals import tables

CONVERSATIONS = 2000
# How many topics one conversation asks for, 1 to 4, and how often.
ASKED = (0.70, 0.20, 0.07, 0.03)
# The topics, languages and districts are unequally asked for: the share falls with the rank.
TOPIC_FALL, LANGUAGE_FALL, DISTRICT_FALL = 1.1, 1.3, 0.8
NO_DISTRICT = 0.55
OUTCOME_SHARES = {
    **{"answered": 0.82, "clarified": 0.08, "unmet": 0.06, "not_helpful": 0.035, "outage": 0.005}
}
AUDIENCE_SHARES = {"resident": 0.80, "staff": 0.12, "unknown": 0.08}
# Ordinary ups and downs from week to week: of the whole city, and of each topic by itself.
CITY_MOVES, TOPIC_MOVES = 0.05, 0.10

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Needs:
    """How much is asked for in a mean week: by topic, and which share each other value has."""

    topics: NDArray[np.float64]
    shares: dict[str, NDArray[np.float64]]


def needs() -> Needs:
    """Return the needs of a city like Brussels with 2,000 conversations a week."""
    known = tables.known_values(pack.load("brussels").city)
    rows = CONVERSATIONS * sum(share * number for number, share in enumerate(ASKED, 1))
    named = _falling(len(known["district"]) - 1, DISTRICT_FALL) * (1 - NO_DISTRICT)
    shares = {
        "language": _falling(len(known["language"]), LANGUAGE_FALL),
        "district": np.append(named, NO_DISTRICT),
        "outcome": np.array([OUTCOME_SHARES[value] for value in known["outcome"]]),
        "audience": np.array([AUDIENCE_SHARES[value] for value in known["audience"]]),
    }
    return Needs(rows * _falling(len(known["route"]), TOPIC_FALL), shares)


def weekly(rates: NDArray[np.float64], runs: int, random: np.random.Generator) -> Counts:
    """Return true counts (runs, topics, weeks) for mean rates (topics, weeks)."""
    topics, weeks = rates.shape
    city = random.gamma(CITY_MOVES**-2, CITY_MOVES**2, (runs, 1, weeks))
    own = random.gamma(TOPIC_MOVES**-2, TOPIC_MOVES**2, (runs, topics, weeks))
    found: Counts = random.poisson(rates * city * own)
    return found


def table(name: str, of: Needs) -> NDArray[np.float64]:
    """Return the mean weekly count of every cell of a table of a release."""
    means = np.array(of.topics.sum())
    for dimension in tables.TABLES[name]:
        share = of.topics / of.topics.sum() if dimension == "route" else of.shares[dimension]
        means = means[..., None] * share
    return means.ravel()


def _falling(count: int, power: float) -> NDArray[np.float64]:
    shares = (np.arange(count) + 2.0) ** -power
    falling: NDArray[np.float64] = shares / shares.sum()
    return falling
