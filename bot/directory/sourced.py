"""Short texts of guidance with the page each was read on, and the reader that checks them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.directory.model import LocalText
from bot.directory.tables import is_url

FIELDS = {
    "text": "a text by language code: {en: ...}",
    "source": "the address of the page where it was read",
    "checked_on": "the day on which it was read, like 2026-11-21",
    "page": "an address that people may open",
    "name": "what it is called, a text",
}
OPTIONAL = ("page", "name")


@dataclass(frozen=True)
class Sourced:
    """A text in plain words, the address it was read at, and the day of reading.

    `page` is an address that people may open; None where nothing more can be read there. `name`
    is a name that stands in no sentence, such as that of a platform.
    """

    text: LocalText
    source: str
    checked_on: datetime.date
    page: str | None = None
    name: str | None = None


class Reader:
    """Turns what a YAML file holds into Sourced texts; gathers every fault on the way.

    `file` names the file in faults, `languages` are those in which each text must stand.
    """

    def __init__(self, file: str, languages: Sequence[str]) -> None:
        self.faults: list[str] = []
        self._file = file
        self._languages = languages

    def fault(self, place: str, wrong: str, allowed: str) -> None:
        """Note that what stands at `place` does not fit, and what would."""
        self.faults.append(f"{self._file}: {place}: {wrong}; allowed: {allowed}")

    def unknown(self, place: str, given: Iterable[Any], allowed: Iterable[str]) -> None:
        """Note every name of `given` that is not among the allowed ones."""
        names = list(allowed)
        for name in given:
            if name not in names:
                self.fault(f"{place}{name}", "is unknown", ", ".join(names))

    def group(self, place: str, given: Any, allowed: Iterable[str]) -> dict[str, Any]:
        """Return what stands at `place` by name; nothing where nothing stands."""
        if given is None:
            return {}
        if not isinstance(given, dict):
            self.fault(place, f"{given!r:.60} does not fit", f"fields: {', '.join(allowed)}")
            return {}
        self.unknown(f"{place}.", given, allowed)
        return {name: value for name, value in given.items() if name in allowed}

    def texts(self, place: str, given: Any) -> tuple[Sourced, ...]:
        """Return a list of Sourced; a faulty one is left out."""
        if not isinstance(given, list):
            self.fault(place, f"{given!r:.60} does not fit", "a list of texts with their sources")
            return ()
        found = (self.text(f"{place}[{number}]", entry) for number, entry in enumerate(given, 1))
        return tuple(text for text in found if text)

    def text(self, place: str, given: Any) -> Sourced | None:
        """Return one Sourced; None when it has a fault."""
        before = len(self.faults)
        fields = self.group(place, given, FIELDS)
        for name in FIELDS:
            self._field(f"{place}.{name}", name, fields.get(name))
        if len(self.faults) > before:
            return None
        return Sourced(**{**fields, "text": LocalText(fields["text"])})

    def _field(self, place: str, name: str, value: Any) -> None:
        if value is None:
            if name not in OPTIONAL:
                self.fault(place, "is missing", FIELDS[name])
        elif name == "text":
            self._languages_of(place, value)
        elif not _fits(name, value):
            self.fault(place, f"{value!r:.60} does not fit", FIELDS[name])

    def _languages_of(self, place: str, value: Any) -> None:
        if not isinstance(value, Mapping) or not all(map(_is_text, value.values())):
            self.fault(place, f"{value!r:.60} does not fit", FIELDS["text"])
            return
        missing = [code for code in self._languages if code not in value]
        if missing:
            self.fault(place, f"is missing in {', '.join(missing)}", "a text in each language")


def _fits(name: str, value: Any) -> bool:
    if name == "checked_on":
        return type(value) is datetime.date
    return _is_text(value) if name == "name" else _is_text(value) and is_url(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
