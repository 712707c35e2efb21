"""`rightdoor signals`: make the weekly releases, list them, pack them, compare cities."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.demand import aging
from bot.directory.commands import common
from bot.directory.model import City
from bot.directory.pack import PackError
from bot.settings import Settings, SettingsError
from bot.signals import compare, package, package_reading, reading, release, store, weeks
from bot.signals.budget import Plan
from bot.signals.compare import Share
from bot.signals.faults import SignalsError
from bot.signals.package_reading import Package
from bot.signals.reading import Release
from bot.signals.store import Databases
from bot.signals.weeks import WEEK, Week

# Counts that waited for the database have arrived by then.
SETTLES = datetime.timedelta(days=1)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    part = commands.add_parser("signals", help="weekly numbers that protect whoever asked")
    verbs = part.add_subparsers(required=True, metavar="COMMAND")
    made = _add(verbs, "release", make, "release every week that is over; delete old counters")
    made.add_argument("--week", metavar="WEEK", help="only this one, like 2026-W47")
    made.add_argument("--settled", action="store_true", help="only weeks over for a day or more")
    _add(verbs, "list", show, "list the releases that were made")
    packed = _add(verbs, "package", pack, "write releases as open data")
    packed.add_argument("weeks", nargs="+", metavar="WEEK", help="like 2026-W47")
    packed.add_argument("--out", required=True, type=Path, metavar="ZIP")
    packed.add_argument("--licence", choices=package.LICENCES, default="CC-BY-4.0")
    compared = verbs.add_parser("compare", help="hold the packages of cities side by side")
    compared.add_argument("first", type=Path, metavar="ZIP")
    compared.add_argument("others", nargs="+", type=Path, metavar="ZIP")
    compared.set_defaults(run=side_by_side)


def make(given: argparse.Namespace, at: Settings, city: City, both: Databases) -> int:
    """Release what is not yet released, then delete the counters that have had their time."""
    today = _today(city)
    by = today - SETTLES if given.settled else today
    wanted = [weeks.parse(given.week)] if given.week else list(due(both, city, by))
    plan = Plan(at.release_epsilon)
    for week in wanted:
        print(_told(release.make(*both, city, week, today=today, plan=plan)))
    if not wanted:
        print(f"{city.id}: nothing to release.")
    oldest_kept = _oldest_kept(both, city, today, at.raw_weeks)
    deleted = aging.delete_before(both.raw, city.id, oldest_kept)
    if deleted:
        print(f"{city.id}: counters from before {oldest_kept} are deleted.")
    return 0


def due(both: Databases, city: City, today: datetime.date) -> Iterator[Week]:
    """Yield every week that is over, has counters or comes after such, and is not released."""
    known = {(one.year, one.week) for one in reading.releases(both.released, city.id)}
    week = release.first_week(both.raw, city)
    while week and week.is_closed(today):
        if week not in known:
            yield week
        week = week.next


def show(given: argparse.Namespace, at: Settings, city: City, both: Databases) -> int:
    """List the releases, the newest first."""
    found = reading.releases(both.released, city.id)
    for one in found:
        print(_told(one))
    print(f"{city.id}: {common.counted(len(found), 'release')}.")
    return 0


def pack(given: argparse.Namespace, at: Settings, city: City, both: Databases) -> int:
    """Write the named weeks as a data package."""
    found = {(one.year, one.week): one for one in reading.releases(both.released, city.id)}
    faults, chosen = [], []
    for text in dict.fromkeys(given.weeks):
        try:
            chosen.append(found[weeks.parse(text)])
        except ValueError as error:
            faults.append(str(error))
        except KeyError:
            faults.append(f"week: {text} is not released in {city.id}; allowed: see signals list")
    if faults:
        raise SignalsError("\n".join(faults))
    package.write(given.out, both.released, city, chosen, given.licence)
    if city.inhabitants is None:
        print(f"{city.id}: how many live there is not known (city.yml: inhabitants).")
    print(f"{given.out}: {common.counted(len(chosen), 'week')} of {city.id}.")
    return 0


def side_by_side(given: argparse.Namespace) -> int:
    """Print the topics of packages beside each other."""
    packages, faults = [], []
    for path in (given.first, *given.others):
        try:
            packages.append(package_reading.read(path))
        except SignalsError as error:
            faults += str(error).split("\n")
    if faults:
        return common.tell("signals compare", faults)
    try:
        for line in _comparison(packages):
            print(line)
    except SignalsError as error:
        return common.tell("signals compare", str(error).split("\n"))
    return 0


def _comparison(packages: Sequence[Package]) -> Iterator[str]:
    shared = compare.weeks_of_all(packages)
    span = f"{shared[0]} to {shared[-1]}" if len(shared) > 1 else str(shared[0])
    yield f"A week for every 10,000 inhabitants, {common.counted(len(shared), 'week')}: {span}."
    for one in packages:
        if one.invented:
            yield f"{one.city}: INVENTED FOR A DEMONSTRATION."
        if one.inhabitants is None:
            yield f"{one.city}: how many live there is not known (city.yml: inhabitants)."
    yield f"{'topic':32}" + "".join(f"{one.city:>28}" for one in packages)
    for line in compare.compare(packages):
        yield f"{line.topic:32}" + "".join(f"{_share(share):>28}" for share in line.shares)


def _share(share: Share | None) -> str:
    if share is None:
        return "not known"
    value = "hidden" if share.value is None else f"{share.value:.2f}"
    return f"{value} ({share.low:.2f} to {share.high:.2f})"


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, verb: object, about: str
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about)
    parser.add_argument("--city", metavar="CITY|FOLDER|ZIP", help="without it, RIGHTDOOR_CITY")
    parser.set_defaults(run=lambda given: _run(verb, name, given))
    return parser


def _run(verb: object, name: str, given: argparse.Namespace) -> int:
    assert callable(verb)
    try:
        at = settings.read()
        city = common.pack_of(given.city or at.city).city
        with store.opened(at) as both:
            code: int = verb(given, at, city, both)
        return code
    except SQLAlchemyError as error:
        # The error's own text may quote the address of the database, password included.
        wrong = f"database: cannot be used ({type(error).__name__})"
        return common.tell(f"signals {name}", [f"{wrong}; allowed: one that can be reached"])
    except BrokenPipeError:
        raise
    except OSError as error:
        wrong = f"{error.filename}: {error.strerror}; allowed: a place to write to"
        return common.tell(f"signals {name}", [wrong])
    except (PackError, SettingsError, ValueError) as error:
        return common.tell(f"signals {name}", str(error).split("\n"))


def _oldest_kept(
    both: Databases, city: City, today: datetime.date, raw_weeks: int
) -> datetime.date:
    """Return the Monday from which on counters are kept: none goes that is not yet released."""
    aged = weeks.of_day(today).first_day - raw_weeks * WEEK
    return min([aged, *(week.first_day for week in due(both, city, today))])


def _today(city: City) -> datetime.date:
    return datetime.datetime.now(city.time_zone).date()


def _told(one: Release) -> str:
    invented = " INVENTED FOR A DEMONSTRATION." if one.invented else ""
    week = Week(one.year, one.week)
    return f"{one.city}: {week}, made on {one.made_on}, epsilon {one.epsilon:.3f}.{invented}"
