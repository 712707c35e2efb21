"""Deletes raw counters when a release no longer needs them."""

from __future__ import annotations

import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Engine

from bot.database.engine import writing
from bot.database.raw import DEMAND


def delete_before(engine: Engine, city: str, day: datetime.date) -> int:
    """Delete the raw counters of a city from before `day`; return how many counts they held."""
    old = (DEMAND.c.city == city) & (DEMAND.c.day < day)
    with writing(engine) as connection:
        held = connection.execute(select(func.sum(DEMAND.c.count)).where(old)).scalar()
        connection.execute(delete(DEMAND).where(old))
    return int(held or 0)
