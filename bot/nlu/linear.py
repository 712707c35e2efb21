"""The model behind the route classifier and the language identifier: linear, with confidences.

Support vector machines, one a label, separate well and train in a minute, but give no
confidences. One factor turns their margins into them (temperature scaling, Guo et al., ICML
2017); it is chosen on messages that the machines did not learn from.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from joblib import Parallel, cpu_count, delayed
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from bot.nlu.features import Features, FeatureSizes

HELD_BACK = 1 / 2
SHARPEST = 20.0
# Weights are kept as whole numbers of this size: it changes one ranking in a thousand, and makes
# the model an eighth.
LARGEST = 127

State = dict[str, np.ndarray]


class Machines(NamedTuple):
    """What the machines have learnt: whole weights (features x labels), and what one weighs."""

    weights: np.ndarray
    scales: np.ndarray
    intercept: np.ndarray

    def margins(self, rows: csr_matrix) -> np.ndarray:
        """Return how far each row (texts x features) lies on the side of each label."""
        return rows @ self.weights.astype(np.float32) * self.scales + self.intercept


class LinearRanker:
    """Ranks labels for a text; `state` is all that must be kept of it."""

    def __init__(self, sizes: FeatureSizes, state: State) -> None:
        rarities = [state[name] for name in sorted(state) if name.startswith("rarity")]
        self._features = Features(sizes, rarities)
        self._machines = Machines(*(state[name] for name in Machines._fields))
        self._labels = [str(label) for label in state["labels"]]
        self._sharpness = float(state["sharpness"])

    @classmethod
    def trained(
        cls, sizes: FeatureSizes, looseness: float, texts: list[str], labels: list[str]
    ) -> tuple[LinearRanker, State]:
        """Return a ranker that has learnt the label of each text, and its state.

        `looseness` is the C of the support vector machines: higher follows the texts more closely.
        """
        features = Features(sizes)
        rows = features.learn(texts)
        names, right = np.unique(labels, return_inverse=True)
        state = {f"rarity{n}": block for n, block in enumerate(features.rarities)}
        state |= {"labels": names, "sharpness": np.array(_sharpness(rows, right, looseness))}
        state |= _learnt(rows, right, looseness)._asdict()
        return cls(sizes, state), state

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every label with its confidence, likeliest first; confidences add up to 1."""
        row = self._features.of([text])
        known = self._machines._replace(weights=self._machines.weights[row.indices])
        margins = known.margins(csr_matrix(row.data))[0]
        confidences = softmax(self._sharpness * margins)
        return [(self._labels[n], float(confidences[n])) for n in np.argsort(-confidences)]


def _learnt(rows: csr_matrix, right: np.ndarray, looseness: float) -> Machines:
    """Train a machine for each label; they run side by side, on all processors."""
    machines = Parallel(n_jobs=cpu_count(), prefer="threads")(
        delayed(_machine)(rows, right == label, looseness) for label in range(right.max() + 1)
    )
    weights, scales, intercepts = zip(*machines)
    return Machines(
        np.stack(weights, axis=1), np.array(scales, np.float32), np.array(intercepts, np.float32)
    )


def _machine(rows: csr_matrix, wanted: np.ndarray, looseness: float) -> tuple[np.ndarray, ...]:
    machine = LinearSVC(C=looseness, random_state=1).fit(rows, wanted)
    scale = np.abs(machine.coef_[0]).max() / LARGEST
    return np.round(machine.coef_[0] / scale).astype(np.int8), scale, machine.intercept_[0]


def _sharpness(rows: csr_matrix, right: np.ndarray, looseness: float) -> float:
    """Return the factor on the margins that makes the right labels of unseen texts likeliest."""
    known, unseen = train_test_split(
        np.arange(len(right)), test_size=HELD_BACK, stratify=right, random_state=1
    )
    margins = _learnt(rows[known], right[known], looseness).margins(rows[unseen])

    def surprise(sharpness: float) -> float:
        log_confidences = log_softmax(sharpness * margins, axis=1)
        return -float(log_confidences[np.arange(len(unseen)), right[unseen]].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, SHARPEST), method="bounded").x)
