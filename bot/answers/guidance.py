"""Guidance after an incident: which belongs to which route, and its pages behind buttons."""

from __future__ import annotations

from typing import NamedTuple

from bot.answers import keyboard
from bot.answers.model import Answer, Button, Reply, Turn
from bot.answers.payload import GUIDE, Press
from bot.words import incident
from bot.words.catalogue import Words, words
from bot.words.marks import Text


class Page(NamedTuple):
    """A page of guidance and the button that opens it."""

    button: Text
    sentences: tuple[Text, ...]


PAGES = {
    "feelings": Page(incident.FEELINGS_BUTTON, incident.FEELINGS),
    "young": Page(incident.YOUNG_BUTTON, incident.YOUNG),
    "older": Page(incident.OLDER_BUTTON, incident.OLDER),
    "class": Page(incident.CLASS_BUTTON, incident.CLASS),
    "staff": Page(incident.STAFF_BUTTON, incident.STAFF),
    "rumours": Page(incident.RUMOURS_BUTTON, incident.RUMOURS),
}


class Guide(NamedTuple):
    """What a route's answer says at once, and which pages its buttons open."""

    sentences: tuple[Text, ...]
    pages: tuple[str, ...] = ()


GUIDES = {
    "report_hate_crime": Guide(incident.BLAMED),
    "check_rumour": Guide(incident.RUMOURS),
    "worried_about_someone": Guide(incident.WORRIED, ("older",)),
    "mental_health": Guide(incident.FEELINGS),
    "trauma_support": Guide(incident.FEELINGS),
    "staff_wellbeing": Guide(incident.STAFF),
    "parenting_support": Guide(incident.YOUNG, ("older", "feelings")),
    "community_spaces": Guide(incident.TOGETHER, ("feelings",)),
    "staff_difficult_conversation": Guide(incident.CLASS, ("young", "older", "rumours")),
}


def is_asked(turn: Turn) -> bool:
    """Tell whether a turn presses the button of a page."""
    return turn.view == GUIDE and turn.route in GUIDES and turn.choice in PAGES


def answer(turn: Turn) -> Answer:
    """Return a page of guidance, with the way back to the services. Not a new demand."""
    say = words(turn.language)
    told = tuple(say.say(sentence) for sentence in PAGES[turn.choice].sentences)
    pages = (page for page in GUIDES[turn.route].pages if page != turn.choice)
    others = tuple(_row(say, turn.route, page) for page in pages)
    below = keyboard.after_details(say, turn.route, 0)
    return Answer(Reply(turn.language, told, (*others, *below)), turn.memory)


def paragraphs(say: Words, route: str) -> tuple[str, ...]:
    """Return what the answer of a route says at once."""
    return tuple(say.say(sentence) for sentence in GUIDES[route].sentences)


def rows(say: Words, route: str) -> keyboard.Rows:
    """Return a button for each page that the answer of a route offers."""
    return tuple(_row(say, route, page) for page in GUIDES[route].pages)


def _row(say: Words, route: str, page: str) -> tuple[Button, ...]:
    return (Button(say.say(PAGES[page].button), Press(route, GUIDE, page).payload),)
