"""`rightdoor directory check`: every fault of a directory at once, and what hinders going live."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from pathlib import Path

from bot.directory import companions, links, pack, readiness
from bot.directory.commands import common
from bot.directory.hsds import transfer
from bot.directory.hsds.records import Dataset
from bot.directory.model import Pack
from bot.directory.pack import PackError


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    verb = verbs.add_parser("check", help="name every fault of a directory")
    verb.add_argument("source", metavar="CITY|FOLDER|ZIP")
    about = "also name what keeps a city from going live"
    verb.add_argument("--live-ready", action="store_true", help=about)
    about = "also open every web address of a city on the internet"
    verb.add_argument("--links", action="store_true", help=about)
    verb.set_defaults(run=check)


def check(arguments: argparse.Namespace) -> int:
    """Check a directory by the rules of HSDS; a pack, by those of Right Door as well."""
    name = common.source(arguments.source).resolve().name
    try:
        with common.folder_of(arguments.source) as folder:
            dataset, faults = _look_at(folder, arguments)
    except PackError as error:
        return common.tell(name, error.faults)
    if faults:
        return common.tell(name, faults)
    ready = ", ready to go live" if arguments.live_ready else ""
    print(f"{name}: no faults in {common.counts(dataset)}{ready}.")
    return 0


def _look_at(folder: Path, arguments: argparse.Namespace) -> tuple[Dataset, list[str]]:
    dataset, found = transfer.load(folder)
    faults = list(map(str, found))
    wanted = arguments.live_ready or arguments.links
    if wanted or (folder / companions.CITY).is_file():
        try:
            faults += _besides(pack.read(folder), arguments)
        except PackError as error:
            faults += error.faults
    return dataset, list(dict.fromkeys(faults))


def _besides(found: Pack, arguments: argparse.Namespace) -> Iterator[str]:
    today = datetime.datetime.now(found.city.time_zone).date()
    if arguments.live_ready:
        yield from readiness.faults(found, today)
    if arguments.links:
        yield from _dead_links(found)


def _dead_links(found: Pack) -> Iterator[str]:
    """Yield the addresses that do not open; when none does, that there is no network."""
    names = {
        address: service.default_name
        for service in found.services.values()
        for address in readiness.addresses(service).values()
        if readiness.is_live_address(address)
    }
    dead = dict(links.dead(names))
    if dead and all(links.UNREACHED in dead.get(address, "") for address in names):
        yield (
            f"links: not one of {len(dead)} addresses could be reached, so none was checked;"
            " allowed: a machine with a way to the internet"
        )
        return
    for address, wrong in dead.items():
        yield f"{names[address]}: {address}: {wrong}; allowed: an address that opens"
