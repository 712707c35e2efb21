"""Incident files for tests: the city's example as if it were real, with what a test changes."""

from __future__ import annotations

import copy
import datetime
from pathlib import Path
from typing import Any

import yaml
from replies import CITY

from bot.incident import document, form, state
from bot.incident.judge import Judge
from bot.incident.model import Incident
from bot.incident.state import Entry
from bot.settings import CITIES

EXAMPLE = CITIES / "brussels" / "incidents" / "example.yml"
ZONE = CITY.city.time_zone
# When what happened in the example is shown, a week after, and so on.
DURING = datetime.datetime(2026, 11, 23, 10, tzinfo=ZONE)
OFFICE = "invented crisis office"
# A service of the pack that has a number, and is not for the example's routes.
SERVICE = next(one for one in CITY.services.values() if one.voice_number and one.cost)


def content(**changes: Any) -> dict[str, Any]:
    # The example as a real and approved file. None takes a field out.
    told = copy.deepcopy(dict(form.read(EXAMPLE)))
    told |= {"drill": "no", "approved_by": OFFICE, **changes}
    return {name: value for name, value in told.items() if value is not None}


def recent(now: datetime.datetime | None = None, **changes: Any) -> dict[str, Any]:
    # The same, as if it had happened yesterday: for commands, which know only the real time.
    now = now or datetime.datetime.now(ZONE)
    yesterday = now - datetime.timedelta(days=1)
    told = content()
    for fact in told["facts"]:
        fact["at"] = yesterday.isoformat(timespec="minutes")
    told |= {
        "happened_on": str(yesterday.date()),
        "begins": f"{yesterday:%Y-%m-%dT%H:%M}",
        "ends": f"{now + datetime.timedelta(days=5):%Y-%m-%dT%H:%M}",
    }
    told["routes_first"][0]["line"]["checked_on"] = str(yesterday.date())
    return told | changes


def incident(**changes: Any) -> Incident:
    return document.build(content(**changes), Judge(ZONE, CITY.city.languages, CITY.services))


def write(path: Path, told: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def switch_on(path: Path, *told: dict[str, Any], city: str = "brussels") -> None:
    state.save(path, [Entry(city, "2026-11-20T12:00:00+01:00", one) for one in told])
