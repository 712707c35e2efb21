"""The answers of guided conversations that people say in words of their own.

`bot/flows/spoken.yml` has the phrases, by answer and language.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import yaml

from bot.flows.table import TABLE
from bot.urgent import normalise

PHRASES = TABLE.with_name("spoken.yml")
UNSURE = "unsure"


def answer(text: str, most_words: int) -> str:
    """Return the answer that a message is a phrase for, in whatever language; "" for none.

    Doubt counts wherever it stands in a message of at most `most_words` words: it is never a no.
    """
    plain = normalise(text)
    found = _answers().get(plain, "")
    if found or len(plain.split()) > most_words:
        return found
    return UNSURE if any(f" {one} " in f" {plain} " for one in _doubts()) else ""


def is_phrase(text: str) -> bool:
    """Tell whether a whole message is one of the phrases."""
    return normalise(text) in _answers()


def phrases() -> dict[str, dict[str, list[str]]]:
    """Return the phrases as they stand in the file, by answer and language."""
    content: dict[str, dict[str, list[str]]] = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=1)
def _answers() -> dict[str, str]:
    return {
        normalise(phrase): answer
        for answer, by_language in phrases().items()
        for listed in by_language.values()
        for phrase in listed
    }


@lru_cache(maxsize=1)
def _doubts() -> Collection[str]:
    return [phrase for phrase, answer in _answers().items() if answer == UNSURE]
