"""The answer when the message was not understood for sure: doors by name, a person, the menu."""

from __future__ import annotations

import dataclasses

from bot.answers import keyboard
from bot.answers.model import CLARIFIED, LOST, UNMET, Answer, Reply, Turn
from bot.directory.model import Pack
from bot.words import texts
from bot.words.catalogue import words

DOORS = 3


def answer(turn: Turn, pack: Pack) -> Answer:
    """Offer the likeliest two or three doors; far below that, the menu and a person."""
    say = words(turn.language)
    danger = say.say(texts.UNSURE_DANGER, number=pack.emergency_number)
    named = [route for route in turn.doors if keyboard.door_name(say, route)]
    offered = tuple(route for route in named if route not in keyboard.ALWAYS_OFFERED)[:DOORS]
    if turn.certainty == LOST or not offered:
        reply = Reply(turn.language, (say.say(texts.LOST), danger), keyboard.menu(say))
        return Answer(reply, dataclasses.replace(turn.memory, offered=()), UNMET)
    paragraphs = (say.say(texts.UNSURE), danger)
    reply = Reply(turn.language, paragraphs, keyboard.offer(say, offered))
    return Answer(reply, dataclasses.replace(turn.memory, offered=offered), CLARIFIED)
