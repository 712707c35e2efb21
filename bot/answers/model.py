"""The plain data of a conversation: what comes in (Turn), what goes out (Answer)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from bot.incident.model import Shown

# DANGER: not sure, and somebody may be in danger.
SURE, UNSURE, LOST, DANGER = "sure", "unsure", "lost", "danger"

ANSWERED, CLARIFIED, UNMET, NOT_HELPFUL, OUTAGE = (
    "answered", "clarified", "unmet", "not_helpful", "outage",
)  # fmt: skip
OUTCOMES = (ANSWERED, CLARIFIED, UNMET, NOT_HELPFUL, OUTAGE)

RESIDENT, STAFF, UNKNOWN = "resident", "staff", "unknown"


@dataclass(frozen=True)
class Memory:
    """All that is remembered between two turns of a conversation; it dies with the conversation.

    `offered` are the routes last offered as doors, `page` which page of services was
    shown last, and `card_language` the language of the last urgent card. `asked` tells that the
    reply before asked about danger; `offered` are then where its yes and its no lead. `district`
    is the district of the city that the person named: nothing finer is ever known. `flow` is the
    route whose guided conversation is under way, and `taken` the answers given in it so far.
    """

    chosen_language: str | None = None
    last_language: str | None = None
    last_route: str | None = None
    page: int = 0
    offered: tuple[str, ...] = ()
    introduced: bool = False
    audience: str = UNKNOWN
    card_language: str | None = None
    asked: bool = False
    district: str | None = None
    flow: str | None = None
    taken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One message as understood.

    `doors` are route ids, likeliest first. `view` and `choice` come from our own buttons.
    `district` is one that the message names, with so many `words_beside` it. `typed` tells words
    from a button; `said` is the answer of a guided conversation that typed words stand for,
    `said_plainly` when they say nothing else; `names_somebody` tells that they name a person.
    `rumour` is the id of the checked rumour that the message asks about, empty when nobody has
    checked it, None when it asks about none.
    `incident` is what the city shows at the moment about something that has happened.
    `follow_up` is what a short message says about what was shown last (a kind of bot/followups),
    `weekday` the day it names: 0 is Monday.
    `now` is aware, in the city's time zone.
    """

    route: str
    language: str
    now: datetime.datetime
    certainty: str = SURE
    doors: tuple[str, ...] = ()
    view: str = ""
    choice: str = ""
    district: str | None = None
    words_beside: int = 0
    typed: bool = False
    said: str = ""
    said_plainly: bool = False
    names_somebody: bool = False
    rumour: str | None = None
    incident: Shown | None = None
    follow_up: str = ""
    weekday: int | None = None
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True)
class Button:
    """A button: its label and the payload that comes back when it is pressed."""

    label: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """What a person reads: paragraphs of plain text, and rows of buttons below them.

    A line that equals one of `headings` is a name that a channel may show in bold. A reply that
    is `in_place` is only a choice, with nothing to keep: a channel may put it where another such
    choice stood. One that `asks_location` is helped by a button that shares it. One that `forgets`
    tells a channel to delete what it has of this conversation.
    """

    language: str
    paragraphs: tuple[str, ...]
    buttons: tuple[tuple[Button, ...], ...]
    headings: tuple[str, ...] = ()
    in_place: bool = False
    asks_location: bool = False
    forgets: bool = False

    @property
    def text(self) -> str:
        """Return the whole text; paragraphs are parted by an empty line."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class Answer:
    """A reply, what to remember, and the outcome to count; None when it is not a new demand.

    `route` is what was answered: a typed "yes" may have meant a door; `out_of_scope` for words that
    were not understood at all.
    """

    reply: Reply
    memory: Memory
    outcome: str | None = None
    route: str = ""
