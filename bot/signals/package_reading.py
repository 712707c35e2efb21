"""Reads packages of releases, of this city or another; names every fault of one."""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.signals.faults import SignalsError
from bot.signals.package import DESCRIPTOR, RELEASES, columns
from bot.signals.weeks import Week

# A year of a city is about 6 MB; more than this is no package of ours.
MOST_BYTES = 200_000_000
# Of one file that is read: about 18 years. A line takes forty times its size in memory.
MOST_READ_BYTES = 2_000_000
READ = (DESCRIPTOR, "topic.csv", f"{RELEASES}.csv")
LARGEST = 1_000_000_000
DAMAGED = (
    *(OSError, EOFError, RuntimeError, UnicodeError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)
LONGEST_NAME = 64


@dataclass(frozen=True)
class Number:
    """A cell of the topic table: None is hidden."""

    value: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Package:
    """What a comparison needs of a package. `topics` holds each week's numbers by topic.

    `name` is the city's in English, or its id. `inhabitants` is None when the city's pack does not
    say how many there are. `hidden` is what a hidden topic stands for, by week: half of the limit,
    and from 0 to the most it may truly be.
    """

    city: str
    name: str
    inhabitants: int | None
    invented: bool
    topics: dict[Week, dict[str, Number]]
    hidden: dict[Week, tuple[float, float, float]]


def read(path: Path) -> Package:
    """Return a package, or raise SignalsError with all its faults, one a line."""
    try:
        with zipfile.ZipFile(path) as file:
            _check_size(path, file)
            return _package(path, file)
    except DAMAGED as error:
        wrong = f"cannot be read ({type(error).__name__}); allowed: a zip file"
        raise SignalsError(f"{path}: file: {wrong}") from None


def _check_size(path: Path, file: zipfile.ZipFile) -> None:
    if sum(entry.file_size for entry in file.infolist()) > MOST_BYTES:
        raise SignalsError(f"{path}: file: is too large; allowed: at most 200 MB unpacked")
    for entry in file.infolist():
        if entry.filename in READ and entry.file_size > MOST_READ_BYTES:
            raise SignalsError(f"{path}: {entry.filename}: is too large; allowed: at most 2 MB")


def _package(path: Path, file: zipfile.ZipFile) -> Package:
    described = _json(path, file)
    topics, topic_faults = _rows(file, "topic")
    releases, release_faults = _rows(file, RELEASES)
    faults = [*_descriptor_faults(described), *topic_faults, *release_faults]
    if faults:
        raise SignalsError("\n".join(f"{path}: {fault}" for fault in faults))
    try:
        return _built(described["rightdoor"], topics, releases)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        wrong = "rightdoor: does not fit; allowed: what `rightdoor signals package` writes"
        raise SignalsError(f"{path}: {DESCRIPTOR}: {wrong}") from None


def _json(path: Path, file: zipfile.ZipFile) -> dict[str, Any]:
    try:
        described = json.loads(file.read(DESCRIPTOR).decode("utf-8"))
    except (KeyError, ValueError, RecursionError):
        described = None
    if not isinstance(described, dict):
        wrong = "is missing or no JSON object; allowed: that of a data package"
        raise SignalsError(f"{path}: {DESCRIPTOR}: {wrong}")
    return described


def _descriptor_faults(described: dict[str, Any]) -> Iterator[str]:
    if described.get("profile") != "tabular-data-package":
        yield f"{DESCRIPTOR}: profile: does not fit; allowed: tabular-data-package"
    own = described.get("rightdoor")
    if not isinstance(own, dict) or not {"city", "inhabitants", "settings"} <= set(own):
        yield f"{DESCRIPTOR}: rightdoor: is missing; allowed: city, inhabitants, settings"


def _rows(file: zipfile.ZipFile, name: str) -> tuple[list[dict[str, str]], list[str]]:
    """Return the lines of one file of the package, and what is wrong with them."""
    place, wanted = f"{name}.csv", columns(name)
    try:
        text = file.read(place).decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
    except (KeyError, ValueError, csv.Error):
        return [], [f"{place}: is missing or no CSV in UTF-8; allowed: {', '.join(wanted)}"]
    if not lines or tuple(lines[0]) != wanted:
        return [], [f"{place}: columns: do not fit; allowed: {', '.join(wanted)}"]
    faults = [fault for number, line in enumerate(lines, 2) for fault in _faults(line, number)]
    return lines, [f"{place}: {fault}" for fault in faults]


def _faults(line: dict[str, str], number: int) -> Iterator[str]:
    if None in line or None in line.values():
        yield f"line {number}: has too few or too many cells"
        return
    for name in ("year", "week", "value", "low", "high"):
        given = line.get(name, "0")
        empty = given == "" and name not in ("year", "week")
        if not empty and not (given.isascii() and given.isdecimal() and len(given) < 10):
            yield f"line {number}: {name}: {given!r} does not fit; allowed: a whole number"


def _built(
    own: dict[str, Any], topics: list[dict[str, str]], releases: list[dict[str, str]]
) -> Package:
    people = own["inhabitants"]
    count = None if people is None else int(people["count"])
    if count is not None and not 0 < count <= LARGEST:
        raise ValueError("inhabitants")
    found: dict[Week, dict[str, Number]] = {}
    for line in topics:
        numbers = (int(line[name]) if line[name] else None for name in ("value", "low", "high"))
        found.setdefault(_week(line), {})[_id(line["route"])] = Number(*numbers)
    limits = {week: hidden_means(own["settings"][str(week)]["tables"]["topic"]) for week in found}
    invented = any(line["invented"] == "true" for line in releases)
    city = _id(own["city"])
    return Package(city, _name(own.get("name", city)), count, invented, found, limits)


def _id(given: str) -> str:
    """Return an id; raise ValueError for what is none: it is printed where others read it."""
    if not re.fullmatch(r"[\w-]{1,64}", given, re.ASCII):
        raise ValueError("id")
    return given


def _name(given: str) -> str:
    """Return the name of a city; raise ValueError for one that no city has."""
    if not 0 < len(given) <= LONGEST_NAME or not given.isprintable():
        raise ValueError("name")
    return given


def hidden_means(settings: Mapping[str, float]) -> tuple[float, float, float]:
    """Return half of the limit, and from 0 to the most a hidden cell of this table may hold."""
    limit, reach = int(settings["hide_below"]), int(settings["reach"])
    if not (0 < limit <= LARGEST and 0 <= reach <= LARGEST):
        raise ValueError("settings")
    return limit / 2, 0, limit - 1 + reach


def _week(line: dict[str, str]) -> Week:
    week = Week(int(line["year"]), int(line["week"]))
    assert week.first_day
    return week
