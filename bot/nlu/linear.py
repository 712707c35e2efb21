"""The model behind the route classifier: a linear one, with confidences that can be trusted.

A support vector machine separates routes well and trains in seconds, but gives no confidences.
One temperature turns its margins into them (temperature scaling, Guo et al., ICML 2017); it is
chosen on messages that the model did not learn from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from bot.nlu.features import vectorizer

FOLDS = 3
SHARPEST = 20.0


class LinearRanker:
    """Ranks routes for a text; `state` is all that must be kept of it."""

    def __init__(self, model: Pipeline, sharpness: float) -> None:
        self._model = model
        self._sharpness = sharpness

    @classmethod
    def trained(cls, config: dict[str, Any], texts: list[str], routes: list[str]) -> LinearRanker:
        """Return a ranker that has learnt the route of each text."""
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
        margins = cross_val_predict(
            _untrained(config), texts, routes, cv=folds, method="decision_function"
        )
        model = _untrained(config).fit(texts, routes)
        return cls(model, _sharpness(margins, np.searchsorted(model.classes_, routes)))

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> LinearRanker:
        """Return the ranker that `state` was taken from."""
        return cls(state["model"], state["sharpness"])

    @property
    def state(self) -> dict[str, Any]:
        """Return what must be kept to build this ranker again."""
        return {"model": self._model, "sharpness": self._sharpness}

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every route with its confidence, likeliest first; confidences add up to 1."""
        margins = self._model.decision_function([text])[0]
        confidences = softmax(self._sharpness * margins)
        order = np.argsort(-confidences)
        return [(str(self._model.classes_[n]), float(confidences[n])) for n in order]


def _untrained(config: dict[str, Any]) -> Pipeline:
    features = vectorizer(config["longest_piece"], config["longest_phrase"])
    return make_pipeline(features, LinearSVC(C=config["C"], random_state=1))


def _sharpness(margins: np.ndarray, right: np.ndarray) -> float:
    """Return the factor on the margins that makes the right routes likeliest."""

    def surprise(sharpness: float) -> float:
        log_confidences = log_softmax(sharpness * margins, axis=1)
        return -float(log_confidences[np.arange(len(right)), right].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, SHARPEST), method="bounded").x)
