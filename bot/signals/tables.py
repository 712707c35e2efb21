"""The tables of a release: which there are, which cells each has, and what is counted into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product

from bot import routes
from bot.directory.model import City
from bot.words import languages

# At most two dimensions: a finer cut would be about few people.
TABLES: Mapping[str, tuple[str, ...]] = {
    "total": (),
    "topic": ("route",),
    "topic_language": ("route", "language"),
    "topic_district": ("route", "district"),
    "topic_outcome": ("route", "outcome"),
    "language": ("language",),
    "district": ("district",),
    "audience": ("audience",),
    "outcome": ("outcome",),
}
NO_DISTRICT = "none"
AUDIENCES = ("resident", "staff", "unknown")
OUTCOMES = ("answered", "clarified", "unmet", "not_helpful", "outage")
# Of the conversation routes only these tell of a need: somebody to talk to, and nothing found.
ALSO_TOPICS = ("talk_to_human", "answer_not_helpful", "out_of_scope")

Row = Mapping[str, str]
Key = tuple[str, str]
Counts = dict[Key, int]


def topics() -> tuple[str, ...]:
    """Return the routes that are counted as topics; greetings and the like are none."""
    return (*routes.service_ids(), *ALSO_TOPICS)


def known_values(city: City) -> dict[str, tuple[str, ...]]:
    """Return every value that a dimension can have in this city, by the dimension's name."""
    return {
        "route": topics(),
        "language": languages.supported(),
        "district": (*city.districts, NO_DISTRICT),
        "audience": AUDIENCES,
        "outcome": OUTCOMES,
    }


def cells_of(name: str, known: Mapping[str, tuple[str, ...]]) -> list[Key]:
    """Return the keys of all cells of a table, whether anything was counted there or not."""
    found = product(*(known[dimension] for dimension in TABLES[name]))
    return [_key(values) for values in found]


def counted(
    rows: Iterable[tuple[Row, int]], known: Mapping[str, tuple[str, ...]]
) -> dict[str, Counts]:
    """Return the true counts of all cells of all tables; an empty cell is 0.

    A row about no topic is left out of all tables. A value that is not known (a district that the
    city has given up) is left out of the tables that show it: cells never depend on the data.
    """
    about = [(row, count) for row, count in rows if row["route"] in known["route"]]
    return {name: _table(name, about, known) for name in TABLES}


def _table(
    name: str, rows: Iterable[tuple[Row, int]], known: Mapping[str, tuple[str, ...]]
) -> Counts:
    sums: Counter[Key] = Counter()
    for row, count in rows:
        sums[_key(tuple(row[dimension] for dimension in TABLES[name]))] += count
    return {key: sums[key] for key in cells_of(name, known)}


def _key(values: tuple[str, ...]) -> Key:
    first, second = (*values, "", "")[:2]
    return first, second
