"""What stands on one poster: its words in one language, and the link behind its QR code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import routes
from bot.directory.model import Pack
from bot.words import doors, posters, texts
from bot.words.catalogue import END_OF_ISOLATE, ISOLATE, words
from bot.words.marks import Text

RESIDENTS, TEACHER = "residents", "teacher"
STAFF_GROUP = "frontline"

# Telegram's rule for the username of a bot.
_BOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,28}[Bb][Oo][Tt]")
_BARE = str.maketrans("", "", ISOLATE + END_OF_ISOLATE)


class TooLongError(ValueError):
    """A text does not fit its place on the poster, not even in the smallest size."""


@dataclass(frozen=True)
class Poster:
    """The words of a poster, from top to bottom; `topic` is empty on one for everybody.

    A text begins a new line where it holds one.
    """

    language: str
    rtl: bool
    city: str
    headline: str
    topic: str
    about: str
    scan: str
    link: str
    program: str
    danger: str

    @property
    def address(self) -> str:
        """Return the link as people type it."""
        return self.link.removeprefix("https://")


def is_bot_name(name: str) -> bool:
    """Tell whether a bot could have this name: 5 to 32 letters, digits or _, the last being bot."""
    return _BOT_NAME.fullmatch(name) is not None


def starts() -> tuple[str, ...]:
    """Return what a poster can be for: everybody, staff, and every door that has a name."""
    return (RESIDENTS, TEACHER, *doors.NAMES)


def link(bot_name: str, start: str, language: str) -> str:
    """Return the address that opens the bot on a topic, in a language."""
    topic = "" if start == RESIDENTS else start
    return f"https://t.me/{bot_name}?start={topic}-{language}"


def compose(pack: Pack, bot_name: str, start: str, language: str) -> Poster:
    """Return the words of a poster; raise KeyError for a start or language there is none for."""
    say, city = words(language), pack.city.names[language]

    def told(text: Text, **values: object) -> str:
        # On paper nothing but the words is needed: the line itself has one direction.
        return say.say(text, **values).translate(_BARE)

    return Poster(
        language=language,
        rtl=say.rtl,
        city=city,
        headline=f"{told(posters.QUESTION)}\n{told(posters.ANSWER)}",
        topic=told(_topic(start)) if start != RESIDENTS else "",
        about=told(posters.ABOUT_STAFF if _is_for_staff(start) else posters.ABOUT, city=city),
        scan=told(posters.SCAN),
        link=link(bot_name, start, language),
        program=told(posters.PROGRAM),
        danger=told(texts.UNSURE_DANGER, number=pack.emergency_number),
    )


def _topic(start: str) -> Text:
    return doors.GROUP_NAMES[STAFF_GROUP] if start == TEACHER else doors.NAMES[start]


def _is_for_staff(start: str) -> bool:
    return start == TEACHER or start in (*routes.ids(STAFF_GROUP), "staff_wellbeing")
