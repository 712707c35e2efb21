"""Brings a database's tables to the form that this version of Right Door needs, data included.

The raw counters and the releases have a history each (bot/database/migrations/), since they may
be in two databases; in one database both keep their place in a table of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData
from sqlalchemy.engine import Connection, Engine

from bot.database import raw, released
from bot.database.engine import writing

FOLDER = Path(__file__).parent / "migrations"
NEWEST, NOTHING = "head", "base"
_ONE_AT_A_TIME = threading.Lock()
# Any number will do that nothing else locks in the same database.
LOCK = 7_263_148


@dataclass(frozen=True)
class History:
    """One history of tables: its folder in migrations/, and what the tables are in the end."""

    name: str
    metadata: MetaData

    @property
    def version_table(self) -> str:
        """Return the name of the table that holds how far a database has come."""
        return f"{self.name}_version"


RAW = History("raw", raw.METADATA)
RELEASED = History("released", released.METADATA)
HISTORIES = {one.name: one for one in (RAW, RELEASED)}


def upgrade(engine: Engine, history: History, to: str = NEWEST) -> None:
    """Make or change the tables of a history; nothing happens when they are as they should be.

    Processes that start together wait for each other. Raise what the database raises.
    """
    # Most starts find everything as it should be: that needs neither a lock nor a right to write.
    if to == NEWEST and version(engine, history) == newest(history):
        return
    with _configured(engine, history) as config:
        command.upgrade(config, to)


def downgrade(engine: Engine, history: History, to: str) -> None:
    """Go back to an earlier form; what it has no place for is lost."""
    with _configured(engine, history) as config:
        command.downgrade(config, to)


def version(engine: Engine, history: History) -> str | None:
    """Return the revision that a database has come to; None before the first."""
    with engine.connect() as connection:
        return _context(connection, history).get_current_revision()


def newest(history: History) -> str | None:
    """Return the revision that this version of Right Door needs."""
    return ScriptDirectory.from_config(_config(history)).get_current_head()


def differences(engine: Engine, history: History) -> list[Any]:
    """Return what differs between the tables in a database and those that the code describes."""
    with engine.connect() as connection:
        return list(compare_metadata(_context(connection, history), history.metadata))


def options(history: History) -> dict[str, Any]:
    """Return how Alembic is to look at a database for this history; see migrations/env.py."""

    def is_of_this_history(
        _: object, name: str | None, kind: str, reflected: bool, other: object
    ) -> bool:
        # In one database each history sees its own tables only.
        return kind != "table" or name in history.metadata.tables

    return {
        "target_metadata": history.metadata,
        "version_table": history.version_table,
        "include_object": is_of_this_history,
        "compare_type": True,
    }


def _context(connection: Connection, history: History) -> MigrationContext:
    return MigrationContext.configure(connection, opts=options(history))


def _config(history: History) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(FOLDER / history.name).replace("%", "%%"))
    return config


@contextmanager
def _configured(engine: Engine, history: History) -> Iterator[Config]:
    config = _config(history)
    # Alembic knows one migration at a time in a process; the database's lock is for other ones.
    with _ONE_AT_A_TIME, writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        config.attributes.update(connection=connection, options=options(history))
        yield config
