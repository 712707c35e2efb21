"""A city's pack as it is during an incident: what the city puts first stands first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from bot.directory.model import Pack, Service
from bot.incident.model import NOW, First, Shown


def on(pack: Pack, shown: Shown | None) -> Pack:
    """Return the pack with what an incident puts first, until the incident ends.

    A service that has left the directory meanwhile is left out.
    """
    if shown is None or shown.phase != NOW:
        return pack
    lines = {first.line.id: first.line for first in shown.incident.firsts if first.line}
    services = {**pack.services, **lines}
    first_lines = dict(pack.city.first_lines)
    for first in reversed(_known(shown, services)):
        for route in first.routes:
            others = (id_ for id_ in first_lines.get(route, ()) if id_ != first.id)
            first_lines[route] = (first.id, *others)
    city = dataclasses.replace(pack.city, first_lines=first_lines)
    return dataclasses.replace(pack, city=city, services=services)


def numbers(pack: Pack, shown: Shown) -> list[Service]:
    """Return what an incident puts first and can be called, from a pack as `on` returns it."""
    ids = dict.fromkeys(first.id for first in _known(shown, pack.services))
    return [pack.services[id_] for id_ in ids if pack.services[id_].voice_number]


def _known(shown: Shown, services: Mapping[str, Service]) -> list[First]:
    return [first for first in shown.incident.firsts if first.id in services]
