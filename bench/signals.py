"""A million counted messages, and ten years of releases: times, ratios and sizes.

`python -m bench.signals`. The releases of one year are made by the real code from invented demand;
the nine years before are copies of it. Pages are asked through the whole application, signed in.
"""

from __future__ import annotations

import datetime
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import insert, select
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot import settings
from bot.dashboard import app
from bot.dashboard.sessions import Cookies
from bot.dashboard.site import Site
from bot.database import migrate
from bot.database.engine import engine
from bot.database.released import ACCOUNT, CELL, RELEASE
from bot.demand.ledger import BATCH, Ledger
from bot.demand.signal import Count, Signal, source
from bot.directory import pack
from bot.directory.model import City
from bot.signals import demo, release, tables
from bot.signals.weeks import of_day

MESSAGES, YEARS, WEEKS = 1_000_000, 10, 52
DAYS = 7
TIMES_ASKED = 10
CITY, SEED = "brussels", 37
TODAY = datetime.date(2026, 11, 23)
PASSWORD = "only for this measurement"  # noqa: S105
FILES = ("/files/week.csv?by=route", "/files/council.pdf")


def measure() -> dict[str, dict[str, float]]:
    """Return rows of figures by name: milliseconds, megabytes, and how many times as much."""
    city = pack.load(CITY).city
    with tempfile.TemporaryDirectory() as folder:
        return {**_counting(Path(folder), city), **_reading(Path(folder), city)}


def _counting(folder: Path, city: City) -> dict[str, dict[str, float]]:
    path = folder / "raw.sqlite3"
    raw, released = engine(f"sqlite:///{path}"), engine(f"sqlite:///{folder / 'one.sqlite3'}")
    migrate.upgrade(released, migrate.RELEASED)
    begin = time.perf_counter()
    ledger, chance = Ledger(raw), random.Random(SEED)  # noqa: S311
    for batch in _batches(city, chance):
        ledger.write(batch, {source("telegram", CITY): batch[0].update_id or 0})
    seconds = time.perf_counter() - begin
    begin = time.perf_counter()
    release.make(raw, released, city, of_day(TODAY - datetime.timedelta(DAYS)), today=TODAY)
    made = time.perf_counter() - begin
    counted = {"per_second": round(MESSAGES / seconds), "megabytes": _megabytes(path)}
    name = f"counting {MESSAGES:,} messages"
    return {name: counted, "their release": {"ms": round(1000 * made)}}


def _batches(city: City, chance: random.Random) -> Iterator[list[Count]]:
    known = tables.known_values(city)
    first = TODAY - datetime.timedelta(DAYS)
    for start in range(0, MESSAGES, BATCH):
        yield [
            Count(_signal(known, chance, first), update_id=start + number)
            for number in range(min(BATCH, MESSAGES - start))
        ]


def _signal(
    known: dict[str, tuple[str, ...]], chance: random.Random, first: datetime.date
) -> Signal:
    return Signal(
        day=first + datetime.timedelta(chance.randrange(DAYS)),
        city=CITY,
        channel="telegram",
        **{name: chance.choice(values) for name, values in known.items()},
    )


def _reading(folder: Path, city: City) -> dict[str, dict[str, float]]:
    path = folder / "releases.sqlite3"
    found = engine(f"sqlite:///{path}")
    begin = time.perf_counter()
    demo.fill(found, city, TODAY, WEEKS)
    each = 1000 * (time.perf_counter() - begin) / WEEKS
    _add_account(found)
    one_year, small = _pages(found, path), _megabytes(path)
    _copy_back(found, YEARS - 1)
    ten_years = _pages(found, path)
    rows: dict[str, dict[str, float]] = {"an invented week with its release": {"ms": round(each)}}
    rows[f"{YEARS} years of releases"] = {"megabytes": _megabytes(path), "one_year": small}
    for address, figures in ten_years.items():
        ratio = round(figures["p50_ms"] / one_year[address]["p50_ms"], 1)
        before = one_year[address]["p50_ms"]
        rows[f"page {address}"] = {**figures, "one_year_p50_ms": before, "times": ratio}
    return rows


def _copy_back(found: Engine, years: int) -> None:
    """Copy a year of releases to each of so many years before it."""
    with found.begin() as connection:
        releases = [dict(row._mapping) for row in connection.execute(select(RELEASE))]
        for year in range(1, years + 1):
            for one in releases:
                cells = connection.execute(select(CELL).where(CELL.c.release_id == one["id"]))
                copies = [dict(row._mapping) for row in cells]
                day = one["first_day"] - datetime.timedelta(weeks=WEEKS * year)
                week = of_day(day)
                new = {**one, "first_day": day, "year": week.year, "week": week.number}
                new.pop("id")
                made = connection.execute(insert(RELEASE).values(new)).inserted_primary_key[0]
                connection.execute(insert(CELL), [{**cell, "release_id": made} for cell in copies])


def _add_account(found: Engine) -> None:
    row = {"name": "bench", "role": "viewer", "password_hash": PasswordHasher().hash(PASSWORD)}
    with found.begin() as connection:
        connection.execute(insert(ACCOUNT).values(row))


def _pages(found: Engine, path: Path) -> dict[str, dict[str, float]]:
    given = settings.read({"RELEASES_URL": f"sqlite:///{path}", "RIGHTDOOR_CITY": CITY})
    site = Site(found, pack.load(CITY), given, Cookies(""))
    with TestClient(app.build(site), "http://127.0.0.1") as client:
        _sign_in(client)
        return {address: _asked(client, address) for address in (*app.PAGES, *FILES)}


def _sign_in(client: TestClient) -> None:
    form = client.get("/sign-in").text
    found = re.search(r'name="token" value="(\w+)"', form)
    fields = {"token": found[1] if found else "", "name": "bench", "password": PASSWORD}
    client.post("/sign-in", data=fields).raise_for_status()


def _asked(client: Any, address: str) -> dict[str, float]:
    times, size = [], 0
    for _ in range(TIMES_ASKED + 1):
        begin = time.perf_counter()
        answer = client.get(address).raise_for_status()
        times.append(1000 * (time.perf_counter() - begin))
        size = len(answer.content)
    # The first time, words and templates are read.
    times = sorted(times[1:])
    return {
        "p50_ms": round(statistics.median(times), 1),
        "most_ms": round(times[-1], 1),
        "kilobytes": round(size / 1000, 1),
    }


def _megabytes(path: Path) -> float:
    return round(path.stat().st_size / 1_000_000, 1)


def main() -> None:
    """Measure and print the figures."""
    for name, row in measure().items():
        print(f"{name:36} {row}")


if __name__ == "__main__":
    main()
