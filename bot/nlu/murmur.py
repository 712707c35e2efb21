"""MurmurHash3 (32 bits, seed 0) of many pieces of one text at once.

The public function of Austin Appleby, as scikit-learn's vectorisers use it; with numpy alone,
since the import of scikit-learn costs a server more memory than all its answers.
"""

from __future__ import annotations

import numpy as np

_C1, _C2 = np.uint32(0xCC9E2D51), np.uint32(0x1B873593)
_NEXT, _MIX = np.uint32(0xE6546B64), (np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35))
_FIVE = np.uint32(5)
# What of a last, unfinished word of 4 bytes belongs to the piece, by how many bytes are left.
_TAIL = np.array([0, 0xFF, 0xFFFF, 0xFFFFFF], np.uint32)


def buckets(text: bytes, begins: np.ndarray, ends: np.ndarray, bits: int) -> np.ndarray:
    """Return the bucket of each piece `text[begin:end]` in a table of 2**bits."""
    signed = hashes(text, begins, ends).view(np.int32).astype(np.int64)
    return np.abs(signed) & (2**bits - 1)


def hashes(text: bytes, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return the hash of each piece `text[begin:end]` as uint32."""
    lengths = (ends - begins).astype(np.uint32)
    words = _words(text)
    found = np.zeros(len(begins), np.uint32)
    for turn in range(int(lengths.max(initial=0)) // 4):
        # Almost all pieces are short: go on with the others alone.
        going_on = np.flatnonzero(lengths >= 4 * (turn + 1))
        mixed = found[going_on] ^ _scrambled(words[begins[going_on] + 4 * turn])
        found[going_on] = _rotated(mixed, 13) * _FIVE + _NEXT
    rest = lengths & np.uint32(3)
    found ^= _scrambled(words[ends - rest] & _TAIL[rest])
    return _finished(found ^ lengths)


def _words(text: bytes) -> np.ndarray:
    """Return the little-endian word of 4 bytes that begins at each byte of the text."""
    padded = np.frombuffer(text + bytes(4), np.uint8).astype(np.uint32)
    size = len(text) + 1
    return (
        padded[:size]
        | padded[1 : size + 1] << np.uint32(8)
        | padded[2 : size + 2] << np.uint32(16)
        | padded[3 : size + 3] << np.uint32(24)
    )


def _scrambled(word: np.ndarray) -> np.ndarray:
    return _rotated(word * _C1, 15) * _C2


def _rotated(word: np.ndarray, by: int) -> np.ndarray:
    return word << np.uint32(by) | word >> np.uint32(32 - by)


def _finished(found: np.ndarray) -> np.ndarray:
    found ^= found >> np.uint32(16)
    found *= _MIX[0]
    found ^= found >> np.uint32(13)
    found *= _MIX[1]
    return found ^ found >> np.uint32(16)
