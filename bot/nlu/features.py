"""What the linear models see of a message: words, pairs of words, and pieces of words.

Features are hashed, so that no vocabulary has to be kept or loaded: the trained model holds
numbers only, and none of the words it was trained on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

import mmh3
import numpy as np

from bot.nlu import spans

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Texts that are read at once when learning: more is no faster, and needs memory.
LOT = 2000


@dataclass(frozen=True)
class FeatureSizes:
    """How much of a message is seen: lengths in characters and words, tables in powers of two.

    `longest_phrase` 0 leaves the words out.
    """

    longest_piece: int
    longest_phrase: int
    piece_bits: int
    phrase_bits: int

    @property
    def bits(self) -> list[int]:
        """Return the size of each table of features."""
        return [self.piece_bits, self.phrase_bits][: 2 if self.longest_phrase else 1]


def sizes(config: dict[str, Any]) -> FeatureSizes:
    """Return the sizes of the features in a component's settings."""
    return FeatureSizes(**{field.name: config[field.name] for field in fields(FeatureSizes)})


class Counted(NamedTuple):
    """How often (`counts`) each feature of one table stands in each text (`rows`)."""

    rows: np.ndarray
    features: np.ndarray
    counts: np.ndarray


class Features:
    """Turns texts into weighted features; learns only how rare each feature is."""

    def __init__(self, sizes: FeatureSizes, rarities: list[np.ndarray] | None = None) -> None:
        self._sizes = sizes
        self.rarities = rarities or []

    def learn(self, texts: list[str]) -> csr_matrix:
        """Learn from texts, and return their rows, in the form that machines train on as it is."""
        # Only here: a server that answers needs no SciPy.
        from scipy.sparse import vstack

        lots = [texts[begin : begin + LOT] for begin in range(0, len(texts), LOT)]
        counted = [list(self._counted(lot)) for lot in lots]
        self.rarities = [
            _rarity(table, len(texts), 2**bits)
            for table, bits in zip(zip(*counted), self._sizes.bits)
        ]
        return vstack([self._rows(lot, len(few)) for lot, few in zip(counted, lots)], format="csr")

    def of(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the numbers of the features of a text, and their weights."""
        tables = list(self._counted([text]))
        return self._numbers(tables), self._weights(tables)

    def _counted(self, texts: list[str]) -> Iterator[Counted]:
        plain = [spans.plain(text) for text in texts]
        found = [spans.pieces(plain, self._sizes.longest_piece)]
        if self._sizes.longest_phrase:
            found.append(spans.phrases(plain, self._sizes.longest_phrase))
        for part, bits in zip(found, self._sizes.bits):
            yield _counted(part, bits)

    def _weights(self, tables: list[Counted]) -> np.ndarray:
        """Weigh a feature by how often it stands in the text, and how rare it is elsewhere."""
        return np.concatenate([_weights(*both) for both in zip(tables, self.rarities)])

    def _numbers(self, tables: list[Counted]) -> np.ndarray:
        begins = np.cumsum([0, *(2**bits for bits in self._sizes.bits)])
        return np.concatenate([table.features + begin for table, begin in zip(tables, begins)])

    def _rows(self, tables: list[Counted], texts: int) -> csr_matrix:
        from scipy.sparse import csr_matrix

        rows = np.concatenate([table.rows for table in tables])
        shape = texts, sum(2**bits for bits in self._sizes.bits)
        numbers, weights = self._numbers(tables), self._weights(tables).astype(np.float64)
        return csr_matrix((weights, (rows, numbers)), shape=shape)


def _counted(found: spans.Spans, bits: int) -> Counted:
    buckets = _buckets(found, bits)
    keys, counts = np.unique(found.rows << bits | buckets, return_counts=True)
    return Counted(
        (keys >> bits).astype(np.int32),
        (keys & (2**bits - 1)).astype(np.int32),
        counts.astype(np.float32),
    )


def _buckets(found: spans.Spans, bits: int) -> np.ndarray:
    """Return the bucket of each span in a table of 2**bits, as scikit-learn's vectorisers do."""
    places = zip(found.begins.tolist(), found.ends.tolist())
    hashes = (mmh3.hash(found.text[begin:end]) for begin, end in places)
    return np.abs(np.fromiter(hashes, np.int64, len(found.begins))) & (2**bits - 1)


def _weights(table: Counted, rarity: np.ndarray) -> np.ndarray:
    weights = (1 + np.log(table.counts)) * rarity[table.features]
    lengths = np.sqrt(np.bincount(table.rows, weights * weights)).astype(np.float32)
    return weights / lengths[table.rows]


def _rarity(lots: tuple[Counted, ...], texts: int, features: int) -> np.ndarray:
    """Return the smoothed inverse frequency of each feature among the texts."""
    found_in = sum(np.bincount(lot.features, minlength=features) for lot in lots)
    return (1 + np.log((1 + texts) / (1 + found_in))).astype(np.float32)
