"""Every fault of an incident file at once, each as "field: what is wrong; allowed: what"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.incident import list_faults, times, values
from bot.incident.form import Content
from bot.incident.judge import Judge
from bot.incident.list_faults import LONGEST_NAME, shown
from bot.incident.model import ANNIVERSARY, LATER, LONGEST, computed

REQUIRED = ("id", "happened_on", "what", "facts", "not_known", "approved_by", "begins", "ends")
FIELDS = (*REQUIRED, "routes_first", "later", "drill")
YES, NO = ("yes", "true"), ("no", "false")
AUTO = "auto"

Check = Callable[[Any, Judge], Iterator[str]]


def of_file(content: Content, judge: Judge) -> Iterator[str]:
    """Yield every fault of a file."""
    for name in content:
        if name not in FIELDS:
            yield f"{shown(name)}: is unknown; allowed: {', '.join(FIELDS)}"
    for name in REQUIRED:
        if name not in content:
            yield f"{name}: is missing; allowed: a value as in incidents/example.yml"
    for name, check in _CHECKS.items():
        if name in content:
            yield from (f"{name}: {fault}" for fault in check(content[name], judge))
    yield from _of_span(content, judge)
    yield from _of_later(content)


def _of_id(given: Any, _: Judge) -> Iterator[str]:
    if not isinstance(given, str) or not re.fullmatch(r"[a-z0-9-]{3,40}", given, re.ASCII):
        yield f"{shown(given)} does not fit; allowed: 3 to 40 small letters, digits and -"


def _of_drill(given: Any, _: Judge) -> Iterator[str]:
    if not isinstance(given, str) or given.lower() not in (*YES, *NO):
        yield f"{shown(given)} does not fit; allowed: yes, no"


def _of_day(given: Any, judge: Judge) -> Iterator[str]:
    day = times.day(given)
    if day is None:
        yield f"{shown(given)} is no day; allowed: {times.ALLOWED_DAY}"
    elif judge.is_day_to_come(day):
        yield f"{given} has not come yet; allowed: today or a day before"


def _of_approval(given: Any, _: Judge) -> Iterator[str]:
    fault = values.line_fault(given, LONGEST_NAME)
    if fault:
        yield fault


_CHECKS: dict[str, Check] = {
    "id": _of_id,
    "drill": _of_drill,
    "happened_on": _of_day,
    "what": lambda given, judge: judge.text("what", given),
    "facts": list_faults.of_facts,
    "not_known": lambda given, judge: judge.text("not_known", given),
    "approved_by": _of_approval,
    "routes_first": list_faults.of_firsts,
}


def _of_span(content: Content, judge: Judge) -> Iterator[str]:
    found = {name: times.moment(content.get(name), judge.zone) for name in ("begins", "ends")}
    for name, moment in found.items():
        if moment is None and name in content:
            yield f"{name}: {shown(content[name])} does not fit; allowed: {times.ALLOWED_TIME}"
    begins, ends = found["begins"], found["ends"]
    if begins and ends and not begins < ends <= begins + LONGEST:
        allowed = f"after begins, by {LONGEST.days} days at most"
        yield f"ends: {shown(content['ends'])} does not fit; allowed: {allowed}"
    happened = times.day(content.get("happened_on"))
    if begins and happened and not 0 <= (begins.date() - happened).days <= LONGEST.days:
        allowed = f"from happened_on to {LONGEST.days} days after"
        yield f"begins: {shown(content['begins'])} does not fit; allowed: {allowed}"


def _of_later(content: Content) -> Iterator[str]:
    given = content.get("later", {})
    if not isinstance(given, dict):
        yield f"later: is no table; allowed: {', '.join(LATER)}, each with {AUTO} or a day"
        return
    happened = times.day(content.get("happened_on"))
    for name, value in given.items():
        day = times.day(value)
        if name not in LATER:
            yield f"later: {shown(name)}: is unknown; allowed: {', '.join(LATER)}"
        elif value != AUTO and day is None:
            yield f"later: {name}: {shown(value)} is no day; allowed: {AUTO}, or a day"
        elif day and happened and not happened < day <= computed(happened)[ANNIVERSARY]:
            yield f"later: {name}: {value} does not fit; allowed: in the year after happened_on"
