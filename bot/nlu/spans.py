"""Where in texts the pieces of words, the words and the phrases stand that features are made of.

Many texts are read at once, and a span is two numbers: nothing is cut out or copied.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import numpy as np

_WORD = re.compile(r"\b\w+\b")


class Spans(NamedTuple):
    """Bytes of all texts together, and which of them are a span, and of which text (`rows`)."""

    text: bytes
    begins: np.ndarray
    ends: np.ndarray
    rows: np.ndarray


def plain(text: str) -> str:
    """Return `text` in lower case without accents, since people on a phone leave them out."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def pieces(texts: list[str], longest: int) -> Spans:
    """Return every piece of 1 to `longest` characters inside a word, with the spaces around it.

    Pieces stay inside word borders, so that they carry typos and endings, not neighbours.
    """
    words = [(row, word) for row, text in enumerate(texts) for word in text.split()]
    widths = np.array([len(word) + 2 for _, word in words], np.int64)
    text = "".join(f" {word} " for _, word in words)
    # How many characters there are from each one to the end of its word.
    left = np.repeat(np.cumsum(widths), widths) - np.arange(len(text))
    begins = [np.flatnonzero(left >= length) for length in range(1, longest + 1)]
    ends = [begin + length for length, begin in enumerate(begins, 1)]
    rows = np.repeat(np.array([row for row, _ in words], np.int64), widths)
    return _in_bytes(text, np.concatenate(begins), np.concatenate(ends), rows)


def phrases(texts: list[str], longest: int) -> Spans:
    """Return every phrase of 1 to `longest` words."""
    words = [(row, word) for row, text in enumerate(texts) for word in _WORD.findall(text)]
    widths = np.array([len(word) + 1 for _, word in words], np.int64)
    word_ends = np.cumsum(widths) - 1
    word_begins = word_ends - widths + 1
    rows = np.array([row for row, _ in words], np.int64)
    first, last = zip(*(_runs(rows, length) for length in range(1, longest + 1)))
    begins, ends = word_begins[np.concatenate(first)], word_ends[np.concatenate(last)]
    text = " ".join(word for _, word in words)
    return _in_bytes(text, begins, ends, np.repeat(rows, widths))


def _runs(rows: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last word of each run of `length` words in the same text."""
    runs = max(len(rows) - length + 1, 0)
    first = np.flatnonzero(rows[:runs] == rows[len(rows) - runs :])
    return first, first + length - 1


def _in_bytes(text: str, begins: np.ndarray, ends: np.ndarray, rows: np.ndarray) -> Spans:
    """Return spans given in characters as spans of bytes. `rows`: the text of each character."""
    if text.isascii():
        return Spans(text.encode(), begins, ends, rows[begins])
    # Half of a surrogate pair, as a broken program may send it, is no reason to fail.
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = 1 + (codes > 0x7F) + (codes > 0x7FF) + (codes > 0xFFFF)
    places = np.concatenate([[0], np.cumsum(lengths)])
    encoded = text.encode("utf-8", "surrogatepass")
    return Spans(encoded, places[begins], places[ends], rows[begins])
