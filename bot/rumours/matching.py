"""Finds the rumour that a message asks about, or none: a wrong answer is worse than no answer.

A message is like a rumour when its words say what one of the rumour's wordings says, and when they
say little else. Words are weighed by how rare they are in messages, and those of a rumour also by
how many of its wordings hold them. See wording.py and likeness.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.rumours import groups, likeness
from bot.rumours.model import Rumour
from bot.rumours.wording import rarity, words

# Chosen on tests/rumours/development: `make evaluate-rumours` shows what they bring.
ALIKE = 0.46
# A wording in another language than the message's must be liker still.
ALIKE_ELSEWHERE = 0.7
SOME_WORDS = 2
# So much liker than the next rumour it must be.
AHEAD = 0.1
# That a message says little else counts more than that it says all of a wording.
LITTLE_ELSE = 0.6
# From this rarity on a word tells something, and from that on it is a story of its own.
TELLING, STRANGE = 3.0, 5.0
# Fewer telling words in common are a topic in common.
FEWEST_SHARED = 3


class Found(NamedTuple):
    """A rumour, in which language it is told like the message, and how alike: from 0 to 1."""

    id: str
    language: str
    alike: float


@dataclass(frozen=True)
class _Told:
    """One rumour in one language: each wording's words, what each weighs, the groups it names."""

    id: str
    wordings: tuple[tuple[str, ...], ...]
    weights: Mapping[str, float]
    groups: frozenset[str]


class Matcher:
    """Knows rumours by their wordings; keeps nothing of the messages it is asked about."""

    def __init__(self, rumours: Iterable[Rumour], languages: Iterable[str]) -> None:
        known = tuple(rumours)
        self._told = {code: tuple(_all_told(known, code)) for code in languages}

    def find(self, text: str, language: str) -> Found | None:
        """Return the rumour that a message in a language asks about; None when not sure."""
        own = self._surest(text, [language], ALIKE)
        if own:
            return own
        others = [code for code in self._told if code != language and self._may_be_in(text, code)]
        return self._surest(text, others, ALIKE_ELSEWHERE)

    def ranked(self, text: str, codes: Iterable[str]) -> list[Found]:
        """Return every rumour by how alike a message is to it in its best language, best first."""
        best: dict[str, Found] = {}
        for code in codes:
            asked = words(text, code)
            for told in self._told.get(code, ()):
                found = Found(told.id, code, _alike(asked, told, code))
                best[told.id] = max(found, best.get(told.id, found), key=_by_likeness)
        return sorted(best.values(), key=_by_likeness, reverse=True)

    def _may_be_in(self, text: str, code: str) -> bool:
        """Tell whether a message has some very words of a rumour in a language: a quick look."""
        asked = set(words(text, code))
        return any(len(asked & told.weights.keys()) >= SOME_WORDS for told in self._told[code])

    def _surest(self, text: str, codes: list[str], threshold: float) -> Found | None:
        first, *others = self.ranked(text, codes) or (None,)
        if first is None or first.alike < threshold:
            return None
        runner_up = others[0].alike if others and others[0] else 0.0
        return first if first.alike - runner_up >= AHEAD else None


def _by_likeness(found: Found) -> float:
    return found.alike


def _all_told(rumours: Iterable[Rumour], language: str) -> Iterable[_Told]:
    for rumour in rumours:
        wordings = tuple(filter(None, (words(told, language) for told in rumour.told(language))))
        if wordings:
            weights = _weights(wordings, language)
            yield _Told(rumour.id, wordings, weights, groups.named(tuple(weights), language))


def _weights(wordings: tuple[tuple[str, ...], ...], language: str) -> dict[str, float]:
    """Return what each word weighs: its rarity, times the share of wordings that hold it."""
    vocabulary = {word for wording in wordings for word in wording}
    return {
        word: rarity(word, language)
        * sum(likeness.best(word, wording) for wording in wordings)
        / len(wordings)
        for word in vocabulary
    }


def _alike(asked: tuple[str, ...], told: _Told, language: str) -> float:
    """Return how alike: how much of the message is told, and how much of a wording is asked."""
    about = groups.named(asked, language)
    if not told.groups:
        asked = tuple(word for word in asked if word not in about)
    elif about and not any(likeness.best(word, told.groups) for word in about):
        return 0.0
    rarities = {word: rarity(word, language) for word in asked}
    if _tells_something_else(rarities, told.weights):
        return 0.0
    explained = _share(rarities, told.weights)
    said = max(
        _share({word: told.weights[word] for word in wording}, asked) for wording in told.wordings
    )
    return float(explained**LITTLE_ELSE * said ** (1 - LITTLE_ELSE))


def _tells_something_else(rarities: Mapping[str, float], known: Collection[str]) -> bool:
    """Tell whether a message shares hardly more than a topic, and says a telling word of its own.

    "The mill school gets a new head" is not "the mill school closes".
    """
    telling = {word: weight for word, weight in rarities.items() if weight >= TELLING}
    shared = [word for word in telling if likeness.best(word, known) >= likeness.PART]
    own = [weight for word, weight in telling.items() if word not in shared]
    few = len(shared) < FEWEST_SHARED or sum(own) > sum(telling[word] for word in shared)
    return few and max(own, default=0.0) >= STRANGE


def _share(weights: Mapping[str, float], others: Collection[str]) -> float:
    """Return which share of weighed words stands among others in some form, from 0 to 1."""
    whole = sum(weights.values())
    found = sum(weight * likeness.best(word, others) for word, weight in weights.items())
    return found / whole if whole else 0.0
