"""The faults of the lists in an incident file: its facts, and what stands first on some routes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot import routes
from bot.directory.search import CONCERN
from bot.directory.tables import is_url
from bot.incident import times, values
from bot.incident.judge import Judge

FACT = ("at", "text", "source")
FIRST = ("routes", "service", "line")
LINE = ("name", "about", "number", "source", "checked_on")
LINE_FIELDS = (*LINE, "hours", "languages")
LONGEST_NAME, MOST_FACTS, MOST_FIRSTS = 60, 6, 4


def of_facts(given: Any, judge: Judge) -> Iterator[str]:
    """Yield every fault of the facts."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_FACTS:
        yield f"is no list of facts; allowed: 1 to {MOST_FACTS}, each with {', '.join(FACT)}"
        return
    for number, fact in enumerate(given, 1):
        yield from (f"no. {number}: {fault}" for fault in _of_fact(fact, judge))


def of_firsts(given: Any, judge: Judge) -> Iterator[str]:
    """Yield every fault of what stands first."""
    if not isinstance(given, list) or len(given) > MOST_FIRSTS:
        yield f"is no list; allowed: at most {MOST_FIRSTS}, each with {', '.join(FIRST)}"
        return
    for number, first in enumerate(given, 1):
        yield from (f"no. {number}: {fault}" for fault in _of_first(first, judge))


def may_be_first(route: str) -> bool:
    """Tell whether an incident may put something first on a route.

    Urgent routes and the city's path for a concern stay as they are.
    """
    return not routes.get(route).urgent and route != CONCERN


def shown(given: Any) -> str:
    """Return a value as a fault may quote it: never long, never a whole table."""
    return given[:60] if isinstance(given, str) else "this"


def _of_fact(fact: Any, judge: Judge) -> Iterator[str]:
    yield from _of_fields(fact, FACT, FACT)
    if not isinstance(fact, dict):
        return
    at = times.moment(fact.get("at"))
    if at is None:
        yield f"at: {shown(fact.get('at'))} does not fit; allowed: {times.ALLOWED_ZONED}"
    elif judge.is_to_come(at):
        yield f"at: {fact['at']} has not come yet; allowed: a time that has passed"
    yield from (f"text: {fault}" for fault in judge.text("fact", fact.get("text")))
    yield from _named("source", values.source_fault(fact.get("source"), LONGEST_NAME))


def _of_first(first: Any, judge: Judge) -> Iterator[str]:
    yield from _of_fields(first, ("routes",), FIRST)
    if not isinstance(first, dict):
        return
    yield from (f"routes: {fault}" for fault in _of_routes(first.get("routes")))
    if ("service" in first) == ("line" in first):
        yield "names both service and line, or neither; allowed: one of them"
    if "service" in first and not judge.knows(shown(first["service"])):
        yield f"service: {shown(first['service'])} is unknown; allowed: an id of services.csv"
    if "line" in first:
        yield from (f"line: {fault}" for fault in _of_line(first["line"], judge))


def _of_routes(given: Any) -> Iterator[str]:
    allowed = [route for route in routes.service_ids() if may_be_first(route)]
    if not isinstance(given, list) or not given:
        yield f"are no list; allowed: some of {', '.join(allowed)}"
        return
    for route in given:
        if route not in allowed:
            yield f"{shown(route)} does not fit; allowed: {', '.join(allowed)}"


def _of_line(line: Any, judge: Judge) -> Iterator[str]:
    yield from _of_fields(line, LINE, LINE_FIELDS)
    if not isinstance(line, dict):
        return
    for name in ("name", "about", "hours"):
        if name in line:
            yield from (f"{name}: {fault}" for fault in judge.text(name, line[name]))
    yield from _named("number", values.number_fault(line.get("number")))
    if not is_url(shown(line.get("source"))):
        yield "source: is no web address; allowed: an address like https://city.example"
    checked = times.day(line.get("checked_on"))
    if checked is None or judge.is_day_to_come(checked):
        allowed = f"{times.ALLOWED_DAY}, not later than today"
        yield f"checked_on: {shown(line.get('checked_on'))} does not fit; allowed: {allowed}"
    spoken = line.get("languages", [])
    if not isinstance(spoken, list) or not all(_is_code(code) for code in spoken):
        yield "languages: do not fit; allowed: a list of codes like [fr, nl]"


def _of_fields(given: Any, required: Sequence[str], allowed: Sequence[str]) -> Iterator[str]:
    if not isinstance(given, dict):
        yield f"holds no fields; allowed: {', '.join(allowed)}"
        return
    for name in given:
        if name not in allowed:
            yield f"{name}: is unknown; allowed: {', '.join(allowed)}"
    for name in required:
        if name not in given:
            yield f"{name}: is missing; allowed: {', '.join(allowed)}"


def _named(field: str, fault: str) -> Iterator[str]:
    if fault:
        yield f"{field}: {fault}"


def _is_code(given: Any) -> bool:
    return isinstance(given, str) and re.fullmatch(r"[a-z]{2,3}", given) is not None
