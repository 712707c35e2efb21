"""Says whether the words of a journey are words of the assistant: sentences, or facts of a city.

So a changed wording names the journeys that quote the old one, without any program running.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bench.journeys import form
from bench.journeys.form import Journey, Line, Step, as_read, on_button
from bench.journeys.sayings import FACT, GAPS, facts, labels, sentences, service_names
from bot.directory.model import Pack

# At most so much of a line may be what cannot be looked up (hours, dates, lists of languages),
# unless the sentence names it: "Hours: ..."
MOST_UNKNOWN = 0.5
SHORTEST = 4
# A word alone may be forbidden although no sentence holds it today.
A_FEW_WORDS = 3


def faults(journey: Journey, pack: Pack) -> list[str]:
    """Return the lines that the assistant can never say, as "name:line: what is wrong"."""
    name = f"{journey.name}.{journey.language}.txt"
    told, before = [], journey.language
    for step in journey.steps:
        told += [(step.act, fault) for fault in _label_faults([step.act], before, pack)]
        for line in step.expected:
            told += [(line, fault) for fault in _line_faults(line, step.language, pack)]
            told += [(line, fault) for fault in _never_faults(line, journey.language, step, pack)]
        before = step.language
    return [f"{name}:{line.number}: {fault}" for line, fault in told]


def _line_faults(line: Line, language: str, pack: Pack) -> Iterator[str]:
    if line.sign == form.SAYS and 0 < len(line.text) < SHORTEST and not line.text.isdigit():
        yield f"“{line.text}” stands nearly everywhere; allowed: {SHORTEST} letters or more"
    elif line.sign == form.SAYS and not is_said(line.text, language, pack):
        yield f"“{line.text}” is no sentence in {language} and no fact of {pack.city.id}"
    if line.sign == form.SERVICE and as_read(line.text) not in service_names(language, pack):
        yield f"“{line.text}” is no service of {pack.city.id} in {language}"
    if line.sign == form.BUTTONS:
        parts = line.text.split(form.BETWEEN_BUTTONS)
        labels = [Line(line.number, form.PRESSES, part.strip()) for part in parts]
        yield from _label_faults(labels, language, pack)


def _label_faults(lines: Iterable[Line], language: str, pack: Pack) -> Iterator[str]:
    for line in lines:
        if line.sign == form.PRESSES and not _is_label(on_button(line.text), language, pack):
            yield f"“{line.text}” is no button in {language}"


def _is_label(seen: str, language: str, pack: Pack) -> bool:
    known = labels(language, pack)
    return seen in known or any(
        _is_filled(seen, label, facts(language, pack)) for label in known if GAPS.search(label)
    )


def _never_faults(line: Line, language: str, step: Step, pack: Pack) -> Iterator[str]:
    """Name what could not be said anyway: an old wording never is. Both languages count."""
    if line.sign != form.NEVER or len(line.text.split()) <= A_FEW_WORDS:
        return
    if not any(is_said(line.text, spoken, pack) for spoken in (language, step.language)):
        yield f"“{line.text}” is never said anyway; allowed: sentences of today, or a few words"


def is_said(text: str, language: str, pack: Pack) -> bool:
    """Tell whether `text` is a sentence of the catalogue with its gaps filled, a part of one, or a
    fact."""
    seen, known = as_read(text), facts(language, pack)
    part = re.compile(rf"(?<!\w){re.escape(seen)}(?!\w)")
    return any(part.search(fact) for fact in known) or any(
        any(part.search(piece) for piece in GAPS.split(sentence))
        or any(_is_filled(seen, filled, known) for filled in _forms(sentence))
        for sentence in sentences(language)
    )


def _is_filled(seen: str, sentence: str, known: frozenset[str]) -> bool:
    found = _pattern(sentence).fullmatch(seen)
    if not found:
        return False
    fillings = list(zip(GAPS.findall(sentence), found.groups()))
    unknown = [(kind, filling) for kind, filling in fillings if filling not in known]
    own = GAPS.split(sentence)
    if not unknown:
        return len("".join(own)) > 1
    if FACT in dict(unknown) or not any(letter.isalpha() for letter in "".join(own)):
        return False
    length = sum(len(filling) for _, filling in unknown)
    return own[0].strip().endswith(":") or length <= MOST_UNKNOWN * len(seen)


@cache
def _forms(sentence: str) -> tuple[str, ...]:
    """Return what can be said of a sentence with gaps: all of it, and each sentence in it alone."""
    alone = re.split(r"(?<=[.!?؟])\s+", sentence)
    return tuple(one for one in dict.fromkeys((sentence, *alone)) if GAPS.search(one))


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(GAPS.sub("(.+?)", re.escape(sentence)))
