"""The noise: discrete Laplace on whole numbers, drawn and accounted for by OpenDP."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib import metadata
from typing import Any

import opendp.prelude as dp

dp.enable_features("contrib")

METHOD = "discrete-laplace"
# The share of the true counts that `low` to `high` is to hold.
CONFIDENCE = 0.9


def version() -> str:
    """Return which OpenDP draws the noise."""
    return f"opendp {metadata.version('opendp')}"


def measurement(scale: float) -> Any:
    """Return OpenDP's mechanism for a table of whole numbers that differ by an L1 distance."""
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    return dp.m.make_laplace(*space, scale=scale)


def added(counts: Sequence[int], scale: float) -> list[int]:
    """Return the counts with noise, every one with its own, also where the count is 0."""
    noisy: list[int] = measurement(scale)(list(counts))
    return noisy


def proven_epsilon(scale: float, bound: int) -> float:
    """Return the privacy loss of one table for `bound` rows, as OpenDP's privacy map proves it."""
    epsilon: float = measurement(scale).map(bound)
    return epsilon


def reach(scale: float) -> int:
    """Return the smallest n for which the noise lies within -n and n in 90% of all draws."""
    alpha = math.exp(-1 / scale)
    # P(|noise| > n) = 2 alpha^(n + 1) / (1 + alpha)
    wanted = (1 - CONFIDENCE) * (1 + alpha) / 2
    return max(0, math.ceil(math.log(wanted) / math.log(alpha) - 1))
