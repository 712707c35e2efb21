"""What the linear models see of a message: words, pairs of words, and pieces of words.

Features are hashed, so that no vocabulary has to be kept or loaded: the trained model holds
numbers only, and none of the words it was trained on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

WORD = r"(?u)\b\w+\b"


@dataclass(frozen=True)
class FeatureSizes:
    """How much of a message is seen: lengths in characters and words, tables in powers of two.

    `longest_phrase` 0 leaves the words out.
    """

    longest_piece: int
    longest_phrase: int
    piece_bits: int
    phrase_bits: int


def sizes(config: dict[str, Any]) -> FeatureSizes:
    """Return the sizes of the features in a component's settings."""
    return FeatureSizes(**{field.name: config[field.name] for field in fields(FeatureSizes)})


class Features:
    """Turns texts into rows of weighted features; learns only how common each feature is."""

    def __init__(self, sizes: FeatureSizes, commonness: list[np.ndarray] | None = None) -> None:
        self._counters = _counters(sizes)
        self._weights = [TfidfTransformer(sublinear_tf=True) for _ in self._counters]
        for weight, known in zip(self._weights, commonness or []):
            weight.idf_ = known

    @property
    def commonness(self) -> list[np.ndarray]:
        """Return what was learnt: for each block of features, their inverse frequencies."""
        return [weight.idf_.astype(np.float32) for weight in self._weights]

    def learn(self, texts: list[str]) -> csr_matrix:
        """Learn from texts, and return their rows."""
        counted = [counter.transform(texts) for counter in self._counters]
        return hstack([w.fit_transform(c) for w, c in zip(self._weights, counted)]).tocsr()

    def of(self, texts: list[str]) -> csr_matrix:
        """Return the rows of texts."""
        counted = [counter.transform(texts) for counter in self._counters]
        return hstack([w.transform(c) for w, c in zip(self._weights, counted)]).tocsr()


def _counters(sizes: FeatureSizes) -> list[HashingVectorizer]:
    # Accents are taken off, since people on a phone leave them out. Pieces stay inside word
    # borders, so that they carry typos and endings, not neighbours.
    shared = {
        "strip_accents": "unicode",
        "alternate_sign": False,
        "norm": None,
        "dtype": np.float32,
    }
    pieces = HashingVectorizer(
        analyzer="char_wb",
        ngram_range=(1, sizes.longest_piece),
        n_features=2**sizes.piece_bits,
        **shared,
    )
    if not sizes.longest_phrase:
        return [pieces]
    phrases = HashingVectorizer(
        token_pattern=WORD,
        ngram_range=(1, sizes.longest_phrase),
        n_features=2**sizes.phrase_bits,
        **shared,
    )
    return [pieces, phrases]
