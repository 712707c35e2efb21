"""The counters of the first version, without a district.

They may be there already: that version made them without leaving word.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None

NAMES = ("city", "route", "language", "audience", "channel", "outcome")


def upgrade() -> None:
    """Make the table unless it is there."""
    if sa.inspect(op.get_bind()).has_table("demand"):
        return
    op.create_table(
        "demand",
        sa.Column("day", sa.Date, primary_key=True),
        *(sa.Column(name, sa.String(64), primary_key=True) for name in NAMES),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the table, and all counts with it."""
    op.drop_table("demand")
