"""Switches an incident on and off: what may stand in the state file, and what is taken out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from bot.directory.model import City
from bot.incident import document, state
from bot.incident.document import IncidentError
from bot.incident.judge import Judge
from bot.incident.model import Incident
from bot.incident.state import Entry, StateError
from bot.incident_desk.checking import Checked

AT_HAND = "docs/how-to/when-something-has-happened.md"


def start(path: Path, city: City, checked: Checked, drill: bool, now: datetime.datetime) -> None:
    """Switch an incident on; raise IncidentError with everything that speaks against it."""
    entries = entries_of(path)
    faults = [*_refusals(checked.incident, path, drill), *_late(checked.incident, now)]
    for one in incidents(entries, city):
        if one.id == checked.incident.id:
            faults.append(f"id: {one.id} is on already; allowed: rightdoor incident update")
        elif now < one.ends:
            faults.append(f"id: {one.id} is on; allowed: stop it, or write both into one file")
    if faults:
        raise IncidentError(faults)
    new = Entry(city.id, now.isoformat(timespec="seconds"), checked.content)
    state.save(path, [*_kept(entries, city, now), new])


def update(path: Path, city: City, checked: Checked, now: datetime.datetime) -> None:
    """Put a newer file in the place of one that is on; raise IncidentError when none is."""
    entries, id_ = entries_of(path), checked.incident.id
    faults = list(_refusals(checked.incident, path, checked.incident.drill))
    if id_ not in [one.id for one in incidents(entries, city)]:
        on = ", ".join(one.id for one in incidents(entries, city)) or "none, so start it"
        faults.append(f"id: {id_} is not on; allowed: {on}")
    if faults:
        raise IncidentError(faults)
    newer = [
        Entry(one.city, one.started_at, checked.content) if _is(one, city, id_) else one
        for one in entries
    ]
    state.save(path, _kept(newer, city, now))


def stop(path: Path, city: City, id_: str | None, keep_later: bool, now: datetime.datetime) -> str:
    """Switch an incident off and return its id; the days to come are dropped unless kept."""
    entries = entries_of(path)
    on = incidents(entries, city)
    chosen = [one for one in on if id_ in (None, one.id)]
    running = [one for one in chosen if now < one.ends]
    found = running if len(running) == 1 else chosen
    if len(found) != 1:
        allowed = ", ".join(one.id for one in on) or "none is on"
        raise IncidentError(
            [f"id: {id_ or 'not given'}: which one is not clear; allowed: {allowed}"]
        )
    stopped = found[0]
    left = [one for one in entries if not _is(one, city, stopped.id)]
    if keep_later:
        left = [_ended(one, city, stopped, now) for one in entries]
    state.save(path, _kept(left, city, now))
    return stopped.id


def entries_of(path: Path) -> tuple[Entry, ...]:
    """Return what is on; raise IncidentError when the state file cannot be used."""
    try:
        return state.load(path)
    except (StateError, OSError) as error:
        kind = str(error) if isinstance(error, StateError) else type(error).__name__
        wrong = f"INCIDENT_FILE: cannot be used: {kind}"
        raise IncidentError(
            [f"{wrong}; allowed: take it away ({path.name}) and start anew"]
        ) from None


def incidents(entries: tuple[Entry, ...] | list[Entry], city: City) -> list[Incident]:
    """Return the incidents of a city that are on."""
    judge = Judge(city.time_zone)
    return [document.build(one.content, judge) for one in entries if one.city == city.id]


def _refusals(incident: Incident, path: Path, drill: bool) -> Iterator[str]:
    if not document.is_approved(incident):
        yield f"approved_by: {incident.approved_by}; allowed: the office that answers for the file"
    if incident.drill and not drill:
        yield "drill: this file is for a drill; allowed: --drill, or drill: no when it is real"
    if drill and not incident.drill:
        yield "drill: this file is real; allowed: leave out --drill, or drill: yes"
    prefix = state.DRILL_PREFIX
    if incident.drill and not state.is_for_drills(path):
        yield (
            f"INCIDENT_FILE: the residents' bot reads {path.name}; allowed: for a drill, a file"
            f" whose name begins with {prefix}, and a bot of its own ({AT_HAND})"
        )
    if not incident.drill and state.is_for_drills(path):
        yield f"INCIDENT_FILE: {path.name} is for drills; allowed: a name without {prefix}"


def _late(incident: Incident, now: datetime.datetime) -> Iterator[str]:
    if incident.ends <= now:
        yield f"ends: {incident.ends:%Y-%m-%dT%H:%M} has passed; allowed: a later time, or --ends"


def _kept(
    entries: tuple[Entry, ...] | list[Entry], city: City, now: datetime.datetime
) -> list[Entry]:
    """Return the entries without those of this city that can never be shown again."""
    judge = Judge(city.time_zone)
    return [
        one
        for one in entries
        if one.city != city.id or document.build(one.content, judge).over_after >= now.date()
    ]


def _ended(entry: Entry, city: City, stopped: Incident, now: datetime.datetime) -> Entry:
    if not _is(entry, city, stopped.id):
        return entry
    if now <= stopped.begins:
        raise IncidentError(["--keep-later: it has not begun yet; allowed: stop without it"])
    ends = min(now, stopped.ends).isoformat(timespec="seconds")
    return Entry(entry.city, entry.started_at, {**entry.content, "ends": ends})


def _is(entry: Entry, city: City, id_: str) -> bool:
    return entry.city == city.id and entry.content["id"] == id_
