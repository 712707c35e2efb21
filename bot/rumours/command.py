"""`rightdoor rumours`: check, try out and export the rumours that a city has checked."""

from __future__ import annotations

import argparse
import datetime
import json
import sys

from bot.directory.commands import common
from bot.directory.model import Pack
from bot.directory.pack import PackError
from bot.rumours import reading, schema_org
from bot.rumours.matching import Found, Matcher
from bot.rumours.model import Rumour
from bot.rumours.reading import Read
from bot.words import languages

# The nearest rumours that `try` shows.
NEAREST = 3


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands about rumours to the command line."""
    rumours = commands.add_parser("rumours", help="check, try and export checked rumours")
    verbs = rumours.add_subparsers(required=True, metavar="COMMAND")
    for name, run, about in (
        ("check", check, "name every fault of a city's rumours, and what must be looked at again"),
        ("try", try_out, "show which rumour a text would find; nothing is kept"),
        ("export", export, "print the signed rumours as ClaimReview (JSON-LD)"),
    ):
        verb = verbs.add_parser(name, help=about)
        verb.add_argument("city", metavar="CITY|FOLDER")
        verb.set_defaults(run=run)
        if name == "try":
            verb.add_argument("text", nargs="?", help="without it, a line of the input is read")
            verb.add_argument("--language", choices=languages.supported(), help="of the text")


def check(arguments: argparse.Namespace) -> int:
    """Name every fault, every draft and every rumour whose next check is over."""
    try:
        pack, read = _read(arguments.city)
    except PackError as error:
        return common.tell(arguments.city, error.faults)
    for line in notes(pack, read):
        print(line)
    if read.faults:
        return common.tell(pack.city.id, read.faults)
    print(f"{pack.city.id}: no faults in {common.counted(len(read.rumours), 'rumour')}.")
    return 0


def notes(pack: Pack, read: Read) -> list[str]:
    """Return a line for each rumour that is not shown, or whose next check is over."""
    today = datetime.datetime.now(pack.city.time_zone).date()
    return [
        f"{pack.city.id}: {one.id}: {note}"
        for one in read.rumours.values()
        for note in _notes(one, today)
    ]


def try_out(arguments: argparse.Namespace) -> int:
    """Show which rumour a text finds, drafts among them, and the nearest others."""
    try:
        _, read = _read(arguments.city)
    except PackError as error:
        return common.tell(arguments.city, error.faults)
    text = arguments.text if arguments.text is not None else sys.stdin.readline()
    codes = languages.supported()
    matcher = Matcher(read.rumours.values(), codes)
    wished = [arguments.language] if arguments.language else list(codes)
    nearest = matcher.ranked(text, wished)[:NEAREST]
    language = arguments.language or (nearest[0].language if nearest else codes[0])
    found = matcher.find(text, language)
    print(f"found: {_line(found, read)}" if found else "found: none, the answer would say so")
    for one in nearest:
        print(f"near: {_line(one, read)}")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Print the signed rumours as JSON-LD; faults go to the error output."""
    try:
        pack, read = _read(arguments.city)
    except PackError as error:
        return common.tell(arguments.city, error.faults)
    if read.faults:
        return common.tell(pack.city.id, read.faults)
    reviews = schema_org.reviews(read.rumours.values())
    print(json.dumps(reviews, ensure_ascii=False, indent=2))
    return 0


def _read(name: str) -> tuple[Pack, Read]:
    with common.folder_of(name) as folder:
        pack = common.pack_of(name)
        return pack, reading.read(folder, pack.city.languages)


def _notes(rumour: Rumour, today: datetime.date) -> list[str]:
    if rumour.is_draft:
        return ["a draft that nobody has signed, not shown"]
    if not rumour.is_shown(today):
        return [f"not shown before {rumour.date_published}"]
    return [f"should have been checked on {rumour.next_check}"] if rumour.is_stale(today) else []


def _line(found: Found, read: Read) -> str:
    draft = ", a draft, not shown" if read.rumours[found.id].is_draft else ""
    return f"{found.id} ({found.language}, alike {found.alike:.2f}{draft})"
