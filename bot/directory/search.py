"""Finds the services for a route and puts the best first."""

from __future__ import annotations

import datetime

from bot import routes
from bot.directory import hours
from bot.directory.model import Pack, Service


def for_route(pack: Pack, route: str, language: str, now: datetime.datetime) -> list[Service]:
    """Return all services of a route, best first.

    Best means, in this order: it works in the person's language; it is open now (open before
    unknown before closed); it is for everyone; the city's own before the country's before the
    union's; the route is what the service is mainly for. On an urgent route the lines that the
    city puts first stand first, then numbers, those that answer day and night before the others;
    what a service is mainly for counts more than how near it is. `now` is the moment of asking,
    in the city's time zone.
    """
    first = [pack.services[id_] for id_ in pack.city.first_lines.get(route, ())]
    others = [
        service
        for service in pack.services.values()
        if route in service.routes and service not in first
    ]
    return first + sorted(others, key=lambda service: _rank(service, route, language, now))


def human_lines(pack: Pack, language: str) -> list[Service]:
    """Return the lines where a person answers, those that speak the language first."""
    lines = [pack.services[id_] for id_ in pack.city.human_lines]
    return sorted(lines, key=lambda service: language not in service.languages)


def _rank(service: Service, route: str, language: str, now: datetime.datetime) -> tuple[int, ...]:
    moment = hours.at(service, now)
    opening = 1 if moment is None else 0 if moment.open else 2
    speaks = 0 if language in service.languages else 1
    mainly, area = service.routes.index(route), int(service.area)
    if routes.get(route).urgent:
        # Whoever is in danger needs a number that is meant for just this.
        always = 0 if service.always_open else 1
        return (0 if service.voice_number else 1, always, speaks, mainly, area)
    return (speaks, opening, int(service.for_a_group), area, mainly)
