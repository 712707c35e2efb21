"""Notices that a text names a person, so that the writer can be asked kindly to leave it out."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import yaml

from bot.settings import ROOT

WORDS = ROOT / "data" / "neutral"
NO_NAMES = ROOT / "data" / "names" / "no_names.yml"
# Arabic is written with and without these.
_ALIKE = str.maketrans({"ى": "ي", "ة": "ه"})
_TOKEN = re.compile(r"[^\W\d_]+")
# Arabic knows no capital letters, and some names are everyday words: "I", "to me", "on me", "from
# me", "that". Whoever writes them names nobody.
_EVERYDAY = {"ar": frozenset(("انا", "لي", "علي", "مني", "ان"))}


def names_somebody(text: str, language: str) -> bool:
    """Tell whether a text written in `language` holds a first name, with a capital letter.

    Only names of the list count: a message without any is never held up. Scripts without capital
    letters are read as they are.
    """
    return any(_is_name(word, language) for word in _TOKEN.findall(text))


def _is_name(word: str, language: str) -> bool:
    begins = word[0].isupper() or word[0].lower() == word[0].upper()
    plain = _plain(word)
    is_word = plain in _no_names(language) or plain in _EVERYDAY.get(language, ())
    return begins and plain in _names() and not is_word


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    content = yaml.safe_load((WORDS / "names.yml").read_text(encoding="utf-8"))
    return frozenset(_plain(str(name)) for names in content.values() for name in names)


@cache
def _no_names(language: str) -> frozenset[str]:
    """Return the names that are words of a language, as "bent" is in Dutch, or of all."""
    path = WORDS / f"{language}.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    other = yaml.safe_load(NO_NAMES.read_text(encoding="utf-8"))
    words = (*(content.get("no_name") or ()), *other["all"], *other.get(language, ()))
    return frozenset(_plain(str(word)) for word in words)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return bare.translate(_ALIKE)
