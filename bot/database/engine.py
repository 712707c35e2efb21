"""Reaches a database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine, make_url

# In seconds: a short wait for a locked file; a server that does not answer holds up nothing.
_PATIENCE = {"sqlite": {"timeout": 10}, "postgresql": {"connect_timeout": 2}}


def engine(database_url: str) -> Engine:
    """Return the engine of a SQLAlchemy address; it connects only when it is used."""
    return create_engine(
        database_url,
        future=True,
        pool_pre_ping=True,
        # An error must not quote what was to be written, nor the address with its password.
        hide_parameters=True,
        connect_args=_PATIENCE[make_url(database_url).get_backend_name()],
    )


@contextmanager
def writing(reached: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that writes: all of it, or nothing when it raises.

    In SQLite it has the file for itself from its first statement on, so that it can read and then
    write, tables included, and nobody else comes in between.
    """
    with reached.begin() as connection:
        if reached.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
