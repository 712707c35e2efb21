"""Says whether the words of a journey are words of the assistant: sentences, or facts of a city.

So a changed wording names the journeys that quote the old one, without any program running.
"""

from __future__ import annotations

import dataclasses
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bench.journeys import form
from bench.journeys.form import Journey, Line, Step, as_read, on_button
from bot.directory.model import LocalText, Pack, Service
from bot.words import check, cldr, languages
from bot.words.catalogue import words
from bot.words.marks import Text

# Stand where a sentence has a placeholder; no text holds them. What fills the second kind is a
# fact and nothing else: whoever reads a number calls it.
GAP, FACT = "\ue000", "\ue001"
OF_A_FACT = ("number", "url", "address", "name")
GAPS = re.compile(f"[{GAP}{FACT}]")
# So much of a line must be words of the sentence itself, where what fills it cannot be looked up
# (hours, dates, lists of languages), unless the sentence names it: "Hours: ..."
LITERAL_SHARE = 0.5
# A word alone may be forbidden although no sentence holds it today.
A_FEW_WORDS = 3
# Numbers that take every plural form of every language.
NUMBERS = (0, 1, 2, 3, 5, 11, 100)


class _Number(int):
    """A number that chooses a plural form and shows a gap."""

    def __str__(self) -> str:
        return GAP


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
    if line.sign == form.SAYS and not is_said(line.text, language, pack):
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
    unknown = [filling for _, filling in fillings if filling not in known]
    literal = len(seen) - sum(len(filling) for _, filling in fillings)
    if not unknown:
        return literal > 1
    if any(kind == FACT and filling in unknown for kind, filling in fillings):
        return False
    names_it = GAPS.split(sentence)[0].strip().endswith(":")
    return names_it or literal >= LITERAL_SHARE * len(seen)


@cache
def _forms(sentence: str) -> tuple[str, ...]:
    """Return what can be said of a sentence with gaps: all of it, and each sentence in it alone."""
    alone = re.split(r"(?<=[.!?؟])\s+", sentence)
    return tuple(one for one in dict.fromkeys((sentence, *alone)) if GAPS.search(one))


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(GAPS.sub("(.+?)", re.escape(sentence)))


@cache
def sentences(language: str) -> tuple[str, ...]:
    """Return every text of the catalogue in a language, in all its forms, with gaps."""
    found = [said for text in _texts() for said in _said(text, language)]
    return tuple(dict.fromkeys(as_read(said) for said in found))


@cache
def _texts() -> tuple[Text, ...]:
    return tuple(
        Text(str(message.id[0]), plural=str(message.id[1]))
        if isinstance(message.id, tuple)
        else Text(str(message.id), context=message.context or "")
        for message in check.extracted()
        if message.id
    )


def _said(text: Text, language: str) -> Iterator[str]:
    forms = (text.english, text.plural)
    names = {name for form_ in forms for _, name, _, _ in string.Formatter().parse(form_) if name}
    gaps: dict[str, object] = {name: FACT if name in OF_A_FACT else GAP for name in names}
    for number in NUMBERS if text.plural else ():
        yield words(language).say(text, **{**gaps, "count": _Number(number)})
    if not text.plural:
        yield words(language).say(text, **gaps)


@cache
def _labels(language: str) -> frozenset[str]:
    said = (said for text in _texts() if text.context for said in _said(text, language))
    named = (languages.table()[code].name for code in languages.supported())
    return frozenset(on_button(label) for label in (*said, *named))


def labels(language: str, pack: Pack) -> frozenset[str]:
    """Return the words on every button in a language: the catalogue's, languages and districts."""
    districts = (one.name_in(language) for one in pack.city.districts.values())
    return _labels(language) | {on_button(name) for name in districts}


def service_names(language: str, pack: Pack) -> set[str]:
    """Return the names of a city's services in a language."""
    return {as_read(service.name_in(language)) for service in pack.services.values()}


_FACTS: dict[tuple[str, str], frozenset[str]] = {}


def facts(language: str, pack: Pack) -> frozenset[str]:
    """Return every fact that a pack tells in a language."""
    key = (pack.city.id, language)
    if key not in _FACTS:
        told = [text for service in pack.services.values() for text in _told(service, language)]
        told += [district.name_in(language) for district in pack.city.districts.values()]
        told += [pack.city.names[language], *(one.name for one in languages.table().values())]
        _FACTS[key] = frozenset(as_read(text) for text in told)
    return _FACTS[key]


def _told(service: Service, language: str) -> Iterator[str]:
    yield service.name_in(language)
    spoken = [cldr.language_name(code, language) or code for code in service.languages]
    if spoken:
        yield cldr.listing(spoken, language)
    yield from _texts_of(dataclasses.replace(service, names={}), language)


def _texts_of(value: Any, language: str) -> Iterator[str]:
    """Yield the texts inside plain data, those that are translated in one language only."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, LocalText):
        yield value.in_language(language)
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts_of(one, language))
    elif isinstance(value, tuple | list):
        yield from (text for one in value for text in _texts_of(one, language))
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts_of(getattr(value, field.name), language)
