"""The open data of other cities in a folder, and our own numbers in the same form beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import Engine

from bot.directory.model import City
from bot.signals import package_reading, reading
from bot.signals.faults import SignalsError
from bot.signals.package_reading import Number, Package
from bot.signals.reading import Release
from bot.signals.weeks import Week
from bot.words.languages import SOURCE_LANGUAGE

# Packages that are held in memory, so that a page need not read them again.
MOST_HELD = 16


class Found(NamedTuple):
    """The packages of a folder, one for each other city, and the names of files that are none."""

    packages: list[Package]
    unread: list[str]


def of_folder(folder: Path, own_city: str) -> Found:
    """Return what lies in a folder, by file name; of two packages of a city the newer one.

    A folder that is not there is an empty one.
    """
    by_city: dict[str, Package] = {}
    unread = []
    for path in sorted(folder.glob("*.zip")):
        try:
            found = _read(path, path.stat().st_mtime_ns)
        except OSError:
            found = None
        if found is None:
            unread.append(_seen(path.name))
            continue
        known = by_city.get(found.city)
        if found.city != own_city and (known is None or max(known.topics) < max(found.topics)):
            by_city[found.city] = found
    return Found(list(by_city.values()), unread)


def own(engine: Engine, city: City, releases: Sequence[Release]) -> Package:
    """Return releases of our own city as if they were read from its package."""
    topics, hidden = {}, {}
    for release in releases:
        week, name = Week(release.year, release.week), "topic"
        cells = reading.table(engine, release.id, name)
        topics[week] = {cell.first: Number(cell.value, cell.low, cell.high) for cell in cells}
        hidden[week] = package_reading.hidden_means(release.settings["tables"][name])
    return Package(
        city=city.id,
        name=city.names[SOURCE_LANGUAGE],
        inhabitants=city.inhabitants.count if city.inhabitants else None,
        invented=any(one.invented for one in releases),
        topics=topics,
        hidden=hidden,
    )


@lru_cache(maxsize=MOST_HELD)
def _read(path: Path, changed_at: int) -> Package | None:
    # A file that is written anew has another time, and is read again; a faulty one is not.
    try:
        return package_reading.read(path)
    except SignalsError:
        return None


def _seen(name: str) -> str:
    """Return a file name that can be shown: it may hold bytes that are no text."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
