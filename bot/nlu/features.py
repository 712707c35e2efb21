"""What the linear models see of a message: words, pairs of words, and pieces of words.

Features are hashed, so that no vocabulary has to be kept or loaded: the trained model holds
numbers only, and none of the words it was trained on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

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
    """Turns texts into rows of weighted features; learns only how rare each feature is."""

    def __init__(self, sizes: FeatureSizes, rarities: list[np.ndarray] | None = None) -> None:
        self._counters = _counters(sizes)
        self.rarities = rarities or []

    def learn(self, texts: list[str]) -> csr_matrix:
        """Learn from texts, and return their rows, in the form that machines train on as it is."""
        counted = [counter.transform(texts) for counter in self._counters]
        self.rarities = [_rarity(block) for block in counted]
        rows = self._weighted(counted).astype(np.float64)
        rows.sort_indices()
        return rows

    def of(self, texts: list[str]) -> csr_matrix:
        """Return the rows of texts."""
        return self._weighted([counter.transform(texts) for counter in self._counters])

    def _weighted(self, counted: list[csr_matrix]) -> csr_matrix:
        """Weigh a feature by how often it stands in the text, and how rare it is elsewhere."""
        for block, rarity in zip(counted, self.rarities):
            block.data = (1 + np.log(block.data)) * rarity[block.indices]
        return hstack([normalize(block, copy=False) for block in counted], format="csr")


def _rarity(block: csr_matrix) -> np.ndarray:
    """Return the smoothed inverse frequency of each feature among the texts."""
    texts, features = block.shape
    found_in = np.bincount(block.indices, minlength=features)
    return (1 + np.log((1 + texts) / (1 + found_in))).astype(np.float32)


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
