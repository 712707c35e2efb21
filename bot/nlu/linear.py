"""The model behind the route classifier and the language identifier: linear, with confidences.

What it has learnt is whole weights, most of them nothing: only the others are kept. How they are
learnt: `learning.py`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bot.nlu.features import Features, FeatureSizes

State = dict[str, np.ndarray]


class Machines(NamedTuple):
    """What the machines have learnt, one a label.

    The weights of feature n are those from `begins[n]` to `begins[n + 1]`, each the weight of the
    machine of the label in `owners`; `scales` says what one weighs.
    """

    begins: np.ndarray
    owners: np.ndarray
    weights: np.ndarray
    scales: np.ndarray
    intercept: np.ndarray

    def margins(self, features: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Return how far a text of weighted features lies on the side of each label."""
        begins = self.begins[features]
        counts = self.begins[features + 1] - begins
        begun_before = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(begins - begun_before, counts)
        parts = self.weights[places] * np.repeat(values, counts)
        sums = np.bincount(self.owners[places], parts, minlength=len(self.scales))
        return sums * self.scales + self.intercept


class LinearRanker:
    """Ranks labels for a text; `state` is all that must be kept of it."""

    def __init__(self, sizes: FeatureSizes, state: State) -> None:
        rarities = [state[name] for name in sorted(state) if name.startswith("rarity")]
        self._features = Features(sizes, rarities)
        self._machines = Machines(*(state[name] for name in Machines._fields))
        self._labels = [str(label) for label in state["labels"]]
        self._sharpness = float(state["sharpness"])

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every label with its confidence, likeliest first; confidences add up to 1."""
        margins = self._sharpness * self._machines.margins(*self._features.of(text))
        likelihoods = np.exp(margins - margins.max())
        confidences = likelihoods / likelihoods.sum()
        order = np.argsort(-confidences)
        return [(self._labels[n], float(confidences[n])) for n in order]
