"""Releases with invented numbers, a dashboard on them, and staff who visit it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import insert
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot import settings
from bot.dashboard import accounts, app
from bot.dashboard.limits import Limit
from bot.dashboard.sessions import Cookies
from bot.dashboard.site import Site, prepare
from bot.database.engine import engine
from bot.database.released import CELL, RELEASE
from bot.directory import pack
from bot.signals import release, tables
from bot.signals.budget import Plan

NEWEST = datetime.date(2026, 11, 16)
SECRET = "a secret of the tests, long enough for a key"
PASSWORD = "correct horse battery staple"
# Argon2 with the least settings: hundreds of tests sign in.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
NAMES = {"viewer": "vera", "editor": "edda", "admin": "ada"}
SETTINGS = release.settings_of(Plan())
Number = Callable[[str, str, str, int], "int | None"]


def typical(table: str, first: str, second: str, weeks_ago: int) -> int | None:
    # Legal help has doubled this week, work and training has fallen away, the rest stays.
    if (table, first) == ("topic", "legal_help"):
        return 240 if weeks_ago == 0 else 100
    if (table, first) == ("topic", "job_help"):
        return None if weeks_ago == 0 else 300
    if table == "total":
        return 2000
    if (first, second) == ("housing_help", "unmet"):
        return 85
    return None if first in ("civic_participation", "sk") else 60


def add_release(
    reached: Engine, weeks_ago: int, number: Number = typical, invented: bool = False
) -> None:
    first_day = NEWEST - datetime.timedelta(weeks=weeks_ago)
    year, week, _ = first_day.isocalendar()
    row = {
        **{"city": "brussels", "year": year, "week": week, "first_day": first_day},
        **{"made_on": first_day + datetime.timedelta(days=8), "epsilon": 1.0},
        **{"method": "discrete-laplace", "settings": json.dumps(SETTINGS), "invented": invented},
    }
    with reached.begin() as connection:
        release_id = connection.execute(insert(RELEASE).values(row)).inserted_primary_key[0]
        connection.execute(insert(CELL), list(cells(release_id, weeks_ago, number)))


def cells(release_id: int, weeks_ago: int, number: Number) -> Iterator[dict[str, object]]:
    known = tables.known_values(pack.load("brussels").city)
    for table in tables.TABLES:
        for first, second in tables.cells_of(table, known):
            value = number(table, first, second, weeks_ago)
            ends = (None, None) if value is None else (max(0, value - 10), value + 10)
            yield {
                **{"release_id": release_id, "table_name": table, "first": first},
                **{"second": second, "value": value, "low": ends[0], "high": ends[1]},
            }


def site(folder: Path, weeks: int = 16, invented: bool = False, **environment: str) -> Site:
    url = f"sqlite:///{folder / 'releases.sqlite3'}"
    reached = engine(url)
    prepare(reached)
    for weeks_ago in range(weeks):
        add_release(reached, weeks_ago, invented=invented)
    for role, name in NAMES.items():
        accounts.add(reached, name, role, HASH)
    folders = {"OTHER_CITIES": str(folder / "other-cities")}
    given = settings.read({"RELEASES_URL": url, **folders, **environment})
    # Hundreds of pages are looked at in a minute.
    unhurried = Limit(1_000_000)
    return Site(
        *(reached, pack.load("brussels"), given, Cookies(SECRET)),
        refusal_seconds=0.0,
        requests=unhurried,
    )


class Staff:
    """A browser at the dashboard: it keeps cookies and sends the token of its forms."""

    def __init__(self, at: Site, base: str = "http://127.0.0.1") -> None:
        self.site = at
        self.client = TestClient(app.build(at), base, raise_server_exceptions=False)

    def get(self, path: str, **more):
        return self.client.get(path, **more)

    def post(self, path: str, page: str | None = None, **fields: str):
        token = token_in(self.get(page or path).text)
        return self.client.post(path, data={"token": token, **fields})

    def sign_in(self, role: str = "viewer", password: str = PASSWORD):
        return self.post("/sign-in", name=NAMES.get(role, role), password=password)


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    return found.group(1) if found else ""


def text_of(page: str) -> str:
    body = re.sub(r"<(title|desc|head).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())
