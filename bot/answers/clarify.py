"""The answer when the message was not understood for sure.

Somebody may be in danger: the number and one question. Else: doors by name, a person, the menu.
"""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import keyboard, phones, urgent
from bot.answers.model import CLARIFIED, DANGER, LOST, UNMET, Answer, Reply, Turn
from bot.directory.model import Pack
from bot.words import doors, texts
from bot.words.catalogue import words

DOORS = 3


def answer(turn: Turn, pack: Pack) -> Answer:
    """Offer the likeliest two or three doors; far below that, the menu and a person.

    After an urgent card its numbers come first again.
    """
    say = words(turn.language)
    danger = _danger(turn, pack)
    if turn.certainty == DANGER:
        return _asked(turn, danger)
    named = [route for route in turn.doors if keyboard.door_name(say, route)]
    offered = tuple(route for route in named if route not in keyboard.ALWAYS_OFFERED)[:DOORS]
    if turn.certainty == LOST or not offered:
        reply = Reply(turn.language, (*danger, say.say(texts.LOST)), keyboard.menu(say))
        return Answer(reply, dataclasses.replace(turn.memory, offered=()), UNMET)
    paragraphs = (*danger, say.say(texts.UNSURE))
    reply = Reply(turn.language, paragraphs, keyboard.offer(say, offered))
    return Answer(reply, dataclasses.replace(turn.memory, offered=offered), CLARIFIED)


def _asked(turn: Turn, danger: tuple[str, ...]) -> Answer:
    """Ask about the likeliest danger; "no" leads to the likeliest other door."""
    say = words(turn.language)
    urgent_doors = (route for route in turn.doors if routes.get(route).urgent)
    yes = next(urgent_doors, routes.ids("urgent")[0])
    others = (route for route in turn.doors if not routes.get(route).urgent)
    no = next((route for route in others if route in doors.NAMES), "deny")
    paragraphs = (*danger, say.say(texts.ASK_DANGER[yes]))
    reply = Reply(turn.language, paragraphs, keyboard.yes_no(say, yes, no))
    return Answer(reply, dataclasses.replace(turn.memory, offered=(yes, no)), CLARIFIED)


def _danger(turn: Turn, pack: Pack) -> tuple[str, ...]:
    say, last = words(turn.language), turn.memory.last_route
    if last and routes.get(last).urgent:
        return (urgent.numbers(say, urgent.card_lines(turn, pack, last), pack.city.country),)
    return (say.say(texts.UNSURE_DANGER, number=phones.in_danger(pack)),)
