"""Where somebody is, no finer than a district: from a name, a postcode, or a shared location.

A shared location is reduced to its district at once; nothing finer goes any further.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from bot.directory.model import City, District, Place, Point, Service

EARTH_KM = 6371.0
# Farther than this from the middle of every district is outside the city.
FARTHEST_KM = 15.0
RING = "\N{COMBINING RING ABOVE}"


def distance_km(one: Point, other: Point) -> float:
    """Return the distance between two points as the crow flies, in kilometres (haversine)."""
    latitudes = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = (
        math.sin((latitudes[1] - latitudes[0]) / 2) ** 2
        + math.cos(latitudes[0]) * math.cos(latitudes[1]) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def nearest(city: City, point: Point) -> District | None:
    """Return the district whose middle is nearest; None when the point is not in the city."""
    if not city.districts:
        return None
    found = min(city.districts.values(), key=lambda district: distance_km(point, district.point))
    return found if distance_km(point, found.point) <= FARTHEST_KM else None


def of_postcode(city: City, postcode: str) -> District | None:
    """Return the district that a postcode belongs to."""
    found = (one for one in city.districts.values() if postcode in one.postcodes)
    return next(found, None)


def from_here(place: Place, near: District | None) -> float | None:
    """Return how far a place is from the middle of a district, in km; None when not known."""
    if near is None or place.point is None:
        return None
    return distance_km(near.point, place.point)


def nearest_km(service: Service, near: District) -> float | None:
    """Return how far the nearest place of a service is from the middle of a district, in km.

    That is worked out once: neither of them moves. Nothing is kept of where a person is.
    """
    known = service.distances
    if near.point not in known:
        away = (from_here(place, near) for place in service.places)
        known[near.point] = min((one for one in away if one is not None), default=None)
    return known[near.point]


def nearest_first(service: Service, near: District | None) -> list[Place]:
    """Return the places of a service, the nearest first; those that lie nobody knows where last."""

    def away(place: Place) -> float:
        distance = from_here(place, near)
        return math.inf if distance is None else distance

    return sorted(service.places, key=away)


def mentioned(city: City, text: str) -> District | None:
    """Return the district that a text names, by name or postcode; None unless it is just one.

    Some names are words too ("Forest"): they count alone, or with a capital letter that nothing
    else explains. A postcode counts alone or beside the name of the city: "1000" may be euros.
    """
    found = {
        district.id
        for place in _written(city.district_names).finditer(text)
        for district in [_of(city, place[0])]
        if district and _is_meant(city, district, place)
    }
    return city.districts[found.pop()] if len(found) == 1 else None


def words_beside(city: City, text: str) -> int:
    """Return how many words stand in a text besides the names of districts."""
    return _words(_written(city.district_names).sub(" ", text))


def _is_meant(city: City, district: District, place: re.Match[str]) -> bool:
    name, text = place[0], place.string
    if _words(text) == _words(name):
        return True
    if name in district.postcodes:
        return _is_beside_the_city(city, place)
    if _plain(name) not in map(_plain, district.also_words):
        return True
    # At the beginning, and in a text of capitals, a capital letter says nothing.
    return (
        name[0].isupper() and not text.isupper() and bool(re.search(r"\w", text[: place.start()]))
    )


def _is_beside_the_city(city: City, place: re.Match[str]) -> bool:
    before, after = place.string[: place.start()].casefold(), place.string[place.end() :].casefold()
    names = [name.casefold() for name in city.names.values()]
    return any(before.rstrip(" ,-").endswith(name) for name in names) or any(
        after.lstrip(" ,-").startswith(name) for name in names
    )


def _of(city: City, name: str) -> District | None:
    return city.districts.get(_by_name(city.district_names).get(_plain(name), ""))


@lru_cache(maxsize=16)
def _by_name(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {_plain(name): id_ for name, id_ in names}


@lru_cache(maxsize=16)
def _written(names: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return what finds each name, the longest first: "West Highland" is not "Highland"."""
    forms = {form for name, _ in names for form in (name, _without_accents(name))}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    either = "|".join(re.sub(r"\\[ -]", r"[\\s-]+", re.escape(form)) for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{either or '(?!)'})(?!\w)", re.IGNORECASE)


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _plain(name: str) -> str:
    # A text in Turkish may have the dotless i, which counts as an i when letters' case does not.
    return re.sub(r"[\s-]+", " ", _without_accents(name).casefold().replace("\u0131", "i"))


def _without_accents(name: str) -> str:
    """Return a name as people type it on a phone; the ring of an å is part of the letter."""
    parts = unicodedata.normalize("NFD", name)
    bare = "".join(char for char in parts if char == RING or not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)
