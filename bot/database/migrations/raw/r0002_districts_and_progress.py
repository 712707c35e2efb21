"""Counters get a district, and updates that are counted are known again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"

BEFORE = ("city", "route", "language", "audience", "channel", "outcome")
AFTER = ("city", "route", "language", "audience", "district", "channel", "outcome")


def upgrade() -> None:
    """Make the counters anew with the district "none" in all of them, and the table of progress."""
    op.rename_table("demand", "demand_before")
    _counters(AFTER)
    same = ", ".join(AFTER)
    op.execute(
        f'INSERT INTO demand (day, {same}, "count")'  # noqa: S608 - names of this file only
        f""" SELECT day, {same.replace("district", "'none'")}, "count" FROM demand_before"""
    )
    _drop_before()
    op.create_table(
        "progress",
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    )


def downgrade() -> None:
    """Make the counters anew with the sums over all districts, and drop the table of progress."""
    op.drop_table("progress")
    op.rename_table("demand", "demand_before")
    _counters(BEFORE)
    same = ", ".join(BEFORE)
    op.execute(
        f'INSERT INTO demand (day, {same}, "count")'  # noqa: S608 - names of this file only
        f' SELECT day, {same}, SUM("count") FROM demand_before GROUP BY day, {same}'
    )
    _drop_before()


def _counters(names: tuple[str, ...]) -> None:
    op.create_table(
        "demand",
        sa.Column("day", sa.Date, primary_key=True),
        *(sa.Column(name, sa.String(64), primary_key=True) for name in names),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _drop_before() -> None:
    op.drop_table("demand_before")
    if op.get_bind().dialect.name == "postgresql":
        # Its first name was taken by the table it came from.
        op.execute("ALTER INDEX IF EXISTS demand_pkey1 RENAME TO demand_pkey")
