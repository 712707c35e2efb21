"""Releases and their cells; accounts, sign-ins and notes of the dashboard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d0001"
down_revision = None

NAME = sa.String(64)


def upgrade() -> None:
    """Make the tables."""
    _releases()
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", NAME, nullable=False, unique=True),
        sa.Column("role", NAME, nullable=False),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        sa.Column("session_number", sa.Integer, nullable=False),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("outcome", NAME, nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("city", NAME, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("text", sa.String(280), nullable=False),
        sa.Column("written_by", NAME, nullable=False),
    )


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("city", NAME, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("epsilon", sa.Float, nullable=False),
        sa.Column("method", NAME, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("invented", sa.Boolean, nullable=False),
        sa.UniqueConstraint("city", "year", "week"),
    )
    op.create_table(
        "release_cell",
        sa.Column("release_id", sa.Integer, sa.ForeignKey("release.id"), primary_key=True),
        sa.Column("table_name", NAME, primary_key=True),
        sa.Column("first", NAME, primary_key=True),
        sa.Column("second", NAME, primary_key=True),
        sa.Column("value", sa.Integer),
        sa.Column("low", sa.Integer),
        sa.Column("high", sa.Integer),
    )


def downgrade() -> None:
    """Drop the tables, and all that is in them."""
    for table in ("note", "sign_in", "account", "release_cell", "release"):
        op.drop_table(table)
