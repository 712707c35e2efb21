"""Which services stand first because of what somebody answered in a guided conversation."""

from __future__ import annotations

from collections.abc import Callable

from bot import routes
from bot.answers.model import Turn
from bot.directory.model import Pack, RunBy, Service

Wish = Callable[[Service], int]

POLICE = (RunBy.POLICE, RunBy.POLICE_AND_PUBLIC, RunBy.JUSTICE)
LISTENING = frozenset(("trauma_support", "mental_health"))

# Smaller stands first; among equals the usual order holds.
WISHES: dict[str, Wish] = {
    "heard": lambda service: 0 if _listens(service) else 2 if _police(service) else 1,
    "support": lambda service: 0 if _listens(service) else 2 if _police(service) else 1,
    "police": lambda service: 0 if _police(service) else 1,
    "no_police": lambda service: 2 if _police(service) else 1 if service.run_by is None else 0,
    "anonymous": lambda service: {True: 0, None: 1, False: 2}[service.anonymous],
    "proof": lambda service: 0 if "legal_help" in service.routes else 1,
}
# Where else to look when only the police, or all but the police, answer for the person's own route.
ELSEWHERE = {
    "heard": ("mental_health",),
    "support": ("mental_health", "trauma_support"),
    "no_police": ("report_discrimination",),
    "police": ("report_hate_crime",),
}


def rank(turn: Turn) -> Wish | None:
    """Return how far back a service stands for what was wished; None when nothing was."""
    wished = (WISHES[answer] for answer in reversed(_taken(turn)) if answer in WISHES)
    return next(wished, None)


def also(turn: Turn, pack: Pack) -> tuple[str, ...]:
    """Return the routes to look at as well when a flow's own services cannot be what was wished.

    In a city where only the police take reports, who wants none of them is led to others.
    """
    wished = next((answer for answer in reversed(_taken(turn)) if answer in WISHES), "")
    found = pack.by_route.get(turn.memory.flow or turn.route, ())
    fits = any(_police(service) == (wished == "police") for service in found)
    return () if fits else ELSEWHERE.get(wished, ())


def first_ids(turn: Turn, pack: Pack) -> tuple[str, ...]:
    """Return the ids of the services that the city names for where a member of staff works."""
    settings = pack.guidance.settings if pack.guidance else {}
    return next((settings[answer] for answer in _taken(turn) if answer in settings), ())


def _taken(turn: Turn) -> tuple[str, ...]:
    """Return the answers that count: only for the route of the guided conversation itself, and
    for questions about what it showed.
    """
    memory = turn.memory
    about_it = turn.route == memory.flow or routes.get(turn.route).group == "conversation"
    return memory.taken if memory.flow == memory.last_route and about_it else ()


def _listens(service: Service) -> bool:
    return not LISTENING.isdisjoint(service.routes) and not _police(service)


def _police(service: Service) -> bool:
    return service.run_by in POLICE
