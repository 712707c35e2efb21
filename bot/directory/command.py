"""`rightdoor directory`: check, export and import the directory of a city."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from bot import settings
from bot.directory import pack
from bot.directory.hsds import transfer
from bot.directory.hsds.records import Dataset, HsdsError
from bot.directory.pack import PackError

MOST_FAULTS = 1000  # printed; more are counted


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the directory's commands to the command line."""
    directory = commands.add_parser("directory", help="check, export and import a directory")
    verbs = directory.add_subparsers(required=True, metavar="COMMAND")

    verb = verbs.add_parser("check", help="name every fault of a directory")
    verb.add_argument("source", metavar="CITY|FOLDER|ZIP")
    verb.set_defaults(run=check)

    verb = verbs.add_parser("export", help="write a directory as HSDS 3.0")
    verb.add_argument("source", metavar="CITY|FOLDER")
    verb.add_argument("--format", choices=("json", "csv"), required=True)
    verb.add_argument("--to", metavar="PATH", type=Path, required=True)
    verb.set_defaults(run=export)

    verb = verbs.add_parser("import", help="read HSDS or other tables into a folder")
    verb.add_argument("source", metavar="PATH", type=Path)
    verb.add_argument("--to", metavar="FOLDER", type=Path, required=True)
    verb.add_argument("--mapping", metavar="FILE", help="for other tables; hsds-2 is supplied")
    verb.add_argument("--make-ids", action="store_true", help="make UUIDs of ids that are none")
    verb.set_defaults(run=import_)


def check(arguments: argparse.Namespace) -> int:
    """Check a directory by the rules of HSDS; a city, by those of Right Door as well."""
    source = _source(arguments.source)
    dataset, found = transfer.load(source)
    faults = list(map(str, found))
    if (source / "city.yml").is_file():
        try:
            pack.read(source)
        except PackError as error:
            faults += error.faults
    faults = list(dict.fromkeys(faults))
    if faults:
        return _tell(source, faults)
    print(f"{source.resolve().name}: no faults in {_counts(dataset)}.")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write a directory as JSON, as a folder of CSV files, or as a zip of them."""
    source = _source(arguments.source)
    try:
        dataset = transfer.export(source, arguments.format, arguments.to)
    except HsdsError as error:
        return _tell(source, map(str, error.faults))
    print(f"{arguments.to}: wrote {_counts(dataset)}.")
    return 0


def import_(arguments: argparse.Namespace) -> int:
    """Write the tables of a source into a folder, when they have no fault."""
    source = arguments.source
    try:
        dataset = transfer.import_(source, arguments.to, arguments.mapping, arguments.make_ids)
    except HsdsError as error:
        return _tell(source, map(str, error.faults))
    print(f"{arguments.to}: wrote {_counts(dataset)}.")
    return 0


def _source(name: str) -> Path:
    return settings.CITIES / name if name in settings.cities() else Path(name)


def _tell(source: Path, faults: Iterable[str]) -> int:
    """Print the faults, one a line, and how many there are; return the exit code."""
    left = iter(faults)
    shown = list(islice(left, MOST_FAULTS))
    more = sum(1 for _ in left)
    for fault in shown:
        print(fault, file=sys.stderr)
    if more:
        print(f"and {more} more", file=sys.stderr)
    count = len(shown) + more
    print(f"{source.resolve().name}: {count} {'fault' if count == 1 else 'faults'}.")
    return 1


def _counts(dataset: Dataset) -> str:
    services, rows = len(dataset.rows("services")), sum(len(t.rows) for t in dataset.in_order())
    return f"{services} services, {len(dataset.tables)} tables, {rows} rows"
