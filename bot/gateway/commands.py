"""What begins with a slash: the commands, and the links of posters that open a chat."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot import routes, urgent
from bot.answers import payload
from bot.answers.payload import FORGET, GROUP, START, Press
from bot.words import doors, languages

COMMANDS = {
    "start": Press("show_menu", START),
    "help": Press("show_menu", START),
    "menu": Press("show_menu"),
    "language": Press("change_language"),
    "privacy": Press("ask_privacy"),
    "forget": Press("ask_privacy", FORGET),
}
# "/menu please" is still a command; more words are words.
MOST_WORDS_BESIDE = 2
# What a link may name besides routes and their groups.
TOPICS = {"teacher": "frontline"}

# A command as Telegram's clients mark it: letters of ASCII, alone or before white space.
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_LINK = re.compile(r"([a-z_]*)(?:-([a-z]*))?")


class Command(NamedTuple):
    """A command: the button it stands for, None when nobody knows it, and a chosen language."""

    press: Press | None
    chosen: str | None = None


def read(text: str) -> Command | None:
    """Return the command that a text is, or None when it is words to be understood.

    "/help he is going to kill me" is no command.
    """
    found = _COMMAND.fullmatch(text)
    if not found:
        return None
    name, rest = found[1].lower(), (found[2] or "").strip()
    press = COMMANDS.get(name)
    opened = link(rest) if rest and name == "start" else None
    if opened:
        return opened
    many = len(rest.split()) > MOST_WORDS_BESIDE and name != "start"
    if urgent.find(text) or many or (rest and not press):
        return None
    return Command(press)


def link(given: str) -> Command | None:
    """Return what t.me/BOT?start=GIVEN opens: a route, a group or the menu, and the language.

    "mental_health", "teacher-tr" and "-ar" are such; None for anything else.
    """
    found = _LINK.fullmatch(given.lower())
    opened = _door(found[1]) if found else None
    if not found or not opened:
        return None
    return Command(opened, found[2] if found[2] in languages.supported() else None)


def _door(topic: str) -> Press | None:
    group = TOPICS.get(topic, topic)
    if group in doors.GROUP_NAMES:
        return Press("show_menu", GROUP, group)
    if not topic:
        return COMMANDS["start"]
    return payload.read(f"/{topic}") if topic in routes.table() else None
