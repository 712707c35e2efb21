"""The answers to short follow-ups: what was shown last, seen in another way.

None is a new demand. After an urgent card its numbers come again, whatever was asked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from bot import routes
from bot.answers import (
    converse,
    days,
    keyboard,
    language,
    nearby,
    phones,
    services,
    speakers,
    urgent,
    ways,
)  # fmt: skip
from bot.answers.here import Here, here
from bot.answers.model import DANGER, SURE, Answer, Reply, Turn
from bot.answers.payload import FORGET, MORE, NEAR
from bot.directory.model import Pack, Service
from bot.words import followups, languages, texts
from bot.words.catalogue import Words, words
from bot.words.marks import Text

Order = Callable[[list[Service]], list[Service]]
Tell = Callable[[Words, Service, Here], str]

# About the chat itself: they need nothing that was shown before.
ABOUT_CHAT = ("back", "stop", "something_else", "continue", "forget")
OF_A_STEP = ("back", "stop", "something_else", "continue")
# Where the person leads away from what was shown, also after an urgent card.
ELSEWHERE = ("something_else", "forget", "write_in")


def is_meant(turn: Turn) -> bool:
    """Tell whether a turn is a follow-up that can be answered here, and no danger.

    In a guided conversation "back", "stop" and the like belong to its steps.
    """
    dangerous = turn.certainty == DANGER or turn.memory.asked or routes.get(turn.route).urgent
    if turn.follow_up not in _ANSWERS or dangerous:
        return False
    if turn.memory.flow and turn.follow_up in OF_A_STEP:
        return False
    last = turn.memory.last_route
    shown = last is not None and routes.get(last).leads_to_services
    return shown or turn.follow_up in ABOUT_CHAT


def answer(turn: Turn, pack: Pack) -> Answer:
    """Answer a follow-up about the services shown last, or about the chat."""
    last = turn.memory.last_route
    if last and routes.get(last).urgent and turn.follow_up not in ELSEWHERE:
        return Answer(_urgent_again(turn, pack, last), turn.memory)
    composed = _ANSWERS[turn.follow_up](dataclasses.replace(turn, certainty=SURE), pack)
    same = turn.certainty == SURE and turn.route in ("change_language", "show_menu", "ask_privacy")
    return dataclasses.replace(composed, outcome=composed.outcome if same else None)


def _urgent_again(turn: Turn, pack: Pack, route: str) -> Reply:
    """Return the numbers, and for whoever cannot call, how to write to those who answer them."""
    reply = urgent.still_here(turn, pack, route)
    if turn.follow_up != "in_writing":
        return reply
    say, seen = words(turn.language), here(turn, pack)
    lines = [one for one in urgent.card_lines(turn, pack, route) if ways.reads_messages(one)]
    written = tuple(ways.in_writing(say, service, seen) for service in lines)
    return dataclasses.replace(reply, paragraphs=(*reply.paragraphs, *written))


def _on_a_day(turn: Turn, pack: Pack) -> Answer:
    asked, seen = days.dates(turn), here(turn, pack)
    page, shown = services.shown_last(turn, pack)
    if not shown:
        return services.again(turn, pack)
    shown = days.open_first(shown, pack.city, asked)
    say = words(turn.language)
    told = tuple(days.paragraph(say, service, seen, asked) for service in shown)
    return _details(turn, page, shown, told)


def _in_writing(turn: Turn, pack: Pack) -> Answer:
    order, tell = ways.writable_first, ways.in_writing
    return _reached(turn, pack, order, tell, followups.WRITE_TO_THEM)


def _by_phone(turn: Turn, pack: Pack) -> Answer:
    order, tell = ways.callable_first, ways.by_phone
    return _reached(turn, pack, order, tell, followups.CALL_THEM)


def _reached(turn: Turn, pack: Pack, order: Order, tell: Tell, lead: Text) -> Answer:
    """Tell how the services shown last are reached, in the order that fits that way."""
    page, shown = services.shown_last(turn, pack)
    if not shown:
        return services.again(turn, pack)
    say, seen = words(turn.language), here(turn, pack)
    shown = order(shown)
    told = (tell(say, service, seen) for service in shown)
    # "I can't call" and "call them" may come from somebody in danger.
    danger = say.say(texts.UNSURE_DANGER, number=phones.in_danger(pack))
    return _details(turn, page, shown, (say.say(lead), *told, danger))


def _details(turn: Turn, page: int, shown: list[Service], told: tuple[str, ...]) -> Answer:
    say, route = words(turn.language), turn.memory.last_route or turn.route
    headings = tuple(say.isolated(service.name_in(say.language)) for service in shown)
    buttons = keyboard.after_details(say, route, page)
    return Answer(
        Reply(turn.language, told, buttons, headings), dataclasses.replace(turn.memory, page=page)
    )


def _closer(turn: Turn, pack: Pack) -> Answer:
    return nearby.answer(
        dataclasses.replace(turn, route="ask_where_when", view=NEAR, choice=""), pack
    )


def _write_in(turn: Turn, pack: Pack) -> Answer:
    if turn.choice not in languages.supported():
        return speakers.answer(turn, pack)
    return language.answer(dataclasses.replace(turn, route="change_language"), pack)


def _back(turn: Turn, pack: Pack) -> Answer:
    return services.again(turn, pack) if turn.memory.last_route else _menu(turn, pack)


def _continue(turn: Turn, pack: Pack) -> Answer:
    """Show the next services when there are any; what was shown last otherwise."""
    route = turn.memory.last_route
    if not route or not services.more_left(turn, pack):
        return _back(turn, pack)
    following = str(turn.memory.page + 1)
    return services.answer(
        dataclasses.replace(turn, route=route, view=MORE, choice=following), pack
    )


def _stop(turn: Turn, pack: Pack) -> Answer:
    """Say goodbye; the number stands there too, as "stop" may have been a cry."""
    say = words(turn.language)
    danger = say.say(texts.UNSURE_DANGER, number=phones.in_danger(pack))
    reply = Reply(turn.language, (say.say(followups.STOPPED), danger), keyboard.offer(say, ()))
    return Answer(reply, dataclasses.replace(turn.memory, offered=()))


def _menu(turn: Turn, pack: Pack) -> Answer:
    return converse.answer(dataclasses.replace(turn, route="show_menu", view="", choice=""), pack)


def _forget(turn: Turn, pack: Pack) -> Answer:
    return converse.answer(
        dataclasses.replace(turn, route="ask_privacy", view=FORGET, choice=""), pack
    )


_ANSWERS: dict[str, Callable[[Turn, Pack], Answer]] = {
    **dict.fromkeys(days.FOLLOW_UPS, _on_a_day),
    "in_writing": _in_writing,
    "by_phone": _by_phone,
    "closer": _closer,
    "write_in": _write_in,
    "speaks": speakers.answer,
    "language": speakers.ask,
    "back": _back,
    "continue": _continue,
    "stop": _stop,
    "something_else": _menu,
    "forget": _forget,
}
