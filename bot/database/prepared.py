"""Tables as this version needs them: seen in a moment, and changed only when they are others.

Alembic takes as much memory as a small server, and hardly any start has anything to change.
"""

from __future__ import annotations

from sqlalchemy import column, inspect, select, table
from sqlalchemy.engine import Engine

# The newest revision of each history; a test holds them against the migrations.
NEWEST = {"raw": "r0002", "released": "d0001"}


def prepare(engine: Engine, history: str) -> None:
    """Bring the tables of a history to the newest form; raise what the database raises."""
    if _version(engine, history) == NEWEST[history]:
        return
    from bot.database import migrate

    migrate.upgrade(engine, migrate.HISTORIES[history])


def _version(engine: Engine, history: str) -> str | None:
    place = f"{history}_version"
    if not inspect(engine).has_table(place):
        return None
    with engine.connect() as connection:
        found: str | None = connection.execute(
            select(column("version_num")).select_from(table(place))
        ).scalar()
    return found
