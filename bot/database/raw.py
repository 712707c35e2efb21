"""The raw counters: one row is a sum. They are never shown; releases are made from them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, String, Table

NAME = String(64)

METADATA = MetaData()

DEMAND = Table(
    "demand",
    METADATA,
    Column("day", Date, primary_key=True),
    *(
        Column(name, NAME, primary_key=True)
        for name in ("city", "route", "language", "audience", "district", "channel", "outcome")
    ),
    Column("count", Integer, nullable=False),
)

# How far a channel has been counted: an update that comes again is not counted again.
PROGRESS = Table(
    "progress",
    METADATA,
    Column("channel", NAME, primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
)
