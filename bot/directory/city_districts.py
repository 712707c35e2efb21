"""Reads the districts of a city.yml, and names what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.directory.model import District, Point
from bot.directory.tables import is_url

# A district travels in the payload of a button, which has 64 bytes.
LONGEST_ID = 22


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9_]+", value, re.ASCII))


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text for text in value)


def _are_names(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and _are_texts(list(value.values()))


def _within(limit: float) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int | float) and -limit <= value <= limit


RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "id": (
        lambda value: _is_id(value) and len(value) <= LONGEST_ID,
        f"small letters, digits and _, at most {LONGEST_ID}",
    ),
    "names": (_are_names, "names by language code"),
    "aliases": (_are_texts, "a list of texts"),
    "also_words": (_are_texts, "a list of those names that are ordinary words, too"),
    "postcodes": (_are_texts, 'a list of texts like "1050"'),
    "latitude": (_within(90), "degrees from -90 to 90"),
    "longitude": (_within(180), "degrees from -180 to 180"),
    "source": (
        lambda value: isinstance(value, str) and is_url(value),
        "an address that begins with http:// or https://",
    ),
}
OPTIONAL = ("aliases", "also_words")


def district_faults(given: Any) -> Iterator[str]:
    """Return every fault of the districts of a city.yml; none when there are no districts."""
    entries = given if isinstance(given, list) else []
    for number, entry in enumerate(entries, 1):
        place = f"districts: no. {number}"
        if not isinstance(entry, dict):
            yield f"{place}: {entry!r} holds no fields; allowed: {', '.join(RULES)}"
            continue
        for name in sorted(set(entry) - set(RULES)):
            yield f"{place}: {name}: is unknown; allowed: {', '.join(RULES)}"
        for name, (fits, allowed) in RULES.items():
            if (name in entry or name not in OPTIONAL) and not fits(entry.get(name)):
                yield f"{place}: {name}: {entry.get(name)!r} does not fit; allowed: {allowed}"
    known = [entry for entry in entries if isinstance(entry, dict)]
    yield from _twice("id", [[entry.get("id")] for entry in known])
    for field in ("postcodes", "aliases"):
        yield from _twice(field, [_listed(entry.get(field)) for entry in known])


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _twice(field: str, lists: list[list[Any]]) -> Iterator[str]:
    for value, count in Counter(str(value) for values in lists for value in values).items():
        if count > 1:
            yield f"districts: {field}: {value!r} stands twice; allowed: once"


def districts(given: list[dict[str, Any]]) -> dict[str, District]:
    """Return the districts by id, from entries without faults."""
    return {
        entry["id"]: District(
            id=entry["id"],
            names=entry["names"],
            aliases=tuple(entry.get("aliases", ())),
            also_words=tuple(entry.get("also_words", ())),
            postcodes=tuple(entry["postcodes"]),
            point=Point(entry["latitude"], entry["longitude"]),
            source=entry["source"],
        )
        for entry in given
    }
