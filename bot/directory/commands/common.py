"""What the commands share: where a directory is, how faults are told, how rows are counted."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bot import settings
from bot.directory import companions, pack
from bot.directory.hsds.records import Dataset, HsdsError
from bot.directory.model import Pack
from bot.directory.pack import PackError

MOST_FAULTS = 1000  # printed; more are counted


def source(name: str) -> Path:
    """Return the folder of a city that is called by its name, else the path itself."""
    return settings.CITIES / name if name in settings.cities() else Path(name)


@contextmanager
def folder_of(name: str) -> Iterator[Path]:
    """Yield the folder of a directory in a city, folder or zip; raise PackError for a bad zip."""
    try:
        with companions.folder_of(source(name)) as folder:
            yield folder
    except HsdsError as error:
        raise PackError(list(map(str, error.faults))) from None
    except OSError as error:
        wrong = f"{name}: file: cannot be used ({error.strerror}); allowed: a folder or zip"
        raise PackError([wrong]) from None


def pack_of(name: str) -> Pack:
    """Return the checked pack of a city, folder or zip, or raise PackError with every fault."""
    with folder_of(name) as folder:
        if not (folder / companions.CITY).is_file():
            allowed = f"{', '.join(settings.cities())}, or a folder or zip with a city.yml"
            raise PackError([f"city: {name!r} is no city pack; allowed: {allowed}"])
        return pack.read(folder)


def tell(name: str, faults: Iterable[object]) -> int:
    """Print the faults, one a line, and how many there are; return the exit code."""
    left = iter(faults)
    shown = list(islice(left, MOST_FAULTS))
    more = sum(1 for _ in left)
    for fault in shown:
        print(fault, file=sys.stderr)
    if more:
        print(f"and {more} more", file=sys.stderr)
    print(f"{name}: {counted(len(shown) + more, 'fault')}.")
    return 1


def counted(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def counts(dataset: Dataset) -> str:
    """Return how much a directory holds."""
    services, rows = len(dataset.rows("services")), sum(len(t.rows) for t in dataset.in_order())
    return f"{services} services, {len(dataset.tables)} tables, {rows} rows"
