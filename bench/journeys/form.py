"""The form of a written journey: its signs, what may be given, and the plain data of it.

A journey is a file `<name>.<language>.txt` that somebody who cannot program reads and writes; how
is told in docs/how-to/write-a-journey.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

WRITES, PRESSES, SAYS, NEVER, SERVICE, BUTTONS = ">", "[", "<", "!", "*", "+"
COMMENT, GIVEN, NOW_IN = "#", "Given", "Now in"

SIGNS = {
    COMMENT: "# a remark",
    GIVEN: "Given how things stand",
    WRITES: "> what the person writes",
    PRESSES: "[the button they press]",
    SAYS: "< words that must stand in the reply",
    NEVER: "! words that must not stand in the reply",
    SERVICE: "* a service that the reply must name",
    BUTTONS: "+ a button | another button in the same row",
    NOW_IN: "Now in a language code: from here on the replies are in it",
}
ACTS = (WRITES, PRESSES)
EXPECTATIONS = (SAYS, NEVER, SERVICE, BUTTONS)

PHONE = "a phone in "
OLD_BUTTON, DAY_PASSED = "an old button", "a day passed"
RASA_DOWN, RASA_BACK = "Rasa is down", "Rasa is back"
CIRCUMSTANCES = (OLD_BUTTON, DAY_PASSED, RASA_DOWN, RASA_BACK)

BETWEEN_BUTTONS = "|"
# Signs of direction inside a text: they are read by a screen, not by a person.
_UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]")
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans("\u2018\u2019", "''")


@dataclass(frozen=True)
class Line:
    """One line of a journey: where it stands (from 1), its sign, and the words after the sign."""

    number: int
    sign: str
    text: str


@dataclass(frozen=True)
class Step:
    """What the person does once, what is given before, and what the reply must be.

    `language` is the code of the language that the reply is written in.
    """

    given: tuple[str, ...]
    act: Line
    expected: tuple[Line, ...]
    language: str

    @property
    def presses_old_button(self) -> bool:
        """Tell whether the button stands under an earlier reply than the latest."""
        return OLD_BUTTON in self.given


@dataclass(frozen=True)
class Journey:
    """A whole journey; `phone` is the language of the person's phone."""

    name: str
    language: str
    phone: str
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Shown:
    """A reply as a person sees it: its lines, those of them that are headings, and its buttons.

    `language` is None where the reply does not tell it: the list of languages.
    """

    language: str | None
    lines: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the words on all buttons."""
        return tuple(label for row in self.rows for label in row)


def as_read(text: str) -> str:
    """Return a text as a reader sees it: one kind of space, one apostrophe, no unseen signs."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).translate(_QUOTES)
    return _SPACES.sub(" ", seen).strip()


def on_button(label: str) -> str:
    """Return the words on a button without a picture before them: 🌐 is hard to type."""
    return re.sub(r"^[^\w(\"«“'-]+", "", as_read(label))
