"""`rightdoor directory why`: the services of a route in the order people see them, and why."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator

from bot import routes, settings
from bot.directory import reasons
from bot.directory.commands import common
from bot.directory.model import City
from bot.directory.pack import PackError
from bot.directory.search import Asked
from bot.words import cldr, languages
from bot.words.languages import SOURCE_LANGUAGE


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    verb = verbs.add_parser("why", help="say why the services of a route stand as they do")
    verb.add_argument("route", metavar="ROUTE")
    verb.add_argument("--city", metavar="CITY|FOLDER|ZIP", help="without it, RIGHTDOOR_CITY")
    verb.add_argument("--language", default=SOURCE_LANGUAGE, help="of the person who asks")
    verb.add_argument("--district", metavar="ID", help="where the person is")
    verb.add_argument("--at", metavar="TIME", help="like 2026-11-23T10:00, in the city's time")
    verb.set_defaults(run=why)


def why(arguments: argparse.Namespace) -> int:
    """Print each service of a route with the reasons for its place."""
    try:
        pack = common.pack_of(arguments.city or settings.read().city)
    except (PackError, settings.SettingsError) as error:
        return common.tell("why", str(error).splitlines())
    now = _time(arguments.at, pack.city)
    faults = list(_faults(arguments, pack.city))
    if faults or now is None:
        return common.tell("why", faults)
    near = pack.city.districts.get(arguments.district)
    asked = Asked(arguments.language, now, near)
    language = cldr.language_name(asked.language, SOURCE_LANGUAGE)
    print(f"{arguments.route}, asked in {language} on {now:%A %Y-%m-%d at %H:%M}:")
    found = list(reasons.of_route(pack, arguments.route, asked))
    for number, (service, told) in enumerate(found, 1):
        print(f"{number}. {service.default_name}: {'; '.join(told)}")
    if not found:
        print("No service: people are told that the city knows of none.")
    return 0


def _faults(arguments: argparse.Namespace, city: City) -> Iterator[str]:
    asked = {
        "route": (arguments.route, routes.service_ids()),
        "language": (arguments.language, languages.supported()),
        "district": (arguments.district, tuple(city.districts)),
    }
    for name, (value, allowed) in asked.items():
        if value is not None and value not in allowed:
            told = ", ".join(allowed) or "none, as this pack has no districts"
            yield f"{name}: {value!r} is unknown; allowed: {told}"
    if _time(arguments.at, city) is None:
        yield f"time: {arguments.at!r} is none; allowed: a time like 2026-11-23T10:00"


def _time(given: str | None, city: City) -> datetime.datetime | None:
    """Return the moment in the city's time; None when the text is no time."""
    if given is None:
        return datetime.datetime.now(city.time_zone)
    try:
        told = datetime.datetime.fromisoformat(given)
        return (
            told.astimezone(city.time_zone) if told.tzinfo else told.replace(tzinfo=city.time_zone)
        )
    except (ValueError, OverflowError):
        return None
