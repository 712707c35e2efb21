"""What all pages work with, and what one visit is: who comes, in which language, with what form."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from anyio import CapacityLimiter
from sqlalchemy.engine import Engine

from bot.dashboard.accounts import Account
from bot.dashboard.limits import Limit
from bot.dashboard.sessions import Cookies
from bot.database import prepared
from bot.directory.model import Pack
from bot.settings import Settings
from bot.words.catalogue import Words

MOST_REQUESTS, MOST_SIGN_INS = 600, 30
# Passwords judged at once, and attempts that wait for it: pages have the other threads.
JUDGED_AT_ONCE, MOST_WAITING = 2, 20


@dataclass(frozen=True)
class Site:
    """The dashboard of one city. `refusal_seconds` is how long a refused sign-in takes at least."""

    engine: Engine
    pack: Pack
    settings: Settings
    cookies: Cookies
    refusal_seconds: float = 1.0
    requests: Limit = field(default_factory=lambda: Limit(MOST_REQUESTS))
    sign_ins: Limit = field(default_factory=lambda: Limit(MOST_SIGN_INS))
    judging: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(JUDGED_AT_ONCE))

    @property
    def now(self) -> datetime.datetime:
        """Return this moment in UTC."""
        return datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc)

    @property
    def today(self) -> datetime.date:
        """Return the day in the city."""
        return self.now.astimezone(self.pack.city.time_zone).date()


@dataclass(frozen=True)
class Visit:
    """One request. `account` is None before signing in; `token` is what our forms must hold."""

    site: Site
    words: Words
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    token: str
    account: Account | None = None

    @property
    def language(self) -> str:
        """Return the language of the page."""
        return self.words.language

    @property
    def city(self) -> str:
        """Return the id of the city."""
        return self.site.pack.city.id

    @property
    def engine(self) -> Engine:
        """Return the database of the releases."""
        return self.site.engine


def prepare(engine: Engine) -> None:
    """Bring the tables to the form that this version needs."""
    prepared.prepare(engine, "released")
