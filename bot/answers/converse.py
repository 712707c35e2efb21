"""The answers of the conversation routes: what one says in the middle of a chat."""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import blocks, forget, keyboard, language, phones, services, urgent
from bot.answers.here import here
from bot.answers.keyboard import Rows
from bot.answers.model import ANSWERED, NOT_HELPFUL, UNMET, Answer, Reply, Turn
from bot.answers.payload import GROUP, MORE, START, Press
from bot.directory import search
from bot.directory.model import Pack
from bot.words import doors, telegram, texts
from bot.words.catalogue import Words, words

OUTCOMES = {"answer_not_helpful": NOT_HELPFUL, "out_of_scope": UNMET}

# What may still come from someone in danger, whatever it sounds like.
SMALL_TALK = frozenset(
    (
        "greet", "goodbye", "thank", "affirm", "deny", "answer_not_helpful", "hostile_message",
        "out_of_scope",
    )
)  # fmt: skip


def answer(turn: Turn, pack: Pack) -> Answer:
    """Answer a conversation route; after an urgent card, small talk gets its numbers again."""
    if forget.is_meant(turn):
        return forget.answer(turn, pack)
    say = words(turn.language)
    last = turn.memory.last_route
    if last and routes.get(last).urgent and turn.route in SMALL_TALK:
        reply = urgent.still_here(turn, pack, last)
        return Answer(reply, turn.memory, OUTCOMES.get(turn.route, ANSWERED))
    paragraphs, buttons = _SAYINGS[turn.route](turn, pack, say)
    headings = _headings(turn, pack, say)
    reply = Reply(turn.language, paragraphs, buttons, headings, in_place=_is_choice(turn))
    memory = dataclasses.replace(turn.memory, introduced=True) if _introduces(turn) else turn.memory
    return Answer(reply, memory, OUTCOMES.get(turn.route, ANSWERED))


Saying = tuple[tuple[str, ...], Rows]


def introduction(say: Words, pack: Pack) -> tuple[str, ...]:
    """Return who speaks, what is kept and what to do: the first thing a person reads."""
    city, number = pack.city.names[say.language], phones.in_danger(pack)
    return (
        say.say(texts.INTRODUCTION, city=city),
        say.say(texts.INTRODUCTION_PRIVACY),
        say.say(texts.INTRODUCTION_INVITATION, number=number),
    )


def _is_choice(turn: Turn) -> bool:
    """Tell whether the reply is a menu alone, without the words that introduce the assistant."""
    return turn.route == "show_menu" and turn.view != START and turn.memory.introduced


def _introduces(turn: Turn) -> bool:
    return turn.view != GROUP and turn.route in ("greet", "show_menu", "are_you_a_bot")


def _greet(turn: Turn, pack: Pack, say: Words) -> Saying:
    if turn.memory.introduced:
        return (say.say(texts.GREETING),), keyboard.menu(say)
    return introduction(say, pack), keyboard.menu(say)


def _menu(turn: Turn, pack: Pack, say: Words) -> Saying:
    if turn.view == GROUP and turn.choice in doors.GROUP_NAMES:
        return (say.say(texts.MENU_GROUP),), keyboard.group(say, turn.choice)
    if turn.view == START or not turn.memory.introduced:
        return introduction(say, pack), keyboard.menu(say)
    return (say.say(texts.MENU),), keyboard.menu(say)


def _goodbye(turn: Turn, pack: Pack, say: Words) -> Saying:
    return (say.say(texts.GOODBYE),), keyboard.offer(say, ())


def _thank(turn: Turn, pack: Pack, say: Words) -> Saying:
    return (say.say(texts.WELCOME),), keyboard.offer(say, ())


def _affirm(turn: Turn, pack: Pack, say: Words) -> Saying:
    if turn.memory.offered:
        return (say.say(texts.WHICH_ONE),), keyboard.offer(say, turn.memory.offered)
    if turn.memory.last_route:
        return (say.say(texts.GLAD),), keyboard.menu(say)
    return (say.say(texts.MENU),), keyboard.menu(say)


def _deny(turn: Turn, pack: Pack, say: Words) -> Saying:
    return (say.say(texts.NO_PROBLEM),), keyboard.menu(say)


def _human(turn: Turn, pack: Pack, say: Words) -> Saying:
    lines = search.human_lines(pack, say.language)
    shown = (blocks.summary(say, line, "talk_to_human", here(turn, pack)) for line in lines)
    danger = say.say(texts.UNSURE_DANGER, number=phones.in_danger(pack))
    return (say.say(texts.HUMAN), *shown, danger), keyboard.offer(say, ())


def _privacy(turn: Turn, pack: Pack, say: Words) -> Saying:
    told = (
        say.say(texts.PRIVACY_KEPT),
        say.say(texts.PRIVACY_COUNTED),
        say.say(texts.PRIVACY_POLICE, button=say.say(texts.WHAT_HAPPENS_BUTTON)),
        say.say(telegram.PRIVACY_CHAT),
        say.say(telegram.PRIVACY_FORGET, button=say.say(telegram.FORGET_BUTTON)),
    )
    return told, keyboard.privacy(say)


def _about_me(turn: Turn, pack: Pack, say: Words) -> Saying:
    about = say.say(texts.ABOUT_ME, city=pack.city.names[say.language])
    paragraphs = (about, *language.not_reviewed(say), say.say(texts.INTRODUCTION_PRIVACY))
    return paragraphs, keyboard.menu(say)


def _not_helpful(turn: Turn, pack: Pack, say: Words) -> Saying:
    others = tuple(door for door in turn.doors if routes.get(door).leads_to_services)[:2]
    more = None
    if turn.memory.last_route and services.more_left(turn, pack):
        more = Press(turn.memory.last_route, MORE, str(turn.memory.page + 1))
    return (say.say(texts.NOT_HELPFUL),), keyboard.not_helpful(say, more, others)


def _hostile(turn: Turn, pack: Pack, say: Words) -> Saying:
    return (say.say(texts.HOSTILE),), keyboard.offer(say, ("report_hate_crime", "mental_health"))


def _out_of_scope(turn: Turn, pack: Pack, say: Words) -> Saying:
    city = pack.city.names[say.language]
    return (say.say(texts.OUT_OF_SCOPE, city=city),), keyboard.menu(say)


def _headings(turn: Turn, pack: Pack, say: Words) -> tuple[str, ...]:
    if turn.route != "talk_to_human":
        return ()
    return tuple(blocks.heading(say, line) for line in search.human_lines(pack, say.language))


_SAYINGS = {
    "greet": _greet,
    "goodbye": _goodbye,
    "thank": _thank,
    "affirm": _affirm,
    "deny": _deny,
    "show_menu": _menu,
    "talk_to_human": _human,
    "ask_privacy": _privacy,
    "are_you_a_bot": _about_me,
    "answer_not_helpful": _not_helpful,
    "hostile_message": _hostile,
    "out_of_scope": _out_of_scope,
}
