"""The accounts of the dashboard: who may sign in, and with which role."""

from __future__ import annotations

import datetime
import re
import secrets
from dataclasses import dataclass

from sqlalchemy import case, delete, insert, or_, select, update
from sqlalchemy.engine import Engine, Row
from sqlalchemy.exc import IntegrityError

from bot.database.released import ACCOUNT

VIEWER, EDITOR, ADMIN = "viewer", "editor", "admin"
# Each role may do all that those before it may.
ROLES = (VIEWER, EDITOR, ADMIN)
NAME = re.compile(r"[\w.+@-]{2,64}")
MOST_FAILURES = 5
LOCKED_FOR = datetime.timedelta(minutes=15)
# Below the largest integer of the databases, with room to count on.
MOST_FIRST_NUMBERS = 2**30


class AccountError(ValueError):
    """What was asked for an account cannot be done; the text says why and what is allowed."""


@dataclass(frozen=True)
class Account:
    """One account. `password_hash` is empty for those who sign in by OpenID Connect only.

    `session_number` is raised to end all sessions; `locked_until` is in UTC.
    """

    id: int
    name: str
    role: str
    password_hash: str
    failures: int
    locked_until: datetime.datetime | None
    session_number: int

    def may(self, role: str) -> bool:
        """Tell whether it has this role or a higher one."""
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)

    def is_locked(self, now: datetime.datetime) -> bool:
        """Tell whether nobody can sign in with it at this moment."""
        return self.locked_until is not None and self.locked_until > now


def plain(name: str) -> str:
    """Return a name as it is kept: the case of letters does not matter."""
    # PostgreSQL takes no text with this sign.
    return name.replace("\x00", "\ufffd").strip().casefold()


def everyone(engine: Engine) -> list[Account]:
    """Return all accounts by name."""
    with engine.connect() as connection:
        return [_account(row) for row in connection.execute(select(ACCOUNT).order_by("name"))]


def named(engine: Engine, name: str) -> Account | None:
    """Return the account with this name."""
    return _one(engine, ACCOUNT.c.name == plain(name))


def of_id(engine: Engine, id_: int) -> Account | None:
    """Return the account with this id."""
    return _one(engine, ACCOUNT.c.id == id_)


def add(engine: Engine, name: str, role: str, password_hash: str) -> None:
    """Add an account; raise AccountError for a name or role that does not fit, or is there."""
    if not NAME.fullmatch(plain(name)):
        raise AccountError(f"name: {name!r} does not fit; allowed: 2 to 64 letters, digits, .+-_@")
    values = {
        "name": plain(name),
        "role": _checked(role),
        "password_hash": password_hash,
        # SQLite gives the id of a removed account to the next one, and a demonstration has ids
        # like ours: cookies of theirs must not fit.
        "session_number": secrets.randbelow(MOST_FIRST_NUMBERS),
    }
    try:
        with engine.begin() as connection:
            connection.execute(insert(ACCOUNT).values(values))
    except IntegrityError:
        raise AccountError(f"name: {name!r} has an account; allowed: a new name") from None


def remove(engine: Engine, name: str) -> None:
    """Remove an account and end its sessions; raise AccountError when it is not there."""
    with engine.begin() as connection:
        done = connection.execute(delete(ACCOUNT).where(ACCOUNT.c.name == plain(name)))
    _is_done(engine, name, done.rowcount)


def set_role(engine: Engine, name: str, role: str) -> None:
    """Give an account another role; it counts from the next page on."""
    _change(engine, name, role=_checked(role))


def set_password(engine: Engine, name: str, password_hash: str) -> None:
    """Give an account another password, unlock it and end its sessions."""
    _change(
        engine,
        name,
        password_hash=password_hash,
        failures=0,
        locked_until=None,
        session_number=ACCOUNT.c.session_number + 1,
    )


def unlock(engine: Engine, name: str) -> None:
    """Forget the failures of an account."""
    _change(engine, name, failures=0, locked_until=None)


def end_sessions(engine: Engine, account: Account) -> None:
    """End all sessions of an account, on whatever machine."""
    _change(engine, account.name, session_number=ACCOUNT.c.session_number + 1)


def begin_attempt(engine: Engine, name: str, now: datetime.datetime) -> Account | None:
    """Count an attempt to sign in before it is judged; None when there may be none now.

    Counted first, in one statement, so that many guesses at once are no more than one after the
    other. The fifth in a row locks the account, until it turns out to be right.
    """
    lock_is_over = ACCOUNT.c.locked_until.isnot(None)
    failures = case((lock_is_over, 1), else_=ACCOUNT.c.failures + 1)
    locked_until = case((failures >= MOST_FAILURES, now + LOCKED_FOR), else_=None)
    is_free = or_(ACCOUNT.c.locked_until.is_(None), ACCOUNT.c.locked_until <= now)
    change = update(ACCOUNT).where(ACCOUNT.c.name == plain(name), is_free)
    with engine.begin() as connection:
        done = connection.execute(change.values(failures=failures, locked_until=locked_until))
    return named(engine, name) if done.rowcount else None


def _checked(role: str) -> str:
    if role not in ROLES:
        raise AccountError(f"role: {role!r} is unknown; allowed: {', '.join(ROLES)}")
    return role


def _change(engine: Engine, name: str, **values: object) -> None:
    with engine.begin() as connection:
        changed = update(ACCOUNT).where(ACCOUNT.c.name == plain(name)).values(**values)
        done = connection.execute(changed)
    _is_done(engine, name, done.rowcount)


def _is_done(engine: Engine, name: str, rows: int) -> None:
    if not rows:
        known = ", ".join(account.name for account in everyone(engine)) or "none yet"
        raise AccountError(f"name: {name!r} has no account; accounts: {known}")


def _one(engine: Engine, condition: object) -> Account | None:
    with engine.connect() as connection:
        row = connection.execute(select(ACCOUNT).where(condition)).first()
    return _account(row) if row else None


def _account(row: Row) -> Account:
    given = dict(row._mapping)
    until = given["locked_until"]
    # SQLite keeps no time zone: what is written is UTC.
    if until is not None and until.tzinfo is None:
        given["locked_until"] = until.replace(tzinfo=datetime.timezone.utc)
    return Account(**given)
