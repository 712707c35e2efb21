"""What the dashboard's own role may do in PostgreSQL: read releases, keep accounts and notes."""

from __future__ import annotations

import re

from sqlalchemy import MetaData, Table
from sqlalchemy.engine import Connection, Engine

from bot.database import migrate, raw
from bot.database.engine import writing
from bot.database.released import ACCOUNT, CELL, NOTE, RELEASE, SIGN_IN

READ = (RELEASE, CELL)
KEPT = (ACCOUNT, SIGN_IN, NOTE)


class RoleError(ValueError):
    """The role cannot be given these rights; the text says why and what is allowed."""


def grant(engine: Engine, role: str) -> None:
    """Give an existing role of PostgreSQL the dashboard's rights, and take all others away.

    Make the tables of the releases first when they are missing. Raise RoleError for a database
    that has no roles, a role that is not there, or one that could do more all the same.
    """
    if engine.dialect.name != "postgresql":
        raise RoleError("RELEASES_URL: SQLite has no roles; allowed: a PostgreSQL database")
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", role):
        raise RoleError("ROLE: no such name; allowed: letters, digits and _, at most 63")
    migrate.upgrade(engine, migrate.RELEASED)
    with writing(engine) as connection:
        _check(connection, role)
        for statement in _statements(connection, role):
            connection.exec_driver_sql(statement)


def _check(connection: Connection, role: str) -> None:
    found = connection.exec_driver_sql(
        "SELECT rolsuper, rolname = current_user,"
        " EXISTS (SELECT 1 FROM pg_auth_members WHERE member = pg_roles.oid)"
        " FROM pg_roles WHERE rolname = %s",
        (role,),
    ).first()
    if found is None:
        raise RoleError("ROLE: not in this database; allowed: a role made with CREATE ROLE")
    if any(found):
        raise RoleError(
            "ROLE: it can do more than the dashboard may; allowed: a role that is no superuser,"
            " owns no tables of Right Door and is a member of no other role"
        )


def _statements(connection: Connection, role: str) -> list[str]:
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    every = [*_names(raw.METADATA), f"{migrate.RAW.name}_version"]
    there = [table for table in every if _is_there(connection, table)]
    sequences = ", ".join(f"{table.name}_id_seq" for table in KEPT)
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
    return [
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        *(f"REVOKE ALL ON {table} FROM {name}, PUBLIC" for table in there),
        f"REVOKE ALL ON {_list(READ + KEPT)} FROM {name}, PUBLIC",
        f"GRANT SELECT ON {_list(READ)}, {migrate.RELEASED.version_table} TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_list(KEPT)} TO {name}",
        f"GRANT USAGE ON {sequences} TO {name}",
    ]


def _is_there(connection: Connection, table: str) -> bool:
    found = connection.exec_driver_sql("SELECT to_regclass(%s) IS NOT NULL", (table,))
    return bool(found.scalar())


def _list(tables: tuple[Table, ...]) -> str:
    return ", ".join(table.name for table in tables)


def _names(metadata: MetaData) -> list[str]:
    return sorted(metadata.tables)
