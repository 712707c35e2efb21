"""How much of the privacy budget each table gets, and from which number on a cell is shown.

Chosen by simulation (evaluation/signals.py, ADR 14).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bot.signals.tables import TABLES

# One conversation-day adds 1 to at most four rows: so the gateway counts (bot/demand/).
BOUND = 4
MOST_EPSILON = 1.0
# Hundredths of the budget.
SHARES: Mapping[str, int] = {
    "total": 4,
    "topic": 54,
    "topic_language": 7,
    "topic_district": 3,
    "topic_outcome": 14,
    "language": 5,
    "district": 6,
    "audience": 3,
    "outcome": 4,
}
HIDE_BELOW = 10
ROUNDED_TO = 5
# Tables of two dimensions have hundreds of cells, most of them empty: an empty one shows a number
# made of noise at most this often.
EMPTY_SHOWN = 0.05


@dataclass(frozen=True)
class Plan:
    """The budget of one release. `epsilon` is for one conversation-day over all tables."""

    epsilon: float = MOST_EPSILON
    shares: Mapping[str, int] = field(default_factory=lambda: dict(SHARES))
    bound: int = BOUND

    def __post_init__(self) -> None:
        if not 0 < self.epsilon <= MOST_EPSILON:
            raise ValueError(f"epsilon: {self.epsilon} does not fit; allowed: above 0, at most 1")
        if set(self.shares) != set(TABLES) or sum(self.shares.values()) != 100:
            raise ValueError("shares: allowed: hundredths for every table, together 100")

    def scale(self, table: str) -> float:
        """Return the scale of a table's noise: bound / epsilon, rounded up to thousandths.

        Rounded up, so that the loss that is proven stays below the budget in spite of the
        rounding of numbers in a computer.
        """
        wanted = Fraction(self.bound * 100) / (Fraction(self.epsilon) * self.shares[table])
        return (math.floor(wanted * 1000) + 1) / 1000

    def hide_below(self, table: str) -> int:
        """Return the number below which a cell of this table is hidden; a multiple of 5."""
        if len(TABLES[table]) < 2:
            return HIDE_BELOW
        passed = -self.scale(table) * math.log(2 * EMPTY_SHOWN)
        return max(HIDE_BELOW, ROUNDED_TO * math.ceil(passed / ROUNDED_TO))
