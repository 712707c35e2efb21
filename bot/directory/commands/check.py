"""`rightdoor directory check`: every fault of a directory at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.directory import companions, pack
from bot.directory.commands import common
from bot.directory.hsds import transfer
from bot.directory.hsds.records import Dataset, HsdsError
from bot.directory.pack import PackError


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    verb = verbs.add_parser("check", help="name every fault of a directory")
    verb.add_argument("source", metavar="CITY|FOLDER|ZIP")
    verb.set_defaults(run=check)


def check(arguments: argparse.Namespace) -> int:
    """Check a directory by the rules of HSDS; a pack, by those of Right Door as well."""
    source = common.source(arguments.source)
    name = source.resolve().name
    try:
        with companions.folder_of(source) as folder:
            dataset, faults = _look_at(folder)
    except HsdsError as error:
        return common.tell(name, error.faults)
    if faults:
        return common.tell(name, faults)
    print(f"{name}: no faults in {common.counts(dataset)}.")
    return 0


def _look_at(folder: Path) -> tuple[Dataset, list[str]]:
    dataset, found = transfer.load(folder)
    faults = list(map(str, found))
    if (folder / companions.CITY).is_file():
        try:
            pack.read(folder)
        except PackError as error:
            faults += error.faults
    return dataset, list(dict.fromkeys(faults))
