"""Builds an Incident from the content of a file, or names every fault of it."""

from __future__ import annotations

import datetime
from typing import Any

from bot.directory.model import Area, LocalText, Phone, Service
from bot.incident import faults, times
from bot.incident.faults import AUTO, YES
from bot.incident.form import Content
from bot.incident.judge import Judge
from bot.incident.model import Fact, First, Incident, computed
from bot.words.languages import SOURCE_LANGUAGE

# Nobody has approved a file that says this.
NOBODY = "none"


class IncidentError(ValueError):
    """An incident file has faults; `faults` holds them as "field: what; allowed: what"."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def build(content: Content, judge: Judge) -> Incident:
    """Return the incident that a file tells, or raise IncidentError with every fault."""
    found = list(dict.fromkeys(faults.of_file(content, judge)))
    if found:
        raise IncidentError(found)
    happened_on = _day(content["happened_on"])
    facts = [_fact(fact, judge.zone) for fact in content["facts"]]
    return Incident(
        id=content["id"],
        happened_on=happened_on,
        what=_text(content["what"]),
        facts=tuple(sorted(facts, key=lambda fact: fact.at, reverse=True)),
        not_known=_text(content["not_known"]),
        firsts=tuple(_first(n, one) for n, one in enumerate(content.get("routes_first", ()), 1)),
        approved_by=content["approved_by"].strip(),
        begins=_moment(content["begins"], judge.zone),
        ends=_moment(content["ends"], judge.zone),
        later=_later(content.get("later", {}), happened_on),
        drill=is_drill(content),
    )


def is_drill(content: Content) -> bool:
    """Tell whether a file is for a drill."""
    return str(content.get("drill", "")).lower() in YES


def is_approved(incident: Incident) -> bool:
    """Tell whether an office has approved a file."""
    return incident.approved_by.lower() != NOBODY


def _fact(given: Content, zone: datetime.tzinfo) -> Fact:
    return Fact(_moment(given["at"], zone), _text(given["text"]), given["source"].strip())


def _first(number: int, given: Content) -> First:
    named = tuple(dict.fromkeys(given["routes"]))
    if "service" in given:
        return First(named, given["service"])
    return First(named, line=_line(number, named, given["line"]))


def _line(number: int, named: tuple[str, ...], given: Content) -> Service:
    """Return a temporary line as a service: what nobody has told of it is not known."""
    hours, names = given.get("hours"), _text(given["name"]).by_language
    return Service(
        id=f"incident_line_{number}",
        names=names,
        default_name=names[SOURCE_LANGUAGE],
        organization=None,
        description=_text(given["about"]),
        routes=named,
        area=Area.CITY,
        source=given["source"],
        checked_on=_day(given["checked_on"]),
        phones=(Phone(given["number"], "voice", None),),
        hours_notes=(_text(hours),) if hours else (),
        languages=tuple(given.get("languages", ())),
    )


def _later(given: Content, happened_on: datetime.date) -> dict[str, datetime.date]:
    auto = computed(happened_on)
    return {name: auto[name] if value == AUTO else _day(value) for name, value in given.items()}


def _text(given: Content) -> LocalText:
    return LocalText({code: text.strip() for code, text in given.items()})


def _day(given: Any) -> datetime.date:
    day = times.day(given)
    assert day is not None, "judged before"
    return day


def _moment(given: Any, zone: datetime.tzinfo) -> datetime.datetime:
    moment = times.moment(given, zone)
    assert moment is not None, "judged before"
    return moment
