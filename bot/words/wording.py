"""Looks through every text that people are shown for wording that Right Door does not use.

`python -m bot.words.wording` names every fault; with `--report` it writes `reports/wording.md`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.settings import ROOT
from bot.words import reading, reading_report, shown
from bot.words.languages import table
from bot.words.rules_of_wording import Allowed, Rule, Rulebook, plainly, rulebook, sentences_of
from bot.words.shown import Shown

# On a button and between quotation marks, "I" is the person who presses it or may say it.
SAID_BY_US = "pretends"
_QUOTED = re.compile(r"[“„”«»][^“”„«»]*[”“»«]")


class Found(NamedTuple):
    """A rule that caught something: the sentence in which it did, and the words it caught."""

    rule: Rule
    sentence: str
    words: str


def faults() -> list[str]:
    """Return every fault as "file: sentence: kind: words: reason", those of the rule files first."""
    books, found = {}, []
    for language in table():
        try:
            books[language] = rulebook(language)
        except ValueError as error:
            found += str(error).split("\n")
    try:
        texts = list(shown.everything())
        found += wording_faults(texts, books)
        found += reading.faults(texts)
    except ValueError as error:
        found += str(error).split("\n")
    return found


def wording_faults(texts: Iterable[Shown], books: Mapping[str, Rulebook]) -> list[str]:
    """Return each banned wording in `texts`, and each allowed sentence that no rule catches."""
    used: set[tuple[str, Allowed]] = set()
    found: dict[str, None] = {}
    for text in texts:
        for caught in _caught(text, books):
            allowed = _allowance(caught, books[text.language])
            if allowed:
                used.add((text.language, allowed))
            else:
                found[_fault(text.file, caught)] = None
    return [*found, *_unused(books, used)]


def found_in(text: str, book: Rulebook) -> Iterator[Found]:
    """Yield what each rule catches in `text`, with the whole sentence in which it does."""
    plain = plainly(text)
    for rule in book.rules:
        searched = _QUOTED.sub("“”", plain) if rule.kind == SAID_BY_US else plain
        for caught in rule.pattern.finditer(searched):
            yield Found(rule, _sentence_at(searched, caught.start()), caught.group())


def _sentence_at(plain: str, place: int) -> str:
    for sentence in sentences_of(plain):
        if place < len(sentence) + 1:
            return sentence
        place -= len(sentence) + 1
    return plain


def _allowance(found: Found, book: Rulebook) -> Allowed | None:
    wanted = (found.rule.kind, found.sentence)
    return next((one for one in book.allowed if (one.kind, one.sentence) == wanted), None)


def _caught(text: Shown, books: Mapping[str, Rulebook]) -> Iterator[Found]:
    for caught in found_in(text.text, books[text.language]) if text.language in books else ():
        if not (text.is_label and caught.rule.kind == SAID_BY_US):
            yield caught


def _fault(file: str, found: Found) -> str:
    return f'{file}: "{found.sentence}": {found.rule.kind}: "{found.words}": {found.rule.reason}'


def _unused(books: Mapping[str, Rulebook], used: set[tuple[str, Allowed]]) -> Iterator[str]:
    for language, book in books.items():
        for allowed in book.allowed:
            if (language, allowed) not in used:
                yield (
                    f'data/wording/{language}.yml: allowed: "{allowed.sentence}": is not said any'
                    f" more, or no rule of {allowed.kind} catches it; take the line away"
                )


def main() -> int:
    """Look through all texts, or write the report with `--report`; return the exit code."""
    if "--report" in sys.argv[1:]:
        written = reading_report.write(list(shown.everything()))
        print(f"Written: {written.relative_to(ROOT)}")
        return 0
    found = faults()
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"Wording: {len(found)} faults in {len(table())} languages.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
