"""The rule of changes (bot/signals/change.py) for all topics of a simulation at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.signals.change import LEAST_WEEKS_BEFORE, SURE, WEEKS_BEFORE, WINDOWS, variance

Numbers = NDArray[np.float64]


def strength(numbers: Numbers, scale: float) -> Numbers:
    """Return how sure a change is: 1 or more has risen, -1 or less has fallen; 0: unknown.

    `numbers` holds weeks in its last axis, the newest last (NaN: no release); `scale` is that of
    the noise.
    """
    all_sure = np.stack([np.nan_to_num(_sure(numbers, scale, weeks)) for weeks in WINDOWS])
    strongest = np.abs(all_sure).argmax(axis=0)
    found: Numbers = np.take_along_axis(all_sure, strongest[None], axis=0)[0]
    return found


def _sure(numbers: Numbers, scale: float, weeks: int) -> Numbers:
    """Return how sure a change of one window is; NaN where there are too few weeks."""
    now = numbers[..., -weeks:].mean(axis=-1)
    earlier = numbers[..., : numbers.shape[-1] - weeks][..., -WEEKS_BEFORE:]
    known = np.isfinite(earlier).sum(axis=-1)
    whole = np.nansum(earlier, axis=-1)
    before = np.where(known >= LEAST_WEEKS_BEFORE, whole / np.maximum(known, 1), np.nan)
    deviation = np.sqrt(variance(before, np.maximum(known, 1), scale, weeks))
    sure: Numbers = (now - before) / (SURE[weeks] * deviation)
    return sure
