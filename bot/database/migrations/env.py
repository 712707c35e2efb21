"""Alembic runs this for every migration: in the transaction that bot/database/migrate.py opened."""

from __future__ import annotations

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], **given["options"])
with context.begin_transaction():
    context.run_migrations()
