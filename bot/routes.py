"""The routes of `routes.yml`: where a message can lead. All route ids come from here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

TABLE = Path(__file__).with_name("routes.yml")
GROUPS = ("urgent", "reporting", "support", "services", "frontline", "conversation")


class UnknownRouteError(KeyError):
    """A route id was used that the table does not have."""


@dataclass(frozen=True)
class Route:
    """One line of the table. `urgency` is its place in the whole table: 0 is the most urgent."""

    id: str
    group: str
    meaning: str
    urgency: int

    @property
    def urgent(self) -> bool:
        """Tell whether this route is answered before anything else."""
        return self.group == "urgent"

    @property
    def leads_to_services(self) -> bool:
        """Tell whether the answer names services of the city (all groups but conversation)."""
        return self.group != "conversation"


@lru_cache(maxsize=1)
def table() -> dict[str, Route]:
    """Return every route by its id, in the order of the table."""
    groups = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    lines = [(group, id_, meaning) for group in GROUPS for id_, meaning in groups[group].items()]
    return {id_: Route(id_, group, meaning, n) for n, (group, id_, meaning) in enumerate(lines)}


def get(route_id: str) -> Route:
    """Return the route with this id, or raise UnknownRouteError."""
    try:
        return table()[route_id]
    except KeyError:
        raise UnknownRouteError(f"no route is called {route_id!r}") from None


@cache
def ids(*groups: str) -> tuple[str, ...]:
    """Return the ids of these groups, in order of urgency; of all groups when none is named."""
    return tuple(route.id for route in table().values() if not groups or route.group in groups)


def service_ids() -> tuple[str, ...]:
    """Return the ids of the routes that lead to services."""
    return tuple(route.id for route in table().values() if route.leads_to_services)
