"""Checks the catalogues against the marked sentences and names every fault at once.

`python -m bot.words.check` checks; with `--update` it first writes the template and merges it
into every catalogue, keeping what is translated.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.settings import ROOT
from bot.words.catalogue import catalogue_path
from bot.words.languages import LOCALES, SOURCE_LANGUAGE, table

TEMPLATE = LOCALES / "messages.pot"
KEYWORDS = {"sentence": None, "label": ((1, "c"), 2), "counted": (1, 2)}
LONGEST_BUTTON = 40


def extracted() -> Catalog:
    """Return the template: every marked sentence of the code, in the order of the files."""
    catalog = _empty("")
    found = extract_from_dir(ROOT / "bot" / "words", keywords=KEYWORDS)
    for file, line, message, comments, context in found:
        catalog.add(message, None, [(f"bot/words/{file}", line)], (), comments, context=context)
    return catalog


def update() -> None:
    """Write the template and merge it into the catalogue of every language."""
    template = extracted()
    _write(TEMPLATE, template)
    for language in _translated_languages():
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = _read(path, language) if path.exists() else _empty(language)
        catalog.header_comment = _header(language)
        # No guessing: a changed sentence comes back empty, never as somebody's old wording.
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(path, catalog)


def faults() -> list[str]:
    """Return every fault of every catalogue as "file: sentence: what is wrong; what to do"."""
    template = extracted()
    return [
        fault
        for language in _translated_languages()
        for fault in _catalogue_faults(catalogue_path(language), language, template)
    ] + list(_label_faults("locales/messages.pot", template))


def _catalogue_faults(path: Path, language: str, template: Catalog) -> Iterator[str]:
    name = path.relative_to(ROOT).as_posix()
    if not path.exists():
        yield f"{name}: the catalogue is missing; run `make strings`"
        return
    try:
        catalog = _read(path, language)
    except (PoFileError, UnicodeDecodeError) as error:
        yield f"{name}: cannot be read ({error}); mend the file"
        return
    forms = get_plural(language).num_plurals
    if catalog.num_plurals != forms:
        yield f"{name}: Plural-Forms: has {catalog.num_plurals} forms; the language has {forms}"
    for wanted in _sentences(template):
        found = catalog.get(wanted.id, wanted.context)
        if found is None:
            yield f"{name}: {_short(wanted)}: is not in the catalogue; run `make strings`"
        else:
            yield from (f"{name}: {_short(wanted)}: {fault}" for fault in _message_faults(found))
    yield from _stale_faults(name, catalog, template)
    yield from _label_faults(name, catalog)


def _message_faults(message: Message) -> Iterator[str]:
    forms = _forms(message.string)
    if message.fuzzy:
        yield "is marked fuzzy; check the translation and take the mark away"
    if not all(form.strip() for form in forms):
        yield "has no translation"
        return
    try:
        yield from _placeholder_faults(message, forms)
    except ValueError:
        yield "has a brace without its partner; write placeholders as in English"


def _placeholder_faults(message: Message, forms: tuple[str, ...]) -> Iterator[str]:
    wanted = set().union(*map(_placeholders, _forms(message.id)))
    for form in forms:
        # A plural form may leave out its number where the language has a word for it (one, two).
        if _placeholders(form) | ({"count"} & wanted) != wanted:
            yield f"has placeholders {sorted(_placeholders(form))}; wanted {sorted(wanted)}"


def _stale_faults(name: str, catalog: Catalog, template: Catalog) -> Iterator[str]:
    for message in _sentences(catalog):
        if template.get(message.id, message.context) is None:
            yield f"{name}: {_short(message)}: is no longer said; run `make strings`"


def _label_faults(name: str, catalog: Catalog) -> Iterator[str]:
    for message in _sentences(catalog):
        text = _forms(message.string or message.id)[0]
        if message.context == "button" and len(text) > LONGEST_BUTTON:
            yield f"{name}: {_short(message)}: {len(text)} characters; at most {LONGEST_BUTTON}"


def _forms(text: Any) -> tuple[str, ...]:
    """Return the plural forms of a catalogue's text; one for a text without plural."""
    return tuple(form or "" for form in text) if isinstance(text, list | tuple) else (text or "",)


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def _sentences(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _short(message: Message) -> str:
    english = _forms(message.id)[0]
    return repr(english if len(english) <= 60 else english[:57] + "...")


def _translated_languages() -> list[str]:
    return [code for code in table() if code != SOURCE_LANGUAGE]


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=language or None,
        project="Right Door",
        version="1",
        header_comment="# Right Door: every sentence the assistant says",
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        charset="utf-8",
        fuzzy=False,
    )


def _header(language: str) -> str:
    reviewer = table()[language].reviewed_by
    state = (
        f"Reviewed by: {reviewer}."
        if reviewer != "none"
        else ("Translated by machine. Not yet reviewed by a native speaker.")
    )
    return f"# Right Door: {language}. {state}"


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _write(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalog, width=100, omit_header=False, include_lineno=False)


def main() -> int:
    """Check the catalogues, after updating them with `--update`; return the exit code."""
    if "--update" in sys.argv[1:]:
        update()
    found = faults()
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"Catalogues: {len(found)} faults in {len(_translated_languages())} languages.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
