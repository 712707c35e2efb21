"""Signing in with a name and a password: judged, counted, and never told why it was refused."""

from __future__ import annotations

import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine

from bot.dashboard import accounts, passwords
from bot.dashboard.accounts import Account
from bot.database.released import SIGN_IN

IN, REFUSED, LOCKED = "in", "refused", "locked"
# Whoever mistypes may type a password in the place of the name: unknown names are not kept.
UNKNOWN = "?"
KEPT_FOR = datetime.timedelta(days=90)


def attempt(engine: Engine, name: str, password: str, now: datetime.datetime) -> Account | None:
    """Return the account when name and password fit and it is not locked; count it either way."""
    account = accounts.begin_attempt(engine, name, now)
    # The password is judged in any case: how long it takes tells nothing.
    right = passwords.fits(account.password_hash if account else "", password)
    if account and right:
        accounts.unlock(engine, account.name)
        note(engine, account.name, IN, now)
        return account
    known = accounts.named(engine, name)
    outcome = LOCKED if known and known.is_locked(now) else REFUSED
    note(engine, known.name if known else UNKNOWN, outcome, now)
    return None


def note(engine: Engine, name: str, outcome: str, now: datetime.datetime) -> None:
    """Keep that somebody signed in or was refused: the day, the account, nothing else."""
    with engine.begin() as connection:
        connection.execute(delete(SIGN_IN).where(SIGN_IN.c.day < (now - KEPT_FOR).date()))
        connection.execute(insert(SIGN_IN).values(day=now.date(), name=name, outcome=outcome))


def latest(engine: Engine, count: int = 50) -> list[tuple[datetime.date, str, str]]:
    """Return day, name and outcome of the latest attempts, the newest first."""
    columns = select(SIGN_IN.c.day, SIGN_IN.c.name, SIGN_IN.c.outcome)
    with engine.connect() as connection:
        rows = connection.execute(columns.order_by(SIGN_IN.c.id.desc()).limit(count))
        return [(row.day, row.name, row.outcome) for row in rows]
