"""Reads data/phrases: what people say in a follow-up, by language, as words and their roles.

Names of days and languages come from Unicode CLDR; the files add the other forms people write.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel import Locale

from bot.settings import ROOT
from bot.urgent import normalise
from bot.words import languages

FOLDER = ROOT / "data" / "phrases"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Each ends the search by itself; two of them may not share a phrase.
SIMPLE = ("forget", "stop", "back", "something_else", "continue", "in_writing", "by_phone")
COMING_DAYS = ("today", "tomorrow", "day_after_tomorrow", "weekend")
BESIDE = ("fillers", "beside_a_way", "beside_a_day", "beside_opening", "beside_a_place")
SLOTTED = ("opening", "closer", "nearer", "write_in", "speaks")
LISTS = (*SIMPLE, *COMING_DAYS, "now", *BESIDE, *SLOTTED, "place_endings")
BY_DAY = ("weekdays", "short_weekdays")
BY_LANGUAGE = ("languages", "languages_in")
LONGEST_PHRASE = 8
# Languages that services speak or people ask for, besides those Right Door writes itself.
SPOKEN = (
    *("ru", "pl", "ro", "bg", "fa", "prs", "ps", "ur", "hi", "bn", "ti", "am", "so", "sq", "ku"),
    *("pt", "it", "hu", "cs", "sr", "el", "ka", "hy", "sw", "zh", "vi", "th", "ne", "bo"),
)

# Arabic writes "and" in one word with what follows.
AND = "\N{ARABIC LETTER WAW}"
JOINED_TO_AND = ("day", "beside_a_day", "opening", "language_in")
_APOSTROPHES = re.compile("['’‘`´ʼ′]")

Words = tuple[str, ...]


class Role(NamedTuple):
    """What a phrase does in a follow-up; `value` tells which day or language it names."""

    name: str
    value: str = ""


Table = Mapping[Words, frozenset[Role]]


class PhrasesError(ValueError):
    """Files of data/phrases are wrong; the text names every fault with its place."""


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """Return the phrases of each language by their words; raise PhrasesError for all faults."""
    contents = {code: _read(FOLDER / f"{code}.yml") for code in languages.supported()}
    found = [fault for code, content in contents.items() for fault in faults(code, content)]
    if found:
        raise PhrasesError("\n".join(found))
    return {code: _table(code, content) for code, content in contents.items()}


@lru_cache(maxsize=1)
def place_endings() -> dict[str, tuple[str, ...]]:
    """Return the endings that each language puts on the name of a place, the longest first."""
    return {
        code: tuple(sorted(map(normalise, content["place_endings"]), key=len, reverse=True))
        for code in tables()
        for content in [_read(FOLDER / f"{code}.yml")]
    }


def spelled(text: str) -> list[Words]:
    """Return the words of a text: with what an apostrophe parts as one word, and as two."""
    either = (text, _APOSTROPHES.sub(" ", text))
    return list(dict.fromkeys(tuple(normalise(one).split()) for one in either))


def faults(code: str, content: Any) -> Iterator[str]:
    """Return every fault of the phrases of one language: the place, what is wrong, what may be."""
    place = f"data/phrases/{code}.yml"
    allowed = (*LISTS, *BY_DAY, *BY_LANGUAGE)
    if not isinstance(content, dict) or set(content) != set(allowed):
        given = sorted(map(str, content)) if isinstance(content, dict) else content
        yield f"{place}: has {given}; allowed: just {', '.join(sorted(allowed))}"
        return
    for key in LISTS:
        yield from _list_faults(f"{place}: {key}", content[key])
    named = (*languages.supported(), *SPOKEN)
    for field, names in (*((day, DAYS) for day in BY_DAY), *((one, named) for one in BY_LANGUAGE)):
        yield from _mapping_faults(f"{place}: {field}", content[field], names)
    yield from _shared_faults(place, content)


def _list_faults(place: str, given: Any) -> Iterator[str]:
    if not isinstance(given, list):
        yield f"{place}: {given!r} is no list; allowed: a list of phrases"
        return
    for phrase in given:
        count = len(normalise(phrase).split()) if isinstance(phrase, str) else 0
        if not 1 <= count <= LONGEST_PHRASE:
            yield f"{place}: {phrase!r}; allowed: a text of 1 to {LONGEST_PHRASE} words"


def _mapping_faults(place: str, given: Any, names: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(given, dict):
        yield f"{place}: {given!r} holds no fields; allowed: {', '.join(names)}"
        return
    for name, phrases in given.items():
        if name not in names:
            yield f"{place}: {name!r} is unknown; allowed: {', '.join(names)}"
        yield from _list_faults(f"{place}: {name}", phrases)


def _shared_faults(place: str, content: dict[str, Any]) -> Iterator[str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for key in SIMPLE:
        for phrase in content[key] if isinstance(content[key], list) else ():
            owners[normalise(str(phrase))].add(key)
    for phrase, keys in owners.items():
        if len(keys) > 1:
            yield f"{place}: {phrase!r} stands under {', '.join(sorted(keys))}; allowed: one place"


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None


def _table(code: str, content: dict[str, Any]) -> Table:
    found: dict[Words, set[Role]] = defaultdict(set)
    for role, phrase in _roles(code, content):
        for words in spelled(phrase):
            found[words].add(role)
        if code == "ar" and role.name in JOINED_TO_AND:
            found[tuple(f"{AND}{normalise(phrase)}".split())].add(role)
    return {words: frozenset(roles) for words, roles in found.items()}


def _roles(code: str, content: dict[str, Any]) -> Iterator[tuple[Role, str]]:
    for key in (*SIMPLE, *BESIDE, *SLOTTED):
        yield from ((Role(key), phrase) for phrase in content[key])
    for key in COMING_DAYS:
        yield from ((Role("day", key), phrase) for phrase in content[key])
    yield from ((Role("short_day", "today"), phrase) for phrase in content["now"])
    for number, day in enumerate(DAYS):
        short = content["short_weekdays"].get(day, [])
        for role in ("short_day", "weekday_in_short"):
            yield from ((Role(role, str(number)), phrase) for phrase in short)
        named = [*content["weekdays"].get(day, []), *day_names(code, number)]
        yield from ((Role("day", str(number)), phrase) for phrase in named)
    yield from _language_roles(code, content)


def day_names(code: str, number: int) -> list[str]:
    """Return how CLDR writes a day in a language; 0 is Monday."""
    days = Locale.parse(code).days
    return [str(days[form]["wide"][number]) for form in ("format", "stand-alone")]


def _language_roles(code: str, content: dict[str, Any]) -> Iterator[tuple[Role, str]]:
    for key in BY_LANGUAGE:
        role = key.replace("languages", "language")
        for named, phrases in content[key].items():
            yield from ((Role(role, named), phrase) for phrase in phrases)
    names = Locale.parse(code).languages
    for named in (*languages.supported(), *SPOKEN):
        if names.get(named):
            yield Role("language", named), names[named]
    for language in languages.table().values():
        if language.state == "supported":
            yield Role("own_name", language.code), language.name
