"""How alike two words are, whatever their endings and typing errors: from 0 to 1."""

from __future__ import annotations

import os
from collections.abc import Collection

from rapidfuzz.distance import DamerauLevenshtein

SHORTEST_STEM = 4
# A beginning that is this much of the longer word makes two forms of one word; a long beginning
# that is less makes two words with one part in common.
STEM_SHARE = 0.4
LONG_BEGINNING = 5
# So alike that it is a typing error and no other word; short words have hardly any.
TYPING_ERROR = 0.8
SHORTEST_MISTYPED = 5
# What another form of a word counts, beside the very word.
FORM, PART = 0.85, 0.7
SHORTEST_PART = 5


def best(word: str, others: Collection[str]) -> float:
    """Return how alike a word is to the most like of others; 0 when there are none."""
    if word in others:
        return 1.0
    if len(word) < SHORTEST_STEM:
        return 0.0
    return max((likeness(word, other) for other in others), default=0.0)


def likeness(one: str, other: str) -> float:
    """Return 1 for the same word, less for a form, a compound or a typing error of it, else 0."""
    if one == other:
        return 1.0
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) < SHORTEST_STEM:
        return 0.0
    stem = _common_beginning(shorter, longer)
    if stem >= SHORTEST_STEM and stem >= STEM_SHARE * len(longer):
        return FORM
    # No typing error makes a word that much longer.
    if SHORTEST_MISTYPED <= len(shorter) >= TYPING_ERROR * len(longer):
        alike = DamerauLevenshtein.normalized_similarity(shorter, longer, score_cutoff=TYPING_ERROR)
        if alike:
            return float(alike)
    inside = len(shorter) >= SHORTEST_PART and shorter in longer
    return PART if inside or stem >= LONG_BEGINNING else 0.0


def _common_beginning(one: str, other: str) -> int:
    """Return how many characters two words have in common from their beginning on; 0 for few."""
    if one[:SHORTEST_STEM] != other[:SHORTEST_STEM]:
        return 0
    return len(os.path.commonprefix((one, other)))  # noqa: RUF071 (texts, not paths)
