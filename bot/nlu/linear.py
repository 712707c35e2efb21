"""The model behind the route classifier and the language identifier: linear, with confidences.

A support vector machine separates well and trains in seconds, but gives no confidences. One
factor turns its margins into them (temperature scaling, Guo et al., ICML 2017); it is chosen on
messages that the model did not learn from.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from bot.nlu.features import Features, FeatureSizes

FOLDS = 3
SHARPEST = 20.0

State = dict[str, np.ndarray]


class LinearRanker:
    """Ranks labels for a text; `state` is all that must be kept of it."""

    def __init__(self, sizes: FeatureSizes, state: State) -> None:
        commonness = [state[name] for name in sorted(state) if name.startswith("commonness")]
        self._features = Features(sizes, commonness)
        self._weights = state["weights"].astype(np.float32)
        self._intercept = state["intercept"]
        self._labels = [str(label) for label in state["labels"]]
        self._sharpness = float(state["sharpness"])

    @classmethod
    def trained(
        cls, sizes: FeatureSizes, looseness: float, texts: list[str], labels: list[str]
    ) -> tuple[LinearRanker, State]:
        """Return a ranker that has learnt the label of each text, and its state.

        `looseness` is the C of the support vector machine: higher follows the texts more closely.
        """
        features = Features(sizes)
        rows = features.learn(texts)
        machine = LinearSVC(C=looseness, random_state=1)
        sharpness = _sharpness(machine, rows, np.array(labels))
        machine.fit(rows, labels)
        weights = (
            machine.coef_
            if len(machine.classes_) > 2
            else np.vstack([-machine.coef_, machine.coef_])
        )
        state = {f"commonness{n}": block for n, block in enumerate(features.commonness)} | {
            # Half precision changes no ranking and halves the model.
            "weights": weights.astype(np.float16),
            "intercept": np.broadcast_to(machine.intercept_, len(weights)).astype(np.float32),
            "labels": np.array(machine.classes_, dtype=np.str_),
            "sharpness": np.array(sharpness),
        }
        return cls(sizes, state), state

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every label with its confidence, likeliest first; confidences add up to 1."""
        row = self._features.of([text])
        margins = self._weights[:, row.indices] @ row.data + self._intercept
        confidences = softmax(self._sharpness * margins)
        return [(self._labels[n], float(confidences[n])) for n in np.argsort(-confidences)]


def _sharpness(machine: LinearSVC, rows: csr_matrix, labels: np.ndarray) -> float:
    """Return the factor on the margins that makes the right labels of unseen texts likeliest."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    margins = cross_val_predict(machine, rows, labels, cv=folds, method="decision_function")
    right = np.searchsorted(np.unique(labels), labels)

    def surprise(sharpness: float) -> float:
        log_confidences = log_softmax(sharpness * margins, axis=1)
        return -float(log_confidences[np.arange(len(right)), right].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, SHARPEST), method="bounded").x)
