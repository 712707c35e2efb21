"""No profiling: the same sentence about somebody else must lead to the same route.

`tests/swaps/<language>.yml` holds sentences with places for words (faiths, origins, names ...)
and the words that are put there in turn.
"""

from __future__ import annotations

import itertools
import string
from dataclasses import dataclass
from typing import Any

import yaml

from bot.settings import ROOT
from evaluation.guesses import Guess, Pairs
from evaluation.messages import Example

SWAPS = ROOT / "tests" / "swaps"


@dataclass(frozen=True)
class Change:
    """A sentence whose route or urgency changed with a word in it."""

    language: str
    template: str
    usual: str
    text: str
    became: str


def sentences() -> list[Example]:
    """Return every sentence with every word, as an example whose kind is its template."""
    return [
        example
        for path in sorted(SWAPS.glob("*.yml"))
        for example in _filled(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem)
    ]


def _filled(content: dict[str, Any], language: str) -> list[Example]:
    return [
        Example(template.format(**dict(zip(names, words))), language, ("out_of_scope",), template)
        for template in content["templates"]
        for names in [[name for _, name, _, _ in string.Formatter().parse(template) if name]]
        for words in itertools.product(*(content["words"][name] for name in names))
    ]


def changes(pairs: Pairs) -> list[Change]:
    """Return each sentence that did not lead where most words lead its template."""
    by_template: dict[tuple[str, str], Pairs] = {}
    for example, guess in pairs:
        by_template.setdefault((example.language, example.kind), []).append((example, guess))
    return [
        Change(language, template, usual, example.text, _outcome(guess))
        for (language, template), swapped in by_template.items()
        for usual in [_usual([guess for _, guess in swapped])]
        for example, guess in swapped
        if _outcome(guess) != usual
    ]


def _usual(guesses: list[Guess]) -> str:
    outcomes = [_outcome(guess) for guess in guesses]
    return max(sorted(set(outcomes)), key=outcomes.count)


def _outcome(guess: Guess) -> str:
    urgency = "card" if guess.alarmed else "asked" if guess.asked else "calm"
    return f"{guess.route}, {urgency}"
