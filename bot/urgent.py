"""The urgent layer: reviewed patterns per language that recognise danger without any model.

Rasa's pipeline asks it before the classifier, and the gateway asks it when Rasa is down.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot import routes
from bot.pattern_set import PatternSet, Searched

# Telegram's own limit for a message; one sign may stand for many letters (U+FDFA for eighteen).
LONGEST = 4096

PATTERNS = Path(__file__).parent.parent / "data" / "urgent"

_ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "ı": "i", "ø": "o", "ł": "l", "ـ": None})
_APOSTROPHES = re.compile("['’‘`´ʼ′]")
_NOT_WORD = re.compile(r"[\W_]+")
_LONG_RUN = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class UrgentMatch:
    """What the layer saw: the urgent route and the languages whose patterns matched."""

    route: str
    languages: tuple[str, ...]

    def language_for(self, person: str) -> str:
        """Return the person's language if its patterns matched; "suicide" is a word in many."""
        return person if person in self.languages else self.languages[0]


@dataclass(frozen=True)
class _RouteLayer:
    """The patterns of one urgent route in all languages, each with its language, and look-alikes.

    A figure of speech is taken out first, so that it can't hide real danger beside it; in every
    language, since words such as "suicide" stand in the patterns of more than one.
    """

    route: str
    look_alikes: PatternSet
    patterns: PatternSet
    languages: tuple[str, ...]

    def languages_found_in(self, spellings: list[Searched]) -> tuple[str, ...]:
        bare = [self.look_alikes.without(spelling) for spelling in spellings]
        found = [self.languages[n] for spelling in bare for n in self.patterns.found(spelling)]
        return tuple(dict.fromkeys(sorted(found, key=self.languages.index)))


def normalise(text: str) -> str:
    """Return `text` as the patterns see it: lower case, no accents, apostrophes or punctuation.

    Arabic loses short vowels, tatweel and hamza seats; words are parted by single spaces.
    """
    # Apostrophes go first: taken apart, an accent that stands for one would leave a space.
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    bare = "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf"))
    bare = bare.translate(_ALIKE)
    return _NOT_WORD.sub(" ", bare).strip()


def find(text: str) -> UrgentMatch | None:
    """Return the most urgent match for `text` over all languages, or None."""
    plain = normalise(text)[:LONGEST]
    # "heeelp" is meant as "help", "killll" as "kill": runs of a letter are tried both ways.
    shortened = dict.fromkeys(_LONG_RUN.sub(shorter, plain) for shorter in (r"\1\1", r"\1"))
    spellings = [Searched(spelling) for spelling in shortened]
    for layer in _layers():
        languages = layer.languages_found_in(spellings)
        if languages:
            return UrgentMatch(layer.route, languages)
    return None


def load() -> None:
    """Read and compile all patterns now, so that no first message has to wait."""
    _layers()


def sources() -> list[Path]:
    """Return the pattern files, one a language."""
    return sorted(PATTERNS.glob("*.yml"))


@lru_cache(maxsize=1)
def _layers() -> tuple[_RouteLayer, ...]:
    """Read all pattern files, the most urgent route first: a message may match several."""
    files = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sources()}
    return tuple(_layer(route, files) for route in routes.ids("urgent"))


def _layer(route: str, files: dict[str, Any]) -> _RouteLayer:
    entries = {language: content[route] for language, content in files.items()}
    look_alikes = [line for entry in entries.values() for line in entry.get("look_alikes") or []]
    pairs = [(line, language) for language, entry in entries.items() for line in entry["patterns"]]
    patterns, languages = zip(*pairs)
    return _RouteLayer(route, PatternSet(look_alikes), PatternSet(list(patterns)), languages)
