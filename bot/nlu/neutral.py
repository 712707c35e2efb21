"""No profiling: who somebody is must not change where a message leads, nor how urgent it is.

Before routes are weighed, each word that names a faith, an origin, a gender, a sexual orientation
or a person is replaced by a sign for its kind. "A Moroccan boy" and "a Danish girl" are then the
same to the model, in training and afterwards. The words stand in `data/neutral/<language>.yml`;
the names of people, which are the same in most languages, in `data/neutral/names.yml`; the names
of countries are those of the Unicode CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from babel import Locale

from bot.settings import ROOT
from bot.urgent import normalise

WORDS = ROOT / "data" / "neutral"
NAMES = WORDS / "names.yml"

NAME = "name"
KINDS = (
    "faith", "origin", "country", "orientation", "worship", "clergy", "garment", "pronoun",
    "object", "possessive", "adult", "partner", "parent", "child", "youth", "sibling", "relative",
    "staff", NAME,
)  # fmt: skip
# Words of a language that are names elsewhere: "bent" in Dutch, "esperanza" in Spanish.
NO_NAME = "no_name"

# Canadian syllabics stand in no message, and share no piece with any word.
_SIGNS = {kind: chr(0x1401 + number) * 2 for number, kind in enumerate(KINDS)}

ISO_CODE = 2
SHORTEST_COUNTRY = 4

_TOKEN = re.compile(r"\w+")
# Arabic writes "and", "in", "to" and the article in one word with the next.
_ARABIC_AND = re.compile(r"^[وف](?=\w{3})")
_ARABIC_PREFIX = re.compile(r"^(?:ال|بال|كال|لل|ل|ب|ك)(?=\w{3})")


def neutral(text: str, language: str) -> str:
    """Return `text` with a sign for each word that says who somebody is.

    `language` is the language of the text: a name in one is a verb in another.
    """
    kinds = _kinds(language)
    return _TOKEN.sub(lambda found: _sign(found[0], kinds, language), text)


def sources() -> list[Path]:
    """Return the word lists, one a language."""
    return [path for path in sorted(WORDS.glob("*.yml")) if path != NAMES]


def _sign(token: str, kinds: _Kinds, language: str) -> str:
    forms = _forms(normalise(token), language)
    kind = next((kind for kind in map(kinds.of, forms) if kind), None)
    return _SIGNS[kind] if kind else token


def _forms(word: str, language: str) -> Iterator[str]:
    """Return a word as it stands, and what is left of it without what Arabic joins to it."""
    yield word
    if language == "ar":
        without_and = _ARABIC_AND.sub("", word)
        yield without_and
        yield _ARABIC_PREFIX.sub("", without_and)
        yield _ARABIC_PREFIX.sub("", word)


class _Kinds:
    """The kind of each listed word; a listed word that ends on * stands for any ending.

    `names` are shared by all languages; those in `no_names` are none in this one.
    """

    def __init__(
        self, lists: dict[str, list[str]], names: frozenset[str], no_names: set[str]
    ) -> None:
        listed = [(str(word), kind) for kind, words in lists.items() for word in words]
        self._whole = {normalise(word): kind for word, kind in listed if not word.endswith("*")}
        self._begun = {normalise(word): kind for word, kind in listed if word.endswith("*")}
        self._lengths = sorted({len(stem) for stem in self._begun}, reverse=True)
        self._names, self._no_names = names, no_names

    def of(self, word: str) -> str | None:
        """Return the kind of a normalised word; the longest stem that fits counts."""
        if word in self._names and word not in self._no_names:
            return NAME
        if word in self._whole:
            return self._whole[word]
        stems = (word[:length] for length in self._lengths if length <= len(word))
        return next((self._begun[stem] for stem in stems if stem in self._begun), None)


def load_words() -> None:
    """Read all word lists now, so that no first message has to wait."""
    for path in sources():
        _kinds(path.stem)


@cache
def _kinds(language: str) -> _Kinds:
    path = WORDS / f"{language}.yml"
    if not path.exists():
        return _Kinds({}, frozenset(), set())
    lists = _read(path)
    # What a list of the language says of a word counts more than what holds for all.
    taken = {*lists.pop(NO_NAME), *(word for words in lists.values() for word in words)}
    countries = [word for word in _countries(language) if word not in taken]
    lists["country"] = [*lists.get("country", []), *countries]
    names = _names()
    still_names = {names[raw] for raw in names.keys() - taken}
    no_names = {names[raw] for raw in names.keys() & taken} - still_names
    ordered = {kind: lists.get(kind, []) for kind in KINDS}
    return _Kinds(ordered, _normalised_names(), no_names)


@cache
def _names() -> dict[str, str]:
    """Return the names of people as they are listed, each with its normalised form."""
    return {str(name): normalise(str(name)) for name in _read(NAMES)[NAME]}


@cache
def _normalised_names() -> frozenset[str]:
    return frozenset(_names().values())


def _countries(language: str) -> list[str]:
    names = [
        normalise(name)
        for code, name in Locale.parse(language).territories.items()
        if len(code) == ISO_CODE
    ]
    return [name for name in names if name.isalpha() and len(name) >= SHORTEST_COUNTRY]


def _read(path: Path) -> dict[str, list[str]]:
    told = path.read_text(encoding="utf-8")
    content: dict[str, list[str]] = yaml.load(told, Loader=yaml.CSafeLoader)
    return content
