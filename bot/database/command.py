"""`rightdoor database ...`: makes the tables, and gives the dashboard's role its rights."""

from __future__ import annotations

import argparse
import sys

from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.database import migrate, roles
from bot.database.engine import engine

# The error itself may quote an address with its password.
OUT_OF_REACH = (
    "The database cannot be reached or does not allow this ({kind})."
    " Check DATABASE_URL and RELEASES_URL, and run this as the owner of the tables."
)


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of the databases to the command line."""
    database = parts.add_parser("database", help="make tables; rights of the dashboard's role")
    commands = database.add_subparsers(required=True, metavar="COMMAND")
    upgrade = commands.add_parser("upgrade", help="bring all tables to this version's form")
    upgrade.set_defaults(run=_upgrade)
    grant = commands.add_parser(
        "grant", help="let a PostgreSQL role read releases, and nothing of the raw counters"
    )
    grant.add_argument("role", metavar="ROLE")
    grant.set_defaults(run=_grant)


def _upgrade(chosen: argparse.Namespace) -> int:
    return _done(chosen, "All tables have the form that this version needs.")


def _grant(chosen: argparse.Namespace) -> int:
    return _done(chosen, "The role may read releases, and keep accounts and notes.")


def _done(chosen: argparse.Namespace, told: str) -> int:
    try:
        given = settings.read()
        releases = engine(given.releases_url)
        if chosen.run is _grant:
            roles.grant(releases, chosen.role)
        else:
            migrate.upgrade(engine(given.database_url), migrate.RAW)
            migrate.upgrade(releases, migrate.RELEASED)
    except (settings.SettingsError, roles.RoleError) as error:
        print(error, file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        print(OUT_OF_REACH.format(kind=type(error).__name__), file=sys.stderr)
        return 1
    print(told)
    return 0
