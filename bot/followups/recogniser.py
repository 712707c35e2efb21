"""Tells whether a message is a short follow-up to what was shown, and which.

A message counts only when every word of it belongs to a phrase that the follow-up allows: a
single other word ("my husband beats me on Sundays") makes it something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.followups.phrases import Role, Words, place_endings, spelled, tables
from bot.urgent import normalise

LONGEST = 9
LONGEST_TEXT = 200
# Shorter words are too much alike to guess which one was meant; names of days less than others.
FEWEST_LETTERS = 7
FEWEST_LETTERS_OF_A_DAY = 5
LONG_WORD = 9
# In another language than that of the conversation, "so" or "on" may be anything.
FEWEST_LETTERS_ABROAD = 4
_LONG_RUN = re.compile(r"(.)\1{2,}")


class FollowUp(NamedTuple):
    """A follow-up: its kind, the day (0 is Monday), district or language it names, and its own."""

    kind: str
    value: str
    language: str


class _Grammar(NamedTuple):
    """What a kind needs at least once, and what may stand beside it."""

    kind: str
    needed: tuple[str, ...]
    beside: tuple[str, ...] = ()


# Tried in this order. "Stop stop" is rather a cry than a wish to end a chat, and "they are here
# now" is no question: what only belongs to opening hours needs a word for them beside it.
_ONCE = (
    "stop",
    "day",
    "short_day",
    "weekday_in_short",
    "place",
    "place_in",
    "language",
    "language_in",
    "own_name",
)
_GRAMMARS = (
    *(_Grammar(kind, (kind,)) for kind in ("forget", "stop", "back", "something_else", "continue")),
    _Grammar("day", ("day",), ("beside_a_day",)),
    _Grammar("day", ("day", "opening"), ("beside_a_day", "beside_opening")),
    _Grammar("day", ("short_day", "opening"), ("beside_a_day", "beside_opening")),
    _Grammar("day", ("weekday_in_short", "beside_a_day")),
    _Grammar("in_writing", ("in_writing",), ("beside_a_way",)),
    _Grammar("by_phone", ("by_phone",), ("beside_a_way",)),
    _Grammar("closer", ("closer", "place"), ("beside_a_place",)),
    _Grammar("closer", ("nearer",)),
    _Grammar("closer", ("place_in",), ("closer", "beside_a_place")),
    _Grammar("write_in", ("own_name",), ("write_in",)),
    _Grammar("write_in", ("language_in",), ("write_in",)),
    _Grammar("write_in", ("write_in", "language")),
    _Grammar("speaks", ("speaks", "language")),
    _Grammar("speaks", ("speaks", "language_in")),
    _Grammar("speaks", ("speaks", "own_name")),
    _Grammar("language", ("language",)),
)
# Names as they are compared, with what they stand for.
Places = tuple[tuple[str, str], ...]
_NOTHING: frozenset[Role] = frozenset()


class _Phrase(NamedTuple):
    """Words from one place to another, and all that they may mean together."""

    begin: int
    end: int
    roles: frozenset[Role]


def find(text: str, language: str, places: Iterable[tuple[str, str]] = ()) -> FollowUp | None:
    """Return the follow-up that a message is, or None.

    `language` is that of the conversation, which is tried first; `places` are names of places
    with what they stand for.
    """
    said = spellings(text[:LONGEST_TEXT])
    known = _places(tuple(places))
    short = [words for words in said if 0 < len(words) <= LONGEST]
    for code in sorted(tables(), key=lambda code: code != language):
        for words in short:
            found = _in_language(words, code, known, abroad=code != language)
            if found:
                return found
    return None


def spellings(text: str) -> list[Words]:
    """Return the words of a text as they may be meant: "baaack" is "back", "d'ici" also "d ici"."""
    shorter = [_LONG_RUN.sub(run, text) for run in (r"\1\1", r"\1")]
    return list(dict.fromkeys(words for one in shorter for words in spelled(one)))


def load() -> None:
    """Read all phrases now, so that no first message has to wait; raise PhrasesError."""
    tables()


def _in_language(words: Words, code: str, places: Places, abroad: bool) -> FollowUp | None:
    """Try the words as they are, and then with those that may be mistyped put right."""
    if abroad and max(map(len, words), default=0) < FEWEST_LETTERS_ABROAD:
        return None
    known = _in_phrases(code, places)
    # One other word makes it something else, and so short a word is never put right.
    if any(len(word) < FEWEST_LETTERS_OF_A_DAY and word not in known for word in words):
        return None
    righted = tuple(_righted(word, code, places) for word in words)
    for spelling in filter(known.issuperset, dict.fromkeys((words, righted))):
        phrases = _phrases(spelling, code, places)
        for grammar in _GRAMMARS if _covers(phrases, len(spelling)) else ():
            values = _values(phrases, len(spelling), grammar)
            if values is not None:
                return FollowUp(grammar.kind, values, code)
    return None


def _phrases(words: Words, code: str, places: Places) -> list[_Phrase]:
    """Return every phrase in the words that means something, by where it begins and ends."""
    known, named = tables()[code], _named(code, places)
    spans = (
        (begin, end) for begin in range(len(words)) for end in range(begin + 1, len(words) + 1)
    )
    found = (
        _Phrase(
            begin,
            end,
            known.get(words[begin:end], _NOTHING) | named.get(words[begin:end], _NOTHING),
        )
        for begin, end in spans
    )
    return [phrase for phrase in found if phrase.roles]


def _covers(phrases: Iterable[_Phrase], count: int) -> bool:
    """Tell whether each of so many words is in a phrase: of most messages one is in none."""
    return len({place for one in phrases for place in range(one.begin, one.end)}) == count


def _values(phrases: Iterable[_Phrase], count: int, grammar: _Grammar) -> str | None:
    """Return what is named when phrases of the grammar cover all of so many words, else None."""
    allowed = {"fillers", *grammar.needed, *grammar.beside}
    reached: list[set[tuple[Role, ...]]] = [{()}, *(set() for _ in range(count))]
    for begin, end, roles in phrases:
        for role in roles:
            if role.name in allowed:
                reached[end] |= set(_joined(reached[begin], role, grammar))
    whole = [set(state) for state in reached[-1]]
    fitting = [state for state in whole if {role.name for role in state} == set(grammar.needed)]
    if not count or not fitting:
        return None
    return next((role.value for role in sorted(fitting[0]) if role.value), "")


def _joined(
    states: set[tuple[Role, ...]], role: Role, grammar: _Grammar
) -> Iterator[tuple[Role, ...]]:
    """Return the states with another role taken up; none for what may stand only once."""
    for state in states:
        if role.name not in grammar.needed:
            yield state
        elif role.name not in {taken.name for taken in state}:
            yield tuple(sorted((*state, role)))
        elif role.name not in _ONCE:
            yield state


@lru_cache(maxsize=64)
def _named(code: str, places: Places) -> dict[Words, frozenset[Role]]:
    """Return what names of places mean; "Schaerbeekte" says by its ending that it is there."""
    plain = dict(places)
    found: dict[Words, frozenset[Role]] = {}
    for ending in place_endings()[code]:
        for name, place in plain.items():
            if ending and len(name) >= FEWEST_LETTERS_ABROAD:
                is_there = frozenset((Role("place", place), Role("place_in", place)))
                found.setdefault(_words(name + ending), is_there)
    return found | {_words(name): frozenset((Role("place", place),)) for name, place in places}


@lru_cache(maxsize=64)
def _in_phrases(code: str, places: Places) -> frozenset[str]:
    """Return every word that stands in a phrase of a language or in the name of a place."""
    return frozenset(
        word
        for known in (tables()[code], _named(code, places))
        for words in known
        for word in words
    )


def _words(name: str) -> Words:
    return tuple(name.split(" "))


@lru_cache(maxsize=8)
def _places(names: tuple[tuple[str, str], ...]) -> Places:
    return tuple({normalise(name): place for name, place in names}.items())


def _righted(word: str, code: str, places: Places) -> str:
    """Return the one known word that differs in a letter or, when it is long, in two."""
    if len(word) < FEWEST_LETTERS_OF_A_DAY or (word,) in _named(code, places):
        return word
    return _nearest(word, code)


def _nearest(word: str, code: str) -> str:
    known = _vocabulary(code).get(word[0], frozenset())
    if word in known:
        return word
    most = 1 if len(word) < LONG_WORD else 2
    near = {one: OSA.distance(word, one, score_cutoff=most) for one in known}
    best = min(near.values(), default=most + 1)
    nearest = [one for one, distance in near.items() if distance == best]
    return nearest[0] if best <= most and len(nearest) == 1 else word


@lru_cache(maxsize=16)
def _vocabulary(code: str) -> dict[str, frozenset[str]]:
    """Return the words of a language that are long enough to guess, by their first letter."""
    known = set()
    for words, roles in tables()[code].items():
        is_day = any(role.name == "day" for role in roles)
        fewest = FEWEST_LETTERS_OF_A_DAY if is_day else FEWEST_LETTERS
        known |= {word for word in words if len(word) >= fewest}
    return {letter: frozenset(w for w in known if w[0] == letter) for letter in set("".join(known))}
