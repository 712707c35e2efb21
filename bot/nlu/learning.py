"""How the linear model learns. Only training needs it, and the libraries that it imports.

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
from scipy.special import log_softmax
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from bot.nlu.features import Features, FeatureSizes
from bot.nlu.linear import State

HELD_BACK = 1 / 2
SHARPEST = 20.0
# Weights are kept as whole numbers of this size: it changes one ranking in a thousand, and makes
# the model an eighth.
LARGEST = 127
# A label is kept as one byte.
MOST_LABELS = 256


class Learnt(NamedTuple):
    """What the machines have learnt: whole weights (features x labels), and what one weighs."""

    weights: np.ndarray
    scales: np.ndarray
    intercept: np.ndarray

    def margins(self, rows: csr_matrix) -> np.ndarray:
        """Return how far each row (texts x features) lies on the side of each label."""
        return rows @ self.weights.astype(np.float32) * self.scales + self.intercept

    def kept(self) -> State:
        """Return what `linear.Machines` holds: the weights that are not nothing."""
        kept = csr_matrix(self.weights)
        return {
            "begins": kept.indptr.astype(np.int32),
            "owners": kept.indices.astype(np.uint8),
            "weights": kept.data,
            "scales": self.scales,
            "intercept": self.intercept,
        }


def learn(sizes: FeatureSizes, looseness: float, texts: list[str], labels: list[str]) -> State:
    """Learn the label of each text, and return the state of a LinearRanker.

    `looseness` is the C of the support vector machines: higher follows the texts more closely.
    """
    features = Features(sizes)
    rows = features.learn(texts)
    names, right = np.unique(labels, return_inverse=True)
    if len(names) > MOST_LABELS:
        raise ValueError(f"at most {MOST_LABELS} labels, not {len(names)}")
    state = {f"rarity{n}": block for n, block in enumerate(features.rarities)}
    state |= {"labels": names, "sharpness": np.array(_sharpness(rows, right, looseness))}
    return state | _learnt(rows, right, looseness).kept()


def _learnt(rows: csr_matrix, right: np.ndarray, looseness: float) -> Learnt:
    """Train a machine for each label; they run side by side, on all processors."""
    machines = Parallel(n_jobs=cpu_count(), prefer="threads")(
        delayed(_machine)(rows, right == label, looseness) for label in range(right.max() + 1)
    )
    weights, scales, intercepts = zip(*machines)
    return Learnt(
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
