"""Which services stand first because of what somebody answered in a guided conversation."""

from __future__ import annotations

from collections.abc import Callable

from bot import routes
from bot.answers.model import Memory, Turn
from bot.directory.model import Pack, RunBy, Service

Wish = Callable[[Service], int]

# Smaller stands first; among equals the usual order holds.
WISHES: dict[str, Wish] = {
    "heard": lambda service: 0 if _listens(service) else 1,
    "support": lambda service: 0 if _listens(service) else 1,
    "police": lambda service: 0 if _police(service) else 1,
    "no_police": lambda service: 2 if _police(service) else 1 if service.run_by is None else 0,
    "anonymous": lambda service: {True: 0, None: 1, False: 2}[service.anonymous],
    "proof": lambda service: 0 if "legal_help" in service.routes else 1,
}
POLICE = (RunBy.POLICE, RunBy.POLICE_AND_PUBLIC, RunBy.JUSTICE)
LISTENING = frozenset(("trauma_support", "mental_health"))


def rank(turn: Turn, pack: Pack) -> Wish | None:
    """Return how far back a service stands for what was answered; None when nothing matters.

    Only for the route of the guided conversation itself, and for questions about what it showed.
    """
    memory = turn.memory
    about_it = turn.route == memory.flow or routes.get(turn.route).group == "conversation"
    if not memory.flow or memory.flow != memory.last_route or not about_it:
        return None
    for answer in reversed(memory.taken):
        if answer in WISHES:
            return WISHES[answer]
    return _setting(memory, pack)


def _setting(memory: Memory, pack: Pack) -> Wish | None:
    """Return the order of the city's own path for where a member of staff works."""
    settings: dict[str, tuple[str, ...]] = {}
    ids = next((settings[answer] for answer in memory.taken if answer in settings), ())
    if not ids:
        return None
    return lambda service: ids.index(service.id) if service.id in ids else len(ids)


def _listens(service: Service) -> bool:
    return bool(LISTENING & set(service.routes)) and not _police(service)


def _police(service: Service) -> bool:
    return service.run_by in POLICE
