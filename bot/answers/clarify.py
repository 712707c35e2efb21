"""The answer when the message was not understood for sure: doors by name, a person, the menu."""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import keyboard, urgent
from bot.answers.model import CLARIFIED, LOST, UNMET, Answer, Reply, Turn
from bot.directory.model import Pack
from bot.words import texts
from bot.words.catalogue import words

DOORS = 3


def answer(turn: Turn, pack: Pack) -> Answer:
    """Offer the likeliest two or three doors; far below that, the menu and a person.

    After an urgent card its numbers come first again.
    """
    say = words(turn.language)
    danger = _danger(turn, pack)
    named = [route for route in turn.doors if keyboard.door_name(say, route)]
    offered = tuple(route for route in named if route not in keyboard.ALWAYS_OFFERED)[:DOORS]
    if turn.certainty == LOST or not offered:
        reply = Reply(turn.language, (*danger, say.say(texts.LOST)), keyboard.menu(say))
        return Answer(reply, dataclasses.replace(turn.memory, offered=()), UNMET)
    paragraphs = (*danger, say.say(texts.UNSURE))
    reply = Reply(turn.language, paragraphs, keyboard.offer(say, offered))
    return Answer(reply, dataclasses.replace(turn.memory, offered=offered), CLARIFIED)


def _danger(turn: Turn, pack: Pack) -> tuple[str, ...]:
    say, last = words(turn.language), turn.memory.last_route
    if last and routes.get(last).urgent:
        return (urgent.numbers(say, urgent.card_lines(turn, pack, last)),)
    return (say.say(texts.UNSURE_DANGER, number=pack.emergency_number),)
