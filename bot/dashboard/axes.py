"""Round numbers and readable weeks along the sides of a chart."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

LONG = 30
TICKS = 4
# Names of months with years are long.
DAYS, MONTHS = 4, 3


def round_steps(highest: float) -> list[int]:
    """Return whole round numbers from 0 on; the last one is at least `highest` and at least 10."""
    wanted = max(10.0, highest) / TICKS
    power = 10.0 ** math.floor(math.log10(wanted))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= wanted)
    whole = max(1, math.ceil(step))
    return [whole * number for number in range(math.ceil(max(10.0, highest) / whole) + 1)]


def dates(days: Sequence[datetime.date]) -> list[datetime.date]:
    """Return a few days of a chart to be named, the first and the last among them."""
    wanted, last = MONTHS if is_long(days) else DAYS, len(days) - 1
    if last < wanted:
        return list(days)
    return [days[round(last * number / (wanted - 1))] for number in range(wanted)]


def is_long(days: Sequence[datetime.date]) -> bool:
    """Tell whether months and years are named instead of days."""
    return len(days) > LONG
