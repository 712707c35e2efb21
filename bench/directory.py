"""The answer to one route from a directory of 10,000 made-up services, beside Brussels' own."""

from __future__ import annotations

import dataclasses
import datetime
import random
import statistics
import time
import uuid

from bot import routes
from bot.answers import kinds
from bot.answers.model import Memory, Turn
from bot.directory import pack
from bot.directory.model import Area, LocalText, Opening, Pack, Phone, Place, Point, Service

SERVICES = 10_000
TURNS = 1_000
MOST_MS = 5.0
LANGUAGES = ("ar", "de", "en", "fr", "nl", "tr", "uk")
WEEK = frozenset(range(5))
SEED = 37


def measure() -> dict[str, dict[str, float]]:
    """Return p50 and p95 of an answer in milliseconds, and how often that is Brussels' own."""
    city = pack.load("brussels")
    small, large = _figures(city), _figures(made_up(city))
    ratio = round(large["p50_ms"] / small["p50_ms"], 1)
    return {
        f"answer, {len(city.services)} services": small,
        f"answer, {SERVICES} services": {**large, "times": ratio},
    }


def made_up(city: Pack) -> Pack:
    """Return a pack like that of a city, with made-up services up to the number measured."""
    chance = random.Random(SEED)  # noqa: S311
    new = (_service(chance, number) for number in range(SERVICES - len(city.services)))
    return dataclasses.replace(city, services={**city.services, **{one.id: one for one in new}})


def _service(chance: random.Random, number: int) -> Service:
    opens, day = chance.randrange(7, 11), datetime.time
    morning = Opening(WEEK, day(opens), day(12))
    point = Point(50.85 + chance.uniform(-0.1, 0.1), 4.35 + chance.uniform(-0.1, 0.1))
    first = Opening(WEEK, day(13), day(17), frozenset([1])) if number % 5 == 0 else None
    return Service(
        *(str(uuid.UUID(int=number, version=4)), {}, f"Service {number}", "House"),
        LocalText({"en": "What it does."}),
        routes=tuple(chance.sample(routes.service_ids(), chance.randint(1, 3))),
        area=chance.choice(list(Area)),
        source="https://example.org",
        checked_on=datetime.date(2026, 11, 20),
        phones=(Phone(f"02 000 {number:04d}", "voice", None),),
        openings=(morning, first) if first else (morning,),
        languages=tuple(chance.sample(LANGUAGES, chance.randint(0, 4))),
        places=(Place("House", f"Street {number}", point),),
    )


def _figures(city: Pack) -> dict[str, float]:
    """Return the time of answers to routes, languages, districts and hours by chance.

    As in a program that has run for a while: what is worked out once, such as distances between
    districts and places, was worked out for most of a thousand answers that are not counted.
    """
    chance, times = random.Random(SEED), []  # noqa: S311
    begin = datetime.datetime(2026, 11, 23, tzinfo=city.city.time_zone)
    for number in range(2 * TURNS):
        now = begin + datetime.timedelta(minutes=chance.randrange(14 * 24 * 60))
        near = chance.choice([None, *city.city.districts])
        memory = Memory(introduced=True, district=near)
        route, language = chance.choice(routes.service_ids()), chance.choice(LANGUAGES)
        turn = Turn(route, language, now, memory=memory)
        started = time.perf_counter()
        kinds.respond(turn, city)
        if number >= TURNS:
            times.append(1000 * (time.perf_counter() - started))
    cuts = statistics.quantiles(times, n=100)
    return {"p50_ms": round(cuts[49], 2), "p95_ms": round(cuts[94], 2)}


def main() -> None:
    """Measure and print the figures."""
    for name, row in measure().items():
        print(f"{name:24} {row}")


if __name__ == "__main__":
    main()
