"""Why a service stands where it does, in plain words: for those who keep the directory."""

from __future__ import annotations

from collections.abc import Iterator

from bot.directory import freshness, search
from bot.directory.model import Pack, Service
from bot.directory.search import Asked, Rank, UrgentRank
from bot.words import cldr
from bot.words.languages import SOURCE_LANGUAGE

OPENING = {
    search.OPEN: "open now",
    search.UNKNOWN: "not known whether it is open now",
    search.CLOSED: "closed now",
}


def of_route(pack: Pack, route: str, asked: Asked) -> Iterator[tuple[Service, list[str]]]:
    """Yield the services of a route as people see them, each with what decided its place."""
    first = search.first_ids(pack.city, route)
    for service in search.for_route(pack, route, asked):
        if service.id in first:
            yield service, ["the city puts it first on this route"]
        elif route in service.routes:
            yield service, list(_reasons(service, pack, route, asked))


def _reasons(service: Service, pack: Pack, route: str, asked: Asked) -> Iterator[str]:
    """Yield a reason for each part of the rank, in the order in which they count."""
    rank = search.rank(service, pack.city, route, asked)
    said = {
        **_of_contact(rank, asked),
        "kilometres": _distance(rank, asked),
        "area": f"serves the {service.area.name.lower()}",
        "also_for": _purpose(rank.also_for),
        "not_confirmed": _age(service, rank, asked),
    }
    yield from (said[part] for part in rank._fields if said[part])


def _of_contact(rank: Rank | UrgentRank, asked: Asked) -> dict[str, str]:
    language = cldr.language_name(asked.language, SOURCE_LANGUAGE) or asked.language
    speaks = f"not known to speak {language}" if rank.other_language else f"speaks {language}"
    audience = "for one group of people" if rank.for_a_group else "for everyone"
    if isinstance(rank, UrgentRank):
        return {
            "without_number": "no number to call" if rank.without_number else "a number to call",
            "for_a_group": audience,
            "not_always_open": "not day and night" if rank.not_always_open else "day and night",
            "other_language": speaks,
        }
    return {
        "other_language": speaks,
        "opening": OPENING[rank.opening],
        "for_a_group": audience,
    }


def _distance(rank: Rank | UrgentRank, asked: Asked) -> str:
    if asked.near is None:
        return ""
    if rank.kilometres == search.UNREACHED:
        return "not known where it is"
    return f"{rank.kilometres} km from {asked.near.name_in(SOURCE_LANGUAGE)}"


def _purpose(also_for: int) -> str:
    return f"this is no. {also_for + 1} of its routes" if also_for else "mainly for this"


def _age(service: Service, rank: Rank | UrgentRank, asked: Asked) -> str:
    if freshness.is_fresh(service, asked.now.date()):
        return "checked within a year"
    left_out = ", so not on the urgent card" if isinstance(rank, UrgentRank) else ""
    return f"not checked since {service.checked_on}{left_out}"
