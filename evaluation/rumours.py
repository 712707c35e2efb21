"""`make evaluate-rumours`: how surely rumours are found again in what people write.

It asks the questions of tests/rumours/questions about the rumours of an invented town. Thresholds
were chosen on those of tests/rumours/development: `python -m evaluation.rumours development`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.rumours import reading
from bot.rumours.matching import Matcher
from bot.settings import ROOT
from bot.words import languages

RUMOURS = ROOT / "tests" / "rumours"
TOWN = RUMOURS / "marrowby"
# The questions that ask about none of the rumours, but come near.
NONE = "none"


class Asked(NamedTuple):
    """A question in a language, the rumour it asks about, and the one that was found."""

    language: str
    text: str
    right: str | None
    found: str | None


class Figures(NamedTuple):
    """How many questions were answered how. `near` are those about none of the rumours."""

    language: str
    questions: int
    found: int
    another: int
    silent: int
    near: int
    near_answered: int

    @property
    def found_share(self) -> float:
        """Return which share of the questions about a rumour found it, from 0 to 1."""
        return self.found / self.questions

    @property
    def wrong_share(self) -> float:
        """Return which share of all that was asked got a wrong rumour, from 0 to 1."""
        return (self.another + self.near_answered) / (self.questions + self.near)


def ask(folder: Path) -> Iterator[Asked]:
    """Ask every question of a folder, one file a language; yield what was found."""
    known = reading.read(TOWN, languages.supported()).rumours
    matcher = Matcher(known.values(), languages.supported())
    for path in sorted(folder.glob("*.yml")):
        questions = yaml.safe_load(path.read_text(encoding="utf-8"))
        for right, texts in questions.items():
            for text in texts:
                found = matcher.find(text, path.stem)
                expected = None if right == NONE else right
                yield Asked(path.stem, text, expected, found.id if found else None)


def measure(asked: list[Asked]) -> list[Figures]:
    """Return the figures of each language, the worst first."""
    by_language = {one.language: [a for a in asked if a.language == one.language] for one in asked}
    figures = [_figures(language, given) for language, given in by_language.items()]
    return sorted(figures, key=lambda one: (-one.wrong_share, one.found_share))


def _figures(language: str, asked: list[Asked]) -> Figures:
    known = [one for one in asked if one.right]
    near = [one for one in asked if not one.right]
    return Figures(
        language=language,
        questions=len(known),
        found=sum(one.found == one.right for one in known),
        another=sum(one.found not in (None, one.right) for one in known),
        silent=sum(one.found is None for one in known),
        near=len(near),
        near_answered=sum(one.found is not None for one in near),
    )


def main() -> None:
    """Print a line for each language, and each question that went wrong with `--all`."""
    folder = RUMOURS / ("development" if "development" in sys.argv[1:] else "questions")
    asked = list(ask(folder))
    for one in measure(asked):
        print(
            f"{one.language}: found {one.found} of {one.questions} ({one.found_share:.0%}),"
            f" wrong rumour {one.another}, silent {one.silent};"
            f" near ones answered {one.near_answered} of {one.near};"
            f" wrong {one.wrong_share:.1%} of all"
        )
    if "--all" in sys.argv[1:]:
        for wrong in (one for one in asked if one.found != one.right):
            print(f"  {wrong.language}: {wrong.text!r}: {wrong.found}, not {wrong.right}")


if __name__ == "__main__":
    main()
