"""Reads one city pack into a Pack, or raises PackError with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot import routes
from bot.directory import guidance, services, tables
from bot.directory.city import read_city
from bot.directory.model import City, Pack, Service
from bot.settings import CITIES


class PackError(ValueError):
    """A city pack has faults; `faults` holds them as "file:line: field: what; allowed: what"."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@cache
def load(city: str) -> Pack:
    """Return the checked pack of a city of `data/cities/`; raise PackError when it has faults."""
    return read(CITIES / city)


def read(folder: Path) -> Pack:
    """Return the pack in `folder`, or raise PackError with every fault of every file."""
    city, faults = read_city(folder / "city.yml")
    rows, table_faults = tables.read(folder)
    faults += table_faults
    built, build_faults, unchecked = services.build(rows, city)
    faults += build_faults
    # What the pack as a whole must have can be judged only when no row had to be left out.
    if city is None or table_faults:
        raise PackError(faults)
    faults += _city_faults(folder, city.city, built)
    faults += _route_faults(folder, built)
    told, guidance_faults = guidance.read(folder, city.city, built)
    if faults + guidance_faults:
        raise PackError(faults + guidance_faults)
    return Pack(city.city, built, tuple(unchecked), told, folder)


def _city_faults(folder: Path, city: City, built: Mapping[str, Service]) -> Iterator[str]:
    named = {"emergency_service": (city.emergency_service,), "human_lines": city.human_lines}
    named |= {f"first_lines.{route}": ids for route, ids in city.first_lines.items()}
    place = f"{folder.name}/city.yml"
    for field, ids in named.items():
        for id_ in ids:
            if id_ not in built or not built[id_].voice_number:
                yield (
                    f"{place}: {field}: {id_!r} is no shown service with a number;"
                    " allowed: an id of services.csv with a checked phone"
                )
    channel = (city.official_channel,) if city.official_channel else ()
    for field, ids in {"escalation": city.escalation, "official_channel": channel}.items():
        for id_ in ids:
            if id_ not in built:
                allowed = "an id of services.csv"
                yield f"{place}: {field}: {id_!r} is no shown service; allowed: {allowed}"


def _route_faults(folder: Path, built: Mapping[str, Service]) -> Iterator[str]:
    place = f"{folder.name}/attributes.csv: route"
    for route in routes.ids("urgent"):
        lines = [one for one in built.values() if route in one.routes and one.voice_number]
        if not any(line.always_open for line in lines):
            yield f"{place}: {route} has no line open day and night; allowed: one at least"
