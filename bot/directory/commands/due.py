"""`rightdoor directory due`: what to confirm next, and why now."""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import routes
from bot.directory import freshness
from bot.directory.commands import common
from bot.directory.hsds import tabular
from bot.directory.model import Service
from bot.directory.pack import PackError

COLUMNS = ["route", "count"]


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    verb = verbs.add_parser("due", help="list what to confirm next, the most pressing first")
    verb.add_argument("source", metavar="CITY|FOLDER|ZIP")
    about = "a CSV file with route,count: how often people asked for each route"
    verb.add_argument("--usage", metavar="FILE", type=Path, help=about)
    verb.add_argument("--limit", metavar="NUMBER", type=_positive, help="show so many at most")
    verb.set_defaults(run=due)


def due(arguments: argparse.Namespace) -> int:
    """Print the services to confirm, one a line."""
    try:
        pack = common.pack_of(arguments.source)
        usage = _usage(arguments.usage) if arguments.usage else {}
    except PackError as error:
        return common.tell("due", error.faults)
    today = datetime.datetime.now(pack.city.time_zone).date()
    for service in freshness.due(pack, usage, today)[: arguments.limit]:
        reasons = "; ".join(_reasons(service, usage, today))
        known = service.checked_by not in (None, freshness.NOBODY)
        by = f"by {service.checked_by}" if known else "on public pages"
        checked = f"last checked {service.checked_on} {by}"
        print(f"{service.default_name}, {service.id}: {checked}; {reasons}")
    return 0


def _reasons(service: Service, usage: Mapping[str, int], today: datetime.date) -> Iterator[str]:
    if any(routes.get(route).urgent for route in service.routes):
        yield "people in danger are led there"
    if freshness.is_confirmed(service, today):
        days = (service.checked_on + freshness.HOLDS - today).days
        yield f"its confirmation holds {common.counted(days, 'more day')}"
    elif service.checked_by in (None, freshness.NOBODY):
        yield "no office has confirmed it"
    else:
        yield "not confirmed for more than a year"
    used = sum(usage.get(route, 0) for route in service.routes)
    if used:
        yield f"its routes were asked for {common.counted(used, 'time')}"


def _usage(path: Path) -> Mapping[str, int]:
    """Return how often each route was asked for; raise PackError with every fault of the file."""
    try:
        sheet = tabular.sheet_of(path.read_bytes(), path.name)
    except OSError as error:
        raise PackError([f"{path}: file: {error.strerror}; allowed: a CSV file"]) from None
    faults, counts = list(map(str, sheet.faults)), Counter[str]()
    if not faults and not set(COLUMNS) <= set(sheet.columns):
        faults.append(f"{path.name}:1: columns: not {', '.join(COLUMNS)}; allowed: these two")
    for line, cells in () if faults else sheet.lines:
        row = dict(zip(sheet.columns, cells))
        if row["route"] not in routes.table():
            told = ", ".join(routes.table())
            faults.append(f"{path.name}:{line}: route: {row['route']!r}; allowed: {told}")
        elif not (row["count"].isascii() and row["count"].isdecimal()):
            faults.append(f"{path.name}:{line}: count: {row['count']!r}; allowed: a whole number")
        else:
            counts[row["route"]] += int(row["count"])
    if faults:
        raise PackError(faults)
    return counts


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)
