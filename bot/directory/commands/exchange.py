"""`rightdoor directory export` and `import`: a directory goes out, without secrets, or comes in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from bot.directory import companions
from bot.directory.commands import common
from bot.directory.disclosure import disclosed, leaks
from bot.directory.hsds import transfer
from bot.directory.hsds.records import Dataset, HsdsError


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    verb = verbs.add_parser("export", help="write a directory as HSDS 3.0")
    verb.add_argument("source", metavar="CITY|FOLDER|ZIP")
    verb.add_argument("--format", choices=("json", "csv"), required=True)
    verb.add_argument("--to", metavar="PATH", type=Path, required=True)
    verb.set_defaults(run=export)

    verb = verbs.add_parser("import", help="read HSDS or other tables into a folder")
    verb.add_argument("source", metavar="PATH", type=Path)
    verb.add_argument("--to", metavar="FOLDER", type=Path, required=True)
    verb.add_argument("--mapping", metavar="FILE", help="for other tables; hsds-2 is supplied")
    verb.add_argument("--make-ids", action="store_true", help="make UUIDs of ids that are none")
    verb.set_defaults(run=import_)


def export(arguments: argparse.Namespace) -> int:
    """Write a directory as JSON, as a folder of CSV files, or as a zip of them."""
    source = common.source(arguments.source)
    try:
        whole = transfer.read(source)
        beside = companions.of(source)
        shown = _without_secrets(whole, beside)
        transfer.export(shown, arguments.format, arguments.to, beside)
    except HsdsError as error:
        return common.tell(source.resolve().name, error.faults)
    secret = len(whole.rows("locations")) - len(shown.rows("locations"))
    note = f" Left out: {common.counted(secret, 'secret place')}." if secret else ""
    print(f"{arguments.to}: wrote {common.counts(shown)}.{note}")
    return 0


def _without_secrets(whole: Dataset, beside: Mapping[str, bytes]) -> Dataset:
    shown = disclosed(whole)
    leaked = list(leaks(whole, shown, beside))
    if leaked:
        raise HsdsError(leaked)
    return shown


def import_(arguments: argparse.Namespace) -> int:
    """Write the tables of a source, and what belongs to a pack, when they have no fault."""
    source = arguments.source
    try:
        dataset = transfer.read(source, arguments.mapping, arguments.make_ids)
        transfer.import_(dataset, arguments.to, companions.of(source))
    except HsdsError as error:
        return common.tell(source.resolve().name, error.faults)
    print(f"{arguments.to}: wrote {common.counts(dataset)}.")
    return 0
