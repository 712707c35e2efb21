"""From where somebody asks: the district they named, and the answers about it."""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import keyboard, services, urgent
from bot.answers.model import ANSWERED, Answer, Reply, Turn
from bot.directory.model import Pack
from bot.words import texts
from bot.words.catalogue import words


def answer(turn: Turn, pack: Pack) -> Answer:
    """Remember the district that a turn names, and show what was asked for last from there.

    Without a district, offer those of the city. After an urgent card the numbers come again:
    whoever is in danger needs them, not what is near.
    """
    say = words(turn.language)
    district = pack.city.districts.get(turn.choice)
    if district is None:
        buttons = keyboard.districts(say, pack.city)
        reply = Reply(turn.language, (say.say(texts.NEAR_ASK),), buttons)
        reply = dataclasses.replace(reply, in_place=True, asks_location=True)
        return Answer(reply, turn.memory)
    memory = dataclasses.replace(turn.memory, district=district.id)
    named = say.say(texts.NEAR_SET, district=say.isolated(district.name_in(turn.language)))
    if memory.last_route is None:
        menu = Reply(turn.language, (named, say.say(texts.MENU)), keyboard.menu(say))
        return Answer(menu, memory, ANSWERED)
    again = dataclasses.replace(turn, route=memory.last_route, view="", choice="", memory=memory)
    if routes.get(memory.last_route).urgent:
        return Answer(urgent.still_here(again, pack, memory.last_route), memory)
    shown = services.answer(again, pack)
    reply = dataclasses.replace(shown.reply, paragraphs=(named, *shown.reply.paragraphs))
    return Answer(reply, shown.memory)
