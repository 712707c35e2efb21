"""All that the assistant can say: the sentences of the catalogue, the buttons, a city's facts."""

from __future__ import annotations

import dataclasses
import re
import string
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bench.journeys.form import as_read, on_button
from bot.answers import blocks, phones
from bot.directory.model import LocalText, Pack, Service
from bot.words import check, cldr, languages
from bot.words.catalogue import words
from bot.words.marks import Text

# Stand where a sentence has a placeholder; no text holds them. What fills the second kind is a
# fact and nothing else: whoever reads a number calls it.
GAP, FACT = "\ue000", "\ue001"
# Placeholders that are filled with what is worked out anew for each reply.
WORKED_OUT = (
    "count", "date", "day", "days", "distance", "documents", "first", "hours", "languages", "last",
    "time", "times", "weeks", "year",
)  # fmt: skip
GAPS = re.compile(f"[{GAP}{FACT}]")
# Numbers that take every plural form of every language.
NUMBERS = (0, 1, 2, 3, 5, 11, 100)


class _Number(int):
    """A number that chooses a plural form and shows a gap."""

    def __str__(self) -> str:
        return GAP


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
    gaps: dict[str, object] = {name: GAP if name in WORKED_OUT else FACT for name in names}
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
        told = [
            text
            for service in pack.services.values()
            for text in _told(service, language, pack.city.country)
        ]
        told += [district.name_in(language) for district in pack.city.districts.values()]
        told += _labels(language)
        told += [pack.city.names[language], *(one.name for one in languages.table().values())]
        _FACTS[key] = frozenset(as_read(text) for text in told)
    return _FACTS[key]


def _told(service: Service, language: str, country: str) -> Iterator[str]:
    yield service.name_in(language)
    spoken = [cldr.language_name(code, language) or code for code in service.languages]
    if spoken:
        yield cldr.listing(spoken, language)
    for place in service.places:
        yield f"{place.name}, {place.address}"
        if place.address:
            yield blocks.map_of(place)
    for phone in service.phones:
        yield phones.to_call(phone.number, country)
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
