"""Many patterns searched at once: only those are searched whose letters are in the text at all.

Whatever a pattern finds holds certain letters ("kill (?:him|her)" finds nothing without "kill "
and one of "him" and "her"). Of thousands of patterns a message has the letters of seven or so;
Python searches for these alone. So nothing is found that a pattern alone would not find, and
nothing is missed. See docs/adr/0004.
"""

from __future__ import annotations

import re
import sre_constants as kinds
import sre_parse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

# Of the letters that a pattern needs, the longest: more of them leave hardly fewer patterns.
MOST_NEEDS = 2
# Letters are looked for by a few of them, the rarest.
MOST_LETTERS = 4

# One of these strings is in whatever a pattern finds.
Need = frozenset[str]


class Searched(str):
    """Text in which patterns are looked for; its pieces are found once for all sets."""

    @cached_property
    def pieces(self) -> set[str]:
        """Return every piece of the text that letters may be looked for by."""
        return {piece for length in range(1, MOST_LETTERS + 1) for piece in _pieces(self, length)}


class PatternSet:
    """Patterns over plain text: words parted by single spaces. Each pattern stands for whole words.

    Raise ValueError when a pattern is none; the text names it.
    """

    def __init__(self, expressions: Iterable[str]) -> None:
        self._expressions = list(expressions)
        needs = [_needs(expression) for expression in self._expressions]
        self._owners = _owners(needs)
        self._by_piece = _by_piece(self._owners)
        self._wanted = [len(one) for one in needs]
        self._always = [number for number, wanted in enumerate(self._wanted) if not wanted]
        # Compiled when first likely: most never are.
        self._compiled: dict[int, re.Pattern[str]] = {}

    def __len__(self) -> int:
        return len(self._expressions)

    def found(self, text: Searched) -> list[int]:
        """Return the numbers of the patterns that are found in `text`, in their order."""
        return [number for number in self._likely(text) if self._pattern(number).search(text)]

    def without(self, text: Searched) -> Searched:
        """Return `text` with a space for everything that a pattern finds, one after another."""
        numbers = self.found(text)
        while numbers:
            for number in numbers:
                text = Searched(self._pattern(number).sub(" ", text))
            numbers = self.found(text)
        return text

    def _likely(self, text: Searched) -> list[int]:
        """Return the numbers of the patterns that have all they need in `text`."""
        there = {letters for letters in self._nearby(text) if letters in text}
        met = {owner for letters in there for owner in self._owners[letters]}
        count = Counter(owner // MOST_NEEDS for owner in met)
        full = [number for number, needs in count.items() if needs == self._wanted[number]]
        return sorted(full + self._always)

    def _nearby(self, text: Searched) -> Iterator[str]:
        """Yield the letters of which some are in `text`."""
        for piece in text.pieces & self._by_piece.keys():
            yield from self._by_piece[piece]

    def _pattern(self, number: int) -> re.Pattern[str]:
        if number not in self._compiled:
            self._compiled[number] = re.compile(rf"\b(?:{self._expressions[number]})\b")
        return self._compiled[number]


def _needs(expression: str) -> list[Need]:
    """Return what must be in whatever the expression finds: one string of each, the longest."""
    try:
        parsed = sre_parse.parse(expression)
    except re.error as error:
        raise ValueError(f"no pattern: {expression}: {error}") from error
    if not parsed.getwidth()[0]:
        raise ValueError(f"no pattern: {expression}: it finds nothing everywhere")
    if parsed.state.flags != re.UNICODE:
        raise ValueError(f"no pattern: {expression}: flags are not allowed")
    return sorted(set(_needed(parsed)), key=_sharpness, reverse=True)[:MOST_NEEDS]


def _needed(parsed: Any) -> list[Need]:
    """Return the needs of a parsed expression; those of its repeated and optional parts, too."""
    needs: list[Need] = []
    letters = ""
    for kind, what in (*parsed, (None, None)):
        if kind is kinds.LITERAL:
            letters += chr(what)
        # Borders and what must stand around take no letters themselves.
        elif kind not in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
            needs += [frozenset((letters,))] if letters else []
            letters = ""
            needs += _inside(kind, what)
    return needs


def _inside(kind: Any, what: Any) -> list[Need]:
    """Return the needs of a part that holds others: a group, a choice, a repetition."""
    if kind is kinds.SUBPATTERN and not what[1]:
        return _needed(what[-1])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and what[0]:
        return _needed(what[-1])
    if kind is kinds.BRANCH:
        choices = [_needed(choice) for choice in what[1]]
        # A choice that needs nothing leaves nothing that all need.
        if all(choices):
            return [frozenset().union(*(max(choice, key=_sharpness) for choice in choices))]
    return []


def _sharpness(need: Need) -> tuple[int, int]:
    """Return how few texts are likely to meet a need: long strings, and not many of them."""
    return min(map(len, need)), -len(need)


def _owners(needs: Sequence[Sequence[Need]]) -> dict[str, tuple[int, ...]]:
    """Return which needs each of the letters meets: need 1 of pattern 7 is 7 * MOST_NEEDS + 1.

    Plain numbers: tens of thousands of objects would take half as much memory again.
    """
    owners: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for pattern, all_needs in enumerate(needs):
        for owner, need in enumerate(all_needs, pattern * MOST_NEEDS):
            for letters in need:
                owners[letters] += (owner,)
    return dict(owners)


def _by_piece(strings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return strings by the piece of each that the fewest of them share."""
    strings = list(strings)
    shared = Counter(piece for one in strings for piece in _pieces(one, _length(one)))
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for one in strings:
        found[min(_pieces(one, _length(one)), key=shared.__getitem__)] += (one,)
    return dict(found)


def _length(letters: str) -> int:
    return min(len(letters), MOST_LETTERS)


def _pieces(text: str, length: int) -> list[str]:
    return [text[begin : begin + length] for begin in range(len(text) - length + 1)]
