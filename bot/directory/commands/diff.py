"""`rightdoor directory diff`: what one directory has that the other has not, or says otherwise."""

from __future__ import annotations

import argparse
import sys

from bot.directory import companions, difference
from bot.directory.commands import common
from bot.directory.disclosure import disclosed
from bot.directory.hsds import transfer
from bot.directory.hsds.records import Dataset, HsdsError

SAME, DIFFERENT, UNUSABLE = range(3)


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    verb = verbs.add_parser("diff", help="name every difference between two directories")
    verb.add_argument("one", metavar="CITY|FOLDER|ZIP")
    verb.add_argument("other", metavar="CITY|FOLDER|ZIP")
    about = "only services that stand in both, and where each was checked last"
    verb.add_argument("--shared", action="store_true", help=about)
    verb.set_defaults(run=diff)


def diff(arguments: argparse.Namespace) -> int:
    """Print every difference; return 0 when there is none, 1 when there are, 2 for faults."""
    names = (arguments.one, arguments.other)
    try:
        one, other = (disclosed(transfer.read(common.source(name))) for name in names)
        lines = [] if arguments.shared else _beside(names)
    except HsdsError as error:
        for fault in error.faults[: common.MOST_FAULTS]:
            print(fault, file=sys.stderr)
        print("Only directories without faults are compared: check them first.", file=sys.stderr)
        return UNUSABLE
    found = list(difference.between(names, one, other))
    if arguments.shared:
        return _tell_shared(names, found, one, other)
    lines += [each.line for each in found]
    print(*lines, sep="\n", end="\n" if lines else "")
    print(f"{names[0]} and {names[1]}: {common.counted(len(lines), 'difference')}.")
    return DIFFERENT if lines else SAME


def _beside(names: tuple[str, str]) -> list[str]:
    one, other = (companions.of(common.source(name)) for name in names)
    return [
        f"{name}: differs"
        if name in one and name in other
        else f"{name}: only in {names[0] if name in one else names[1]}"
        for name in companions.NAMES
        if one.get(name) != other.get(name)
    ]


def _tell_shared(
    names: tuple[str, str], found: list[difference.Difference], one: Dataset, other: Dataset
) -> int:
    both = difference.shared(one, other)
    kept = [each for each in found if each.service in both]
    for each in kept:
        print(f"{each.line} ({difference.newest(names, both[each.service])})")
    services = len({each.service for each in kept})
    print(
        f"{names[0]} and {names[1]}: {common.counted(len(kept), 'difference')}"
        f" in {services} of {len(both)} shared services."
    )
    return DIFFERENT if kept else SAME
