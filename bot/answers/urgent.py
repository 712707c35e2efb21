"""The urgent card: numbers first, one line day and night, a trusted person, no questions."""

from __future__ import annotations

import dataclasses

from bot.answers import keyboard, services
from bot.answers.model import ANSWERED, Answer, Reply, Turn
from bot.directory import search
from bot.directory.model import Pack, Service
from bot.words import cldr, texts
from bot.words.catalogue import Words, words

LINES = 3


def answer(turn: Turn, pack: Pack) -> Answer:
    """Answer an urgent route; a second card in a row is shorter than the first."""
    if turn.view:
        return services.answer(turn, pack)
    say = words(turn.language)
    lines = search.for_route(pack, turn.route, turn.language, turn.now)[:LINES]
    again = turn.memory.last_route == turn.route
    body = _second_card(say) if again else _first_card(say, turn.route, pack, lines)
    reply = Reply(
        turn.language,
        (numbers(say, lines), *body),
        keyboard.after_services(say, turn.route, page=0, more=True),
    )
    remembered = dataclasses.replace(turn.memory, last_route=turn.route, page=0, offered=())
    return Answer(reply, dataclasses.replace(remembered, introduced=True), ANSWERED)


def numbers(say: Words, lines: list[Service]) -> str:
    """Return one line of text for each service: number, name, languages."""
    return "\n".join(_line(say, service) for service in lines)


def _line(say: Words, service: Service) -> str:
    form = texts.LINE_ALWAYS if service.always_open else texts.LINE
    text = say.say(form, number=service.voice_number, name=service.name_in(say.language))
    spoken = [cldr.language_name(code, say.language) or code for code in service.languages]
    if not spoken:
        return text
    return f"{text}\n{say.say(texts.LINE_LANGUAGES, languages=cldr.listing(spoken, say.language))}"


def _first_card(say: Words, route: str, pack: Pack, lines: list[Service]) -> tuple[str, ...]:
    number = pack.emergency_number
    main = say.say(texts.URGENT[route], number=number)
    more = say.say(texts.URGENT_MORE[route], number=number)
    chats = [service.chat for service in lines if service.chat]
    written = (say.say(texts.WRITE_INSTEAD, url=chats[0]),) if chats else ()
    return (main, *written, more, say.say(texts.URGENT_PROGRAM))


def _second_card(say: Words) -> tuple[str, ...]:
    return (say.say(texts.URGENT_AGAIN),)
