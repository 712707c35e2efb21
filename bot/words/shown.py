"""Every text that people are shown, with its language: catalogues, English sources, city packs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from bot.settings import ROOT
from bot.words import check
from bot.words.catalogue import catalogue_path
from bot.words.languages import SOURCE_LANGUAGE, table

CITIES = ROOT / "data" / "cities"
# The English texts of a pack by its table; names of services stand as their owners write them.
FIELDS = {
    "services": (
        *("description", "fees_description", "eligibility_description"),
        *("application_process", "interpretation_services"),
    ),
    "attributes": ("value",),
    "phones": ("description",),
    "schedules": ("description",),
    "languages": ("note",),
    "accessibility": ("description",),
    "required_documents": ("document",),
}


class Shown(NamedTuple):
    """One text in one language, and the file it stands in. `is_label`: on a button, no sentence."""

    file: str
    language: str
    text: str
    is_label: bool = False


def everything() -> Iterator[Shown]:
    """Yield every text; raise ValueError that names the file which cannot be read."""
    yield from source_texts()
    for language in table():
        if language != SOURCE_LANGUAGE:
            yield from translations(language)
    yield from city_texts()


def source_texts() -> Iterator[Shown]:
    """Yield the English sentences of bot/words, each with the file that says it."""
    for message in check.extracted():
        if message.id:
            file = message.locations[0][0]
            for text in _forms(message.id):
                yield Shown(file, SOURCE_LANGUAGE, text, message.context == "button")


def translations(language: str) -> Iterator[Shown]:
    """Yield the texts of a catalogue; raise ValueError when it cannot be read."""
    path = catalogue_path(language)
    try:
        with path.open("rb") as file:
            messages: list[Message] = list(read_po(file, locale=language, abort_invalid=True))
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    for message in messages:
        if message.id and message.string:
            for text in _forms(message.string):
                yield Shown(_name(path), language, text, message.context == "button")


def city_texts() -> Iterator[Shown]:
    """Yield the texts of all city packs: their tables, and any text by language in their YAML."""
    for folder in sorted(path for path in CITIES.iterdir() if path.is_dir()):
        translations = _rows(folder / "translations.csv")
        translated = {row.get("link_id") or "" for row in translations}
        for table_name, fields in FIELDS.items():
            yield from _own_texts(folder / f"{table_name}.csv", fields, translated)
        yield from _translated_texts(folder / "translations.csv", translations)
        for path in sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")]):
            yield from (Shown(_name(path), *found) for found in _by_language(_yaml(path), None))


def _own_texts(path: Path, fields: tuple[str, ...], translated: set[str]) -> Iterator[Shown]:
    for row in _rows(path):
        # What nobody translates is not shown: codes, and notes for those who keep the directory.
        for field in fields if row.get("id") in translated else ():
            if row.get(field):
                yield Shown(_name(path), SOURCE_LANGUAGE, row[field])


def _translated_texts(path: Path, rows: list[dict[str, str]]) -> Iterator[Shown]:
    for row in rows:
        language, text = row.get("language"), row.get("text")
        if language in table() and text and row.get("field") != "name":
            yield Shown(_name(path), str(language), text)


def _by_language(node: Any, language: str | None) -> Iterator[tuple[str, str]]:
    """Yield (language, text) for all that stands under a language's code, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _by_language(value, key if key in table() else language)
    elif isinstance(node, list):
        for value in node:
            yield from _by_language(value, language)
    elif isinstance(node, str) and language:
        yield language, node


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ValueError:
    reason = " ".join(str(error).split())
    return ValueError(f"{_name(path)}: cannot be read ({reason}); mend the file")


def _forms(text: Any) -> tuple[str, ...]:
    return tuple(form for form in text if form) if isinstance(text, list | tuple) else (text,)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
