"""What the dashboard may read: releases, and its own accounts and notes."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

NAME = String(64)

METADATA = MetaData()

# One release a city and ISO week, made once. `method` names the mechanism and its version,
# `settings` holds its parameters as JSON; `invented` marks a demonstration.
RELEASE = Table(
    "release",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("city", NAME, nullable=False),
    Column("year", Integer, nullable=False),
    Column("week", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("epsilon", Float, nullable=False),
    Column("method", NAME, nullable=False),
    Column("settings", Text, nullable=False),
    Column("invented", Boolean, nullable=False, default=False),
    UniqueConstraint("city", "year", "week"),
)

# One cell of a table of a release. `first` and `second` are the values of its dimensions ("" when
# the table has fewer). A hidden value is empty; `low` and `high` hold the true number with 90%.
CELL = Table(
    "release_cell",
    METADATA,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    Column("table_name", NAME, primary_key=True),
    Column("first", NAME, primary_key=True),
    Column("second", NAME, primary_key=True),
    Column("value", Integer),
    Column("low", Integer),
    Column("high", Integer),
)

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", NAME, nullable=False, unique=True),
    Column("role", NAME, nullable=False),
    # Empty for those who sign in by OpenID Connect only.
    Column("password_hash", String(256), nullable=False, default=""),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", DateTime(timezone=True)),
    # Raised to end all sessions of an account.
    Column("session_number", Integer, nullable=False, default=0),
)

SIGN_IN = Table(
    "sign_in",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("name", NAME, nullable=False),
    Column("outcome", NAME, nullable=False),
)

NOTE = Table(
    "note",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("city", NAME, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("text", String(280), nullable=False),
    Column("written_by", NAME, nullable=False),
)
