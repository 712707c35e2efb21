"""No profiling: of whom a rumour is told matters only when the rumour itself names them.

A word for a faith or an origin in a question weighs nothing beside a rumour that names no group. A
rumour that names one never answers a question about another. The lists are those of data/neutral.
"""

from __future__ import annotations

from functools import cache

import yaml

from bot.rumours.wording import words
from bot.settings import ROOT

LISTS = ROOT / "data" / "neutral"
KINDS = ("faith", "origin")
ANY_ENDING = "*"


def named(told: tuple[str, ...], language: str) -> frozenset[str]:
    """Return those of the words that name a faith or an origin."""
    whole, stems = _groups(language)
    return frozenset(word for word in told if word in whole or word.startswith(stems))


@cache
def _groups(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the listed words, and the beginnings that stand for any ending."""
    path = LISTS / f"{language}.yml"
    if not path.is_file():
        return frozenset(), ()
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    listed = [str(word) for kind in KINDS for word in lists.get(kind, ())]
    stems = {_plain(word, language) for word in listed if word.endswith(ANY_ENDING)}
    whole = {_plain(word, language) for word in listed if not word.endswith(ANY_ENDING)}
    return frozenset(whole), tuple(sorted(stems - {""}))


def _plain(word: str, language: str) -> str:
    return "".join(words(word, language))
