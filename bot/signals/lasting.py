"""Which numbers of a large table are more than chance: those that are there week after week.

A table of two dimensions has hundreds of cells, and most are empty. In some of them noise alone
makes a number every week, but hardly ever in the same ones: the chance that an empty cell is
shown in three of four weeks is below one in thirty thousand (bot/signals/budget.py, EMPTY_SHOWN).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.signals.reading import Cell

WEEKS, SHOWN = 4, 3


def lasting(weeks: Sequence[Sequence[Cell]]) -> set[tuple[str, str]]:
    """Return the cells shown in the first of these weeks and in three of four, by dimensions.

    `weeks` holds the cells of one table in the last weeks, the newest first.
    """
    latest = weeks[:WEEKS]
    often = Counter(
        (cell.first, cell.second) for cells in latest for cell in cells if cell.value is not None
    )
    return {
        key
        for key in ((cell.first, cell.second) for cell in weeks[0] if cell.value is not None)
        if often[key] >= SHOWN
    }
