"""What the route classifier sees of a message: words, pairs of words, and pieces of words."""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

WORD = r"(?u)\b\w+\b"


def vectorizer(longest_piece: int, longest_phrase: int) -> FeatureUnion:
    """Return the untrained vectorizer; sizes are in characters and in words.

    Accents are taken off, since people on a phone leave them out. Pieces of words stay inside
    word borders, so that they carry typos and endings, not neighbours.
    """
    shared = {"sublinear_tf": True, "strip_accents": "unicode", "dtype": np.float32}
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, longest_piece), **shared)
    phrases = TfidfVectorizer(token_pattern=WORD, ngram_range=(1, longest_phrase), **shared)
    return FeatureUnion([("pieces", pieces), ("phrases", phrases)])
