"""`rightdoor incident`: check, rehearse, start, update and stop what is said after an incident."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bot import settings
from bot.directory.commands import common
from bot.directory.model import Pack
from bot.directory.pack import PackError
from bot.incident import document, form, state
from bot.incident.document import IncidentError
from bot.incident.form import FormError
from bot.incident.model import NOW, Incident
from bot.incident_desk import checking, rehearsal, switch
from bot.incident_desk.checking import Checked
from bot.settings import SettingsError


class Desk(NamedTuple):
    """What every command works with: the city's pack, the state file, and the moment."""

    pack: Pack
    path: Path
    now: datetime.datetime


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    part = commands.add_parser("incident", help="say what has happened, and where help is")
    verbs = part.add_subparsers(required=True, metavar="COMMAND")
    _add(verbs, "check", check, "name every fault of a file")
    started = _add(verbs, "start", start, "switch on what a file says")
    started.add_argument("--ends", metavar="TIME", help="like 2026-11-25T18:00, in the city's time")
    started.add_argument("--drill", action="store_true", help="for a file that says drill: yes")
    _add(verbs, "update", update, "put a newer file in the place of the one that is on")
    told = _add(verbs, "rehearse", rehearse, "print what residents would read; writes nothing")
    told.add_argument("--language", metavar="LANG", help="without it, every language of the city")
    _add(verbs, "status", status, "say what is on", file=False)
    stopped = _add(verbs, "stop", stop, "switch off, at once", file=False)
    stopped.add_argument("id", nargs="?", metavar="ID", help="when more than one is on")
    about = "still show it around the later days (week, month, anniversary)"
    stopped.add_argument("--keep-later", action="store_true", help=about)


def check(arguments: argparse.Namespace, desk: Desk) -> int:
    """Name every fault of a file; without one, say what still stands before a start."""
    found = _checked(arguments, desk).incident
    approved = "" if document.is_approved(found) else " It is not approved yet: approved_by."
    drill = " It is for a drill." if found.drill else ""
    print(f"{arguments.file}: no faults.{drill}{approved}")
    return 0


def start(arguments: argparse.Namespace, desk: Desk) -> int:
    """Switch on what a file says."""
    found = _checked(arguments, desk)
    switch.start(desk.path, desk.pack.city, found, arguments.drill, desk.now)
    print(f"{found.incident.id}: on. Running servers show it within a second.")
    return status(arguments, desk)


def update(arguments: argparse.Namespace, desk: Desk) -> int:
    """Put a newer file in the place of the one that is on."""
    found = _checked(arguments, desk)
    switch.update(desk.path, desk.pack.city, found, desk.now)
    print(f"{found.incident.id}: updated. Running servers show it within a second.")
    return status(arguments, desk)


def stop(arguments: argparse.Namespace, desk: Desk) -> int:
    """Switch off at once."""
    city = desk.pack.city
    stopped = switch.stop(desk.path, city, arguments.id, arguments.keep_later, desk.now)
    print(f"{stopped}: off.")
    return status(arguments, desk)


def status(arguments: argparse.Namespace, desk: Desk) -> int:
    """Say what is on, until when, and on which days it comes back."""
    city = desk.pack.city
    on = switch.incidents(switch.entries_of(desk.path), city)
    for incident in on:
        print(f"{city.id}: {_state(incident, desk)}")
    if not on:
        print(f"{city.id}: no incident is on.")
    return 0


def rehearse(arguments: argparse.Namespace, desk: Desk) -> int:
    """Print what residents would read."""
    found = _checked(arguments, desk).incident
    languages = desk.pack.city.languages
    if arguments.language not in (None, *languages):
        wrong = f"language: {arguments.language!r} is unknown; allowed: {', '.join(languages)}"
        raise IncidentError([wrong])
    for language in (arguments.language,) if arguments.language else languages:
        for moment, reply in rehearsal.told(found, desk.pack, language, desk.now):
            print(rehearsal.printed(moment, reply))
    return 0


Verb = Callable[[argparse.Namespace, Desk], int]


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    verb: Verb,
    about: str,
    file: bool = True,
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about)
    if file:
        parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--city", metavar="CITY|FOLDER|ZIP", help="without it, RIGHTDOOR_CITY")
    parser.set_defaults(run=lambda arguments: _run(verb, name, arguments))
    return parser


def _run(verb: Verb, name: str, arguments: argparse.Namespace) -> int:
    try:
        given = settings.read()
        pack = common.pack_of(arguments.city or given.city)
        now = datetime.datetime.now(pack.city.time_zone)
        return verb(arguments, Desk(pack, given.incident_file, now))
    except (IncidentError, FormError, PackError, SettingsError) as error:
        place = _place(arguments) if isinstance(error, IncidentError | FormError) else ""
        faults = (f"{place}{line}" for line in str(error).split("\n"))
        return common.tell(f"incident {name}", faults)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; allowed: a place to write to", file=sys.stderr)
        return 1


def _place(arguments: argparse.Namespace) -> str:
    file = getattr(arguments, "file", None)
    return f"{file}: " if file else ""


def _checked(arguments: argparse.Namespace, desk: Desk) -> Checked:
    content = form.read(arguments.file)
    if getattr(arguments, "ends", None):
        content = {**content, "ends": arguments.ends}
    return checking.check(content, desk.pack, desk.now)


def _state(incident: Incident, desk: Desk) -> str:
    ends = f"{incident.ends:%Y-%m-%d %H:%M} ({desk.pack.city.time_zone})"
    if incident.drill != state.is_for_drills(desk.path):
        return f"{incident.id} is never shown: a drill and {desk.path.name} do not go together."
    phase = incident.phase(desk.now)
    drill = " as a drill" if incident.drill else ""
    days = ", ".join(f"{name} {day}" for name, day in incident.later.items()) or "none"
    if phase == NOW:
        return f"{incident.id} is shown{drill}, until {ends}. Later days: {days}."
    if desk.now < incident.begins:
        return f"{incident.id} will be shown{drill} from {incident.begins:%Y-%m-%d %H:%M}."
    shown = f"is shown ({phase})" if phase else "is not shown today"
    return f"{incident.id} ended at {ends} and {shown}{drill}. Later days: {days}."
