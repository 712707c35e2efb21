"""Makes the release of one closed week: counted, noised, hidden, rounded, stored, never again."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.database.raw import DEMAND
from bot.database.released import CELL, RELEASE
from bot.directory.model import City
from bot.signals import noise, reading, tables
from bot.signals.budget import ROUNDED_TO, Plan
from bot.signals.reading import Cell, Release
from bot.signals.weeks import WEEK, Week, of_day

# Rounding to 5 moves a whole number by at most 2.
MOVED = ROUNDED_TO // 2


class SignalsError(ValueError):
    """What was asked for cannot be done: one line for each fault."""


def make(
    raw: Engine,
    released: Engine,
    city: City,
    week: Week,
    *,
    today: datetime.date,
    plan: Plan | None = None,
    invented: bool = False,
) -> Release:
    """Return the stored release of a week; make it when there is none yet.

    It is never made anew: each further draw of the noise would give some of it away. Of two
    processes that make it at once, one stores it, and the other one's draw is thrown away unseen.
    Raise SignalsError for a week that is not over, or of which there are no counters.
    """
    stored = reading.release(released, city.id, *week)
    if stored:
        return stored
    _refuse(raw, city, week, today)
    plan = plan or Plan()
    cells = protected(tables.counted(_rows(raw, city, week), tables.known_values(city)), plan)
    _store(released, _line(city, week, today, plan, invented), cells)
    found = reading.release(released, city.id, *week)
    assert found is not None
    return found


def first_week(raw: Engine, city: City) -> Week | None:
    """Return the week of the oldest counters that are still there."""
    wanted = select(func.min(DEMAND.c.day)).where(DEMAND.c.city == city.id)
    with raw.connect() as connection:
        day: datetime.date | None = connection.execute(wanted).scalar()
    return of_day(day) if day else None


def protected(counts: Mapping[str, tables.Counts], plan: Plan) -> list[Cell]:
    """Return all cells of all tables as they may be seen."""
    return [cell for name, table in counts.items() for cell in _protected(name, table, plan)]


def shown(noisy: int, hide_below: int) -> int | None:
    """Return a noisy number rounded to 5, or None when it is to be hidden."""
    return None if noisy < hide_below else ROUNDED_TO * math.floor((noisy + MOVED) / ROUNDED_TO)


def settings_of(plan: Plan) -> dict[str, Any]:
    """Return how a release is made, for whoever reads it; `epsilon` is what OpenDP proves."""
    return {
        "unit": "one conversation-day",
        "bound": plan.bound,
        "confidence": noise.CONFIDENCE,
        "rounded_to": ROUNDED_TO,
        "version": noise.version(),
        "tables": {name: _table_settings(name, plan) for name in tables.TABLES},
    }


def _table_settings(name: str, plan: Plan) -> dict[str, float]:
    scale = plan.scale(name)
    return {
        "epsilon": noise.proven_epsilon(scale, plan.bound),
        "scale": scale,
        "hide_below": plan.hide_below(name),
        "reach": noise.reach(scale),
    }


def _protected(name: str, counts: tables.Counts, plan: Plan) -> Iterable[Cell]:
    scale, hide_below = plan.scale(name), plan.hide_below(name)
    spread = noise.reach(scale) + MOVED
    for (first, second), noisy in zip(counts, noise.added(list(counts.values()), scale)):
        value = shown(noisy, hide_below)
        low, high = (None, None) if value is None else (max(0, value - spread), value + spread)
        yield Cell(name, first, second, value, low, high)


def _refuse(raw: Engine, city: City, week: Week, today: datetime.date) -> None:
    if not week.is_closed(today):
        raise SignalsError(f"week: {week} is not over in {city.id}; allowed: a week that is over")
    first = first_week(raw, city)
    # Numbers of noise alone would look as if nobody had asked for anything.
    if first is None or week < first:
        since = f"{first} and later" if first else "none yet"
        raise SignalsError(f"week: {week} has no counters in {city.id}; allowed: {since}")


def _rows(raw: Engine, city: City, week: Week) -> list[tuple[tables.Row, int]]:
    days = DEMAND.c.day >= week.first_day, DEMAND.c.day < week.first_day + WEEK
    wanted = select(DEMAND).where(DEMAND.c.city == city.id, *days)
    with raw.connect() as connection:
        return [(dict(row), row["count"]) for row in connection.execute(wanted).mappings()]


def _line(
    city: City, week: Week, today: datetime.date, plan: Plan, invented: bool
) -> dict[str, object]:
    made = settings_of(plan)
    return {
        "city": city.id,
        "year": week.year,
        "week": week.number,
        "first_day": week.first_day,
        "made_on": today,
        "epsilon": math.fsum(table["epsilon"] for table in made["tables"].values()),
        "method": noise.METHOD,
        "settings": json.dumps(made),
        "invented": invented,
    }


def _store(released: Engine, line: dict[str, object], cells: Iterable[Cell]) -> None:
    try:
        with released.begin() as connection:
            made = connection.execute(insert(RELEASE).values(**line)).inserted_primary_key[0]
            connection.execute(insert(CELL), [_row(made, cell) for cell in cells])
    except IntegrityError:
        # Another process was first: what it stored counts, and this draw is forgotten.
        return


def _row(made: int, cell: Cell) -> dict[str, object]:
    values = {name: value for name, value in vars(cell).items() if name != "table"}
    return {"release_id": made, "table_name": cell.table, **values}
