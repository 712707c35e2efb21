"""The replies that the gateway gives by itself: notices, and everything while Rasa is down.

Buttons and cries for help need no understanding, so they are answered in full also then.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot import urgent
from bot.answers import incident, keyboard, kinds, phones
from bot.answers.model import OUTAGE, UNKNOWN, Memory, Reply, Turn
from bot.answers.payload import Press
from bot.answers.urgent import card_lines, numbers
from bot.demand.signal import NOWHERE, Signal
from bot.directory.model import Pack
from bot.incident import current, firsts
from bot.words import texts
from bot.words.catalogue import words
from bot.words.marks import Text
from bot.words.overload import OVERLOAD, OVERLOAD_AGAIN, OVERLOAD_DANGER

NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class Fixed:
    """A reply given without Rasa, and the route it was for, if that could be known.

    `district` is the one that the pressed button named, None when it named none.
    """

    reply: Reply
    route: str
    district: str | None = None


def notice(pack: Pack, text: Text, language: str) -> Reply:
    """Return a fixed sentence, the number for danger, and the menu below them."""
    say = words(language)
    danger = say.say(texts.UNSURE_DANGER, number=phones.in_danger(pack))
    told = say.say(text, city=pack.city.names[language])
    return Reply(language, (told, danger), keyboard.menu(say))


def bare_notice(text: Text, language: str) -> Reply:
    """Return a fixed sentence alone, for a place where nobody should press anything."""
    return Reply(language, (words(language).say(text),), ())


def without_rasa(
    pack: Pack,
    press: Press | None,
    text: str,
    language: str,
    now: datetime.datetime,
    *,
    crowded: bool = False,
) -> Fixed:
    """Return the reply to a button or a text while Rasa does not answer, or not in time.

    A button is answered in full, a cry for help with its card in the language it was written in,
    any other text with the emergency number and people to talk to; where it is `crowded`, with a
    few words, which are soon sent and soon read.
    """
    if press:
        return _respond(pack, press, language, now)
    match = urgent.find(text)
    if match:
        spoken = match.language_for(language)
        return _respond(pack, Press(match.route), spoken, now)
    told = overload if crowded else outage
    return Fixed(told(pack, language, now), NOT_UNDERSTOOD)


def overload(pack: Pack, language: str, now: datetime.datetime) -> Reply:
    """Return the short reply to a text that cannot be answered in time."""
    say = words(language)
    danger = say.say(OVERLOAD_DANGER, number=phones.in_danger(pack))
    reply = Reply(
        language, (say.say(OVERLOAD), danger, say.say(OVERLOAD_AGAIN)), keyboard.menu(say)
    )
    # What many want to know at once is often just this.
    shown = current.shown(pack.city, now)
    return incident.below(shown, firsts.on(pack, shown), reply)


def outage(pack: Pack, language: str, now: datetime.datetime) -> Reply:
    """Return the reply to a text that nobody could understand: numbers, and the menu."""
    say = words(language)
    turn, country = Turn("emergency_now", language, now), pack.city.country
    danger = card_lines(turn, pack, "emergency_now")[:2]
    talk = card_lines(turn, pack, "crisis_self_harm")
    paragraphs = (
        say.say(texts.OUTAGE),
        f"{say.say(texts.OUTAGE_DANGER)}\n{numbers(say, danger, country)}",
        f"{say.say(texts.OUTAGE_TALK)}\n{numbers(say, talk, country)}",
    )
    shown = current.shown(pack.city, now)
    reply = Reply(language, paragraphs, keyboard.menu(say))
    return incident.below(shown, firsts.on(pack, shown), reply)


def outage_signal(given: Fixed, pack: Pack, channel: str, day: datetime.date) -> Signal:
    """Return what a reply without Rasa adds to the counters."""
    city, language, district = pack.city.id, given.reply.language, given.district or NOWHERE
    return Signal(day, city, given.route, language, UNKNOWN, district, channel, OUTAGE)


def _respond(pack: Pack, press: Press, language: str, now: datetime.datetime) -> Fixed:
    turn = Turn(
        route=press.route,
        language=language,
        now=now,
        view=press.view,
        choice=press.choice,
        incident=current.shown(pack.city, now),
        memory=Memory(introduced=True),
    )
    answer = kinds.respond(turn, pack)
    return Fixed(answer.reply, press.route, answer.memory.district)
