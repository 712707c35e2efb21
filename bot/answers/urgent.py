"""The urgent card: numbers first, one line day and night, a trusted person, no questions."""

from __future__ import annotations

import dataclasses

from bot.answers import keyboard, phones, services
from bot.answers.here import here
from bot.answers.model import ANSWERED, Answer, Reply, Turn
from bot.directory import freshness, search
from bot.directory.model import Pack, Service
from bot.words import cldr, texts
from bot.words.catalogue import Words, words

LINES = 3
# Of the languages that people learn beside their own, the commonest.
ENGLISH = "en"


def answer(turn: Turn, pack: Pack) -> Answer:
    """Answer an urgent route; a second card in a row, in the same language, is shorter."""
    if turn.view:
        return services.answer(turn, pack)
    say = words(turn.language)
    lines = card_lines(turn, pack, turn.route)
    shown_last = (turn.memory.last_route, turn.memory.card_language)
    again = shown_last == (turn.route, turn.language)
    body = (say.say(texts.URGENT_AGAIN),) if again else _first_card(say, turn.route, pack, lines)
    remembered = dataclasses.replace(
        turn.memory,
        last_route=turn.route,
        card_language=turn.language,
        page=0,
        offered=(),
        introduced=True,
    )
    return Answer(_card(turn, pack, turn.route, lines, body), remembered, ANSWERED)


def still_here(turn: Turn, pack: Pack, route: str) -> Reply:
    """Return the numbers of an urgent route again, for whatever is said after its card."""
    lines = card_lines(turn, pack, route)
    return _card(turn, pack, route, lines, (words(turn.language).say(texts.URGENT_AGAIN),))


def card_lines(turn: Turn, pack: Pack, route: str) -> list[Service]:
    """Return the services whose numbers stand on a card, each number once; never none.

    When none of them speaks the person's language and another one does, it takes the last line;
    when nobody speaks it, one that speaks English does.
    """
    distinct = _distinct(_trusted(turn, pack, route))
    lines, others = distinct[:LINES], distinct[LINES:]
    for language in (turn.language, ENGLISH):
        if any(language in service.languages for service in lines):
            break
        speaking = [service for service in others if language in service.languages]
        if speaking:
            lines[-1] = speaking[0]
            break
    return lines


def _trusted(turn: Turn, pack: Pack, route: str) -> list[Service]:
    """Return the services of a route that were checked within a year, or the emergency number."""
    emergency = pack.services[pack.city.emergency_service]
    found = search.for_route(pack, route, here(turn, pack).asked)
    today = turn.now.date()
    fresh = [one for one in found if one == emergency or freshness.is_fresh(one, today)]
    return fresh if any(service.voice_number for service in fresh) else [*fresh, emergency]


def _distinct(found: list[Service]) -> list[Service]:
    """Return the first service of each number."""
    by_number = {service.voice_number: service for service in reversed(found)}
    return [one for one in found if one.voice_number and by_number[one.voice_number] is one]


def _card(turn: Turn, pack: Pack, route: str, lines: list[Service], body: tuple[str, ...]) -> Reply:
    say = words(turn.language)
    more = len(search.for_route(pack, route, here(turn, pack).asked)) > services.PAGE
    buttons = keyboard.after_card(say, route, more)
    return Reply(turn.language, (numbers(say, lines, pack.city.country), *body), buttons)


def numbers(say: Words, lines: list[Service], country: str) -> str:
    """Return one line of text for each service: number, name, languages."""
    return "\n".join(_line(say, service, country) for service in lines)


def _line(say: Words, service: Service, country: str) -> str:
    number = phones.to_call(service.voice_number or "", country)
    form = texts.LINE_ALWAYS if service.always_open else texts.LINE
    text = say.say(form, number=number, name=service.name_in(say.language))
    return "\n".join([text, *_languages(say, service)])


def _languages(say: Words, service: Service) -> list[str]:
    spoken = [cldr.language_name(code, say.language) or code for code in service.languages]
    spoken += [note.in_language(say.language) for note in service.language_notes]
    if not spoken:
        return []
    return [say.say(texts.LINE_LANGUAGES, languages=cldr.listing(spoken, say.language))]


def _first_card(say: Words, route: str, pack: Pack, lines: list[Service]) -> tuple[str, ...]:
    number = phones.in_danger(pack)
    main = say.say(texts.URGENT[route], number=number)
    more = say.say(texts.URGENT_MORE[route], number=number)
    return (main, *_in_writing(say, lines), more, say.say(texts.URGENT_PROGRAM))


def _in_writing(say: Words, lines: list[Service]) -> tuple[str, ...]:
    """Return where one can write instead of calling, best in the person's language."""
    chats = sorted(
        (service for service in lines if service.chat),
        key=lambda service: say.language not in service.languages,
    )
    if not chats:
        return ()
    written = say.say(texts.WRITE_INSTEAD, url=chats[0].chat)
    return ("\n".join([written, *_languages(say, chats[0])]),)
