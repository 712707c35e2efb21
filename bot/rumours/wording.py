"""The words of a text, written alike however people type them, and how rare each of them is."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache

from bot.settings import ROOT

# How many of a thousand questions about rumours hold each of the common words.
COMMON_WORDS = ROOT / "data" / "common_words"
OF = 1000
# A word that stands in no list is taken to stand in less than this many of a thousand.
RARE = 2.0
SHORTEST_ROOT = 3
# Longer texts tell more than one thing, and are cut.
MOST_WORDS = 40

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = str.maketrans(
    {
        **{"\u0131": "i", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ß": "ss", "œ": "oe"},
        **{"ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None},
    }
)
# Inside a word in English and Ukrainian (don't, п'ять); between words elsewhere (l'eau).
_APOSTROPHE = re.compile("['\u2019\u02bc\u02bb`]")
_JOINED = ("en", "uk")
# Forms of an Arabic word differ in what stands around and between the consonants of its root
# ("طفل", "الأطفال").
_ARABIC_ENDING = re.compile(r"(?<=\w{3})(?:ها|هم|نا|كم|وا|ون|ين|ات|ان|يه|ه|ك|ا|و|ي)$")
_ARABIC_VOWEL = re.compile("(?<=.)[اوي](?=.)")
# Arabic writes "and", "in", "to" and the article in one word with the next.
_ARABIC_PREFIX = re.compile(r"^[وف]?(?:ال|بال|كال|لل|فال)(?=\w{3})")


def words(text: str, language: str) -> tuple[str, ...]:
    """Return the different words of a text, in their order: small letters, no accents, no digits.

    Numbers are no words: those of a message may have been taken out before.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    found = _WORD.findall(_APOSTROPHE.sub("" if language in _JOINED else " ", bare))
    if language == "ar":
        found = [_arabic_stem(word) for word in found]
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def _arabic_stem(word: str) -> str:
    stem = _ARABIC_ENDING.sub("", _ARABIC_PREFIX.sub("", word))
    bare = _ARABIC_VOWEL.sub("", stem)
    return bare if len(bare) >= SHORTEST_ROOT else stem


def rarity(word: str, language: str) -> float:
    """Return how much a word tells: next to nothing for "true" or "they", most for rare words.

    It is the logarithm of how many questions come to one that holds the word (inverse frequency).
    """
    return math.log(OF / max(_common(language).get(word, 0.0), RARE))


@cache
def _common(language: str) -> dict[str, float]:
    """Return how many of a thousand questions about rumours hold a common word."""
    path = COMMON_WORDS / f"{language}.txt"
    if not path.is_file():
        return {}
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: float(share) for word, share in (line for line in lines if len(line) == 2)}
