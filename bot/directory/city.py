"""Reads a pack's city.yml: names, time zone, languages, and which lines stand first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from holidays import list_supported_countries

from bot import routes
from bot.directory import plain_yaml
from bot.directory.city_districts import district_faults, districts
from bot.directory.model import Area, City, Inhabitants
from bot.directory.tables import is_url
from bot.words import languages
from bot.words.languages import SOURCE_LANGUAGE

FIELDS = {
    "version": "the version of the pack, a text like 2026.11.21",
    "licence": "under which licence it travels, a text like Apache-2.0",
    "name": "the city's name by language code",
    "time_zone": "an IANA time zone like Europe/Brussels",
    "country": "an ISO 3166 country code like BE",
    "official_languages": "a list of ISO 639 codes",
    "areas": "names of service areas, each: city, country or union",
    "emergency_service": "an id of services.csv",
    "first_lines": "ids of services.csv by urgent route",
    "human_lines": "a list of ids of services.csv",
    "official_channel": "an id of services.csv: where the city itself answers what is true",
    "escalation": "a list of ids of services.csv: whom staff turn to, in this order",
    "languages": "a list of the languages in which every fact is told; without it, all",
    "holidays": "a country, and a part of it where that has holidays of its own: [US, CO]",
    "districts": "a list of districts: id, names, postcodes, latitude, longitude, source",
    "inhabitants": "how many live there: a count, its source (a web address) and its year",
}
# A city may do without these: every day is then a weekday, and no place is known.
OPTIONAL = (
    *("escalation", "official_channel", "languages", "holidays", "districts", "inhabitants"),
)


# Fields that hold more than one value; all others hold a text.
KINDS: Mapping[str, type] = {
    **dict.fromkeys(("name", "areas", "first_lines", "inhabitants"), dict),
    **dict.fromkeys(
        ("official_languages", "human_lines", "escalation", "languages", "holidays", "districts"),
        list,
    ),
}


@dataclass(frozen=True)
class CityFile:
    """A city and how the service areas of its directory are called."""

    city: City
    areas: Mapping[str, Area]


def read_city(path: Path) -> tuple[CityFile | None, list[str]]:
    """Return what the file says, and its faults; nothing when it cannot be used."""
    place = f"{path.parent.name}/{path.name}"
    content, fault = plain_yaml.read(path, FIELDS)
    if content is None:
        return None, [f"{place}: file: {fault}"]
    faults = [f"{place}: {field}: {fault}" for field, fault in _faults(content).items()]
    faults += [f"{place}: {fault}" for fault in district_faults(content.get("districts"))]
    return (None if faults else _city_file(path.parent.name, content)), faults


def _faults(content: dict[str, Any]) -> dict[str, str]:
    faults = {
        name: f"is missing; allowed: {allowed}"
        for name, allowed in FIELDS.items()
        if not content.get(name) and name not in OPTIONAL
    }
    faults |= {
        name: "is unknown; allowed: " + ", ".join(FIELDS) for name in content if name not in FIELDS
    }
    checks: dict[str, Callable[[Any], bool]] = {
        "name": lambda value: _are_texts([value.get(code) for code in _languages(content)]),
        "time_zone": _is_time_zone,
        "areas": lambda value: (
            {str(area).upper() for area in value.values()} <= set(Area.__members__)
        ),
        "first_lines": lambda value: (
            set(value) <= set(routes.ids("urgent"))
            and all(_are_texts(ids) for ids in value.values())
        ),
        "human_lines": _are_texts,
        "escalation": _are_texts,
        "official_languages": _are_texts,
        "holidays": _are_holidays,
        "inhabitants": _are_inhabitants,
        "languages": lambda value: _are_texts(value) and set(value) <= set(languages.supported()),
        "country": lambda value: value in Locale(SOURCE_LANGUAGE).territories and value.isalpha(),
    }
    for name, allowed in FIELDS.items():
        fits, kind = checks.get(name, bool), KINDS.get(name, str)
        if (
            name in content
            and name not in faults
            and not (isinstance(content[name], kind) and fits(content[name]))
        ):
            faults[name] = f"{content[name]!r} does not fit; allowed: {allowed}"
    return faults


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_time_zone(name: str) -> bool:
    try:
        return ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _are_holidays(value: Any) -> bool:
    known = list_supported_countries()
    country, *part = value if value and _are_texts(value) else ("",)
    return country in known and len(part) <= 1 and set(part) <= set(known[country])


def _are_inhabitants(value: Any) -> bool:
    if set(value) != {"count", "source", "year"}:
        return False
    count, source, year = value["count"], value["source"], value["year"]
    numbers = all(type(number) is int for number in (count, year))
    return (
        numbers and count > 0 and 1900 < year < 2200 and isinstance(source, str) and is_url(source)
    )


def _city_file(city_id: str, content: dict[str, Any]) -> CityFile:
    city = City(
        id=city_id,
        names=_names(content),
        time_zone=ZoneInfo(content["time_zone"]),
        country=content["country"],
        official_languages=tuple(content["official_languages"]),
        emergency_service=content["emergency_service"],
        first_lines={route: tuple(ids) for route, ids in content["first_lines"].items()},
        human_lines=tuple(content["human_lines"]),
        escalation=tuple(content.get("escalation", ())),
        official_channel=content.get("official_channel"),
        languages=_languages(content),
        holidays=_holidays(content.get("holidays")),
        districts=districts(content.get("districts") or []),
        inhabitants=Inhabitants(**content["inhabitants"]) if "inhabitants" in content else None,
    )
    areas = {name: Area[area.upper()] for name, area in content["areas"].items()}
    return CityFile(city, areas)


def _holidays(given: list[str] | None) -> tuple[str, str | None] | None:
    if not given:
        return None
    return given[0], given[1] if len(given) > 1 else None


def _languages(content: dict[str, Any]) -> tuple[str, ...]:
    """Return the languages a pack promises, English among them: its texts are written in it."""
    given: Any = content.get("languages")
    promised: Iterable[str] = given if _are_texts(given) else languages.supported()
    return tuple(dict.fromkeys((SOURCE_LANGUAGE, *promised)))


def _names(content: dict[str, Any]) -> dict[str, str]:
    given: dict[str, str] = content["name"]
    return {code: given.get(code) or given[SOURCE_LANGUAGE] for code in languages.supported()}
