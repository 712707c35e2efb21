"""Finds the services for a route and puts the best first; and says why they stand so."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from bot import routes
from bot.directory import districts, freshness, hours
from bot.directory.model import Area, City, District, Pack, Service

OPEN, UNKNOWN, CLOSED = range(3)
OPENING = {True: OPEN, None: UNKNOWN, False: CLOSED}
UNREACHED = 10_000
# Where staff ask whom to turn to, the city's own path counts more than any rank.
CONCERN = "staff_concern_pupil"


class Rank(NamedTuple):
    """Why a service stands where it does: smaller is better, the first difference decides."""

    other_language: bool
    opening: int
    for_a_group: bool
    kilometres: int
    area: Area
    also_for: int
    not_confirmed: bool


class UrgentRank(NamedTuple):
    """The same on an urgent route: whoever is in danger needs a number that is meant for this."""

    without_number: bool
    for_a_group: bool
    not_always_open: bool
    other_language: bool
    also_for: int
    area: Area
    kilometres: int
    not_confirmed: bool


class Asked(NamedTuple):
    """Who asks, as far as it matters: in which language, when (aware, city time), from where.

    `first` are the ids of services that stand first, in this order, for who asks. `wish` tells how
    far back a service stands for what somebody wants, whatever else holds; `also` are routes whose
    services are found as well, after the route's own.
    """

    language: str
    now: datetime.datetime
    near: District | None = None
    first: tuple[str, ...] = ()
    wish: Callable[[Service], int] | None = None
    also: tuple[str, ...] = ()


def for_route(pack: Pack, route: str, asked: Asked) -> list[Service]:
    """Return all services of a route, best first.

    Best means, in this order: it works in the person's language; it is open now (open before
    unknown before closed); it is for everyone; it is near, when the person named a district; the
    city's own before the region's, the country's and the union's; the route is what it is mainly
    for; it was checked within a year. Among equals the order of the directory holds.
    On an urgent route the lines that the city puts first stand first, then numbers, those for
    everyone and those that answer day and night before the others; what a service is mainly for
    counts more than how near it is. A place that is not in the city counts as not near. For staff
    with a concern the city's own path of escalation stands first, in its order. A wish told in a
    guided conversation counts before all this.
    """
    ids = asked.first or first_ids(pack.city, route)
    first = [pack.services[id_] for id_ in ids]
    others = [service for service in pack.by_route.get(route, ()) if service.id not in ids]
    found = first + sorted(others, key=lambda service: rank(service, pack.city, route, asked))
    for other in asked.also:
        more = for_route(pack, other, asked._replace(first=(), wish=None, also=()))
        found += [service for service in more if service not in found]
    return sorted(found, key=asked.wish) if asked.wish else found


def rank(service: Service, city: City, route: str, asked: Asked) -> Rank | UrgentRank:
    """Return why a service stands where it does among those of a route."""
    kilometres = _kilometres(service, asked.near)
    speaks = asked.language in service.languages
    also_for = service.routes.index(route)
    stale = not freshness.is_fresh(service, asked.now.date())
    if routes.get(route).urgent:
        return UrgentRank(
            *(not service.voice_number, service.for_a_group, not service.always_open, not speaks),
            *(also_for, service.area, kilometres, stale),
        )
    opening = OPENING[hours.is_open(service, city, asked.now)]
    group = service.for_a_group
    return Rank(not speaks, opening, group, kilometres, service.area, also_for, stale)


def _kilometres(service: Service, near: District | None) -> int:
    if near is None:
        return UNREACHED
    away = districts.nearest_km(service, near)
    # A place out of the city is no nearer than a telephone line.
    return UNREACHED if away is None or away > districts.FARTHEST_KM else round(away)


def first_ids(city: City, route: str) -> tuple[str, ...]:
    """Return the ids of the services that the city itself puts first on a route, in its order."""
    return city.escalation if route == CONCERN else city.first_lines.get(route, ())


def human_lines(pack: Pack, language: str) -> list[Service]:
    """Return the lines where a person answers, those that speak the language first."""
    lines = [pack.services[id_] for id_ in pack.city.human_lines]
    return sorted(lines, key=lambda service: language not in service.languages)
