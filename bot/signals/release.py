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
from bot.signals.faults import SignalsError
from bot.signals.reading import Cell, Release
from bot.signals.weeks import WEEK, Week, of_day

# Rounding to 5 moves a whole number by at most 2.
MOVED = ROUNDED_TO // 2
SURE_OF_TOPIC = 0.99


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
    """Return all cells of all tables as they may be seen.

    A cell of two dimensions is held down to what its topic may be at most, as it was released.
    This makes the noise of hundreds of empty cells disappear and tells nothing more of anybody:
    it uses what everyone sees.
    """
    topics = _protected("topic", counts.get("topic", {}), plan, {})
    most = {cell.first: _most(cell, plan) for cell in topics}
    others = {name: table for name, table in counts.items() if name != "topic"}
    return topics + [
        cell for name, table in others.items() for cell in _protected(name, table, plan, most)
    ]


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


def _protected(name: str, counts: tables.Counts, plan: Plan, most: Mapping[str, int]) -> list[Cell]:
    scale, hide_below = plan.scale(name), plan.hide_below(name)
    spread, found = noise.reach(scale) + MOVED, []
    limits = most if len(tables.TABLES[name]) == 2 else {}
    for (first, second), noisy in zip(counts, noise.added(list(counts.values()), scale)):
        limit = limits.get(first, math.inf)
        value = shown(int(min(noisy, limit)), hide_below)
        if value is None:
            found.append(Cell(name, first, second, None, None, None))
            continue
        high = int(max(value, min(value + spread, limit)))
        found.append(Cell(name, first, second, value, max(0, value - spread), high))
    return found


def _most(topic: Cell, plan: Plan) -> int:
    """Return what a topic may be at most: surer than `high`, as its cells rely on it as well."""
    highest = plan.hide_below("topic") - 1 if topic.value is None else topic.value + MOVED
    return highest + noise.reach(plan.scale("topic"), SURE_OF_TOPIC)


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
) -> dict[str, Any]:
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


def _store(released: Engine, line: dict[str, Any], cells: Iterable[Cell]) -> None:
    try:
        with released.begin() as connection:
            made = connection.execute(insert(RELEASE).values(**line)).inserted_primary_key[0]
            connection.execute(insert(CELL), [_row(made, cell) for cell in cells])
    except IntegrityError:
        # Another process was first: what it stored counts, and this draw is forgotten.
        if reading.release(released, *(line[name] for name in ("city", "year", "week"))) is None:
            raise


def _row(made: int, cell: Cell) -> dict[str, object]:
    values = {name: value for name, value in vars(cell).items() if name != "table"}
    return {"release_id": made, "table_name": cell.table, **values}
