"""`make demo`: a database of releases of invented demand, to see the dashboard on the first day.

Every release is marked as invented. The releases are made by the real code with real noise; the
made-up counters live in memory only.
"""

from __future__ import annotations

import argparse
import datetime
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.database import migrate, raw, released
from bot.database.engine import engine
from bot.directory import pack
from bot.directory.model import City
from bot.signals import invented, package, reading, release
from bot.signals.weeks import WEEK, Week, of_day

FILE, WEEKS, SEED = "demo.sqlite3", 52, 6
OTHER_CITIES, OTHER_WEEKS = "demo-cities", 13
ROLES = ("viewer", "editor", "admin")
NOTES = {
    "school": "The school year begins (invented)",
    "incident": "An attack in the city centre (invented)",
}


class DemoError(RuntimeError):
    """The demonstration cannot be made; the text says why and what to do."""


def weeks_before(today: datetime.date, count: int) -> list[Week]:
    """Return the last closed weeks, the oldest first."""
    last = of_day(today - WEEK)
    return [of_day(last.first_day - number * WEEK) for number in reversed(range(count))]


def fill(
    found: Engine, city: City, today: datetime.date, weeks: int = WEEKS, seed: int = SEED
) -> None:
    """Make the tables, and a release for each of so many weeks before `today`, all invented."""
    migrate.upgrade(found, migrate.RELEASED)
    chosen, counters = weeks_before(today, weeks), engine("sqlite://")
    raw.METADATA.create_all(counters)
    for week, rows in zip(chosen, invented.demand(city, chosen, seed)):
        with counters.begin() as connection:
            connection.execute(delete(raw.DEMAND))
            connection.execute(insert(raw.DEMAND), rows)
        release.make(counters, found, city, week, today=today, invented=True)
    counters.dispose()
    _note(found, city, chosen)


def add_accounts(found: Engine) -> dict[str, str]:
    """Add an account for each role; return their made-up passwords by name."""
    passwords = {f"demo-{role}": secrets.token_urlsafe(12) for role in ROLES}
    hasher = PasswordHasher()
    rows = [
        {
            "name": f"demo-{role}",
            "role": role,
            "password_hash": hasher.hash(passwords[f"demo-{role}"]),
        }
        for role in ROLES
    ]
    with found.begin() as connection:
        connection.execute(insert(released.ACCOUNT), rows)
    return passwords


def make(path: Path, city: City, today: datetime.date, weeks: int = WEEKS) -> dict[str, str]:
    """Write the database whole or not at all; return the passwords by name of account.

    Raise DemoError when something else stands there: real releases are never written over.
    """
    _refuse_what_is_real(path)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    found = engine(f"sqlite:///{new}")
    fill(found, city, today, weeks)
    passwords = add_accounts(found)
    found.dispose()
    os.replace(new, path)
    return passwords


def make_neighbours(folder: Path, city: City, today: datetime.date) -> None:
    """Write invented open data of the other cities whose packs are there."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(settings.cities()):
        other = pack.load(name).city
        if other.id == city.id:
            continue
        found = engine("sqlite://")
        fill(found, other, today, OTHER_WEEKS, SEED + 1 + number)
        made = reading.releases(found, other.id)
        package.write(folder / f"{other.id}.zip", found, other, made, next(iter(package.LICENCES)))
        found.dispose()


def _note(found: Engine, city: City, weeks: Sequence[Week]) -> None:
    days = {"incident": invented.shock_week(weeks).first_day + datetime.timedelta(days=1)}
    september = [week.first_day for week in weeks if week.first_day.month == 9]
    if september:
        days["school"] = september[0]
    rows = [
        {"city": city.id, "first_day": day, "text": NOTES[name], "written_by": "demo-editor"}
        for name, day in days.items()
    ]
    with found.begin() as connection:
        connection.execute(insert(released.NOTE), rows)


def _refuse_what_is_real(path: Path) -> None:
    if not path.exists():
        return
    there = engine(f"sqlite:///{path}")
    try:
        with there.connect() as connection:
            real = connection.execute(select(released.RELEASE).where(~released.RELEASE.c.invented))
            is_real = real.first() is not None
    except SQLAlchemyError:
        is_real = True
    finally:
        there.dispose()
    if is_real:
        raise DemoError(f"{path}: is there and is no demonstration; allowed: another name (--out)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the demonstration and tell how to see it; return the exit code."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.split("\n")[0])
    parser.add_argument("--out", metavar="FILE", type=Path, default=Path(FILE))
    given = parser.parse_args(arguments)
    try:
        config = settings.read()
        city = pack.load(config.city).city
        today = datetime.datetime.now(city.time_zone).date()
        passwords = make(given.out, city, today)
        make_neighbours(given.out.with_name(OTHER_CITIES), city, today)
    except (DemoError, settings.SettingsError, pack.PackError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    _tell(given.out, passwords)
    return 0


def _tell(path: Path, passwords: dict[str, str]) -> None:
    print(f"{path}: {WEEKS} weeks of invented demand. Nothing in it is true.")
    print("Sign in with one of these names; the passwords are made up anew each time:")
    for name, password in passwords.items():
        print(f"  {name:14} {password}")
    print("See it:")
    folder = path.with_name(OTHER_CITIES)
    print(
        f"  RELEASES_URL=sqlite:///{path} OTHER_CITIES={folder} .venv/bin/python -m bot.dashboard"
    )


if __name__ == "__main__":
    sys.exit(main())
