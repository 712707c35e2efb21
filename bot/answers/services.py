"""The answer of every route that leads to services: a lead sentence and the best three of them."""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import blocks, card, keyboard
from bot.answers.here import here
from bot.answers.model import ANSWERED, RESIDENT, STAFF, UNMET, Answer, Memory, Reply, Turn
from bot.answers.payload import AFTER, MORE, WHERE
from bot.directory import search
from bot.directory.model import Pack, Service
from bot.words import doors, texts
from bot.words.catalogue import Words, words

PAGE = 3
FOR_STAFF = frozenset((*routes.ids("frontline"), "staff_wellbeing"))


def answer(turn: Turn, pack: Pack) -> Answer:
    """Answer a route with services, or with the view of them that a button asked for."""
    found = search.for_route(pack, turn.route, here(turn, pack).asked)
    wanted = int(turn.choice) if turn.choice.isdecimal() else 0
    page = _existing(wanted, found)
    if turn.view == MORE and wanted > page:
        return _no_more(turn, page)
    if turn.view in (WHERE, AFTER) and found:
        return details(turn, pack, turn.route, page, _on_page(page, found))
    return _services(turn, pack, found, page)


def where_and_when(turn: Turn, pack: Pack) -> Answer:
    """Answer "where is it, when is it open" about the services shown last; else ask which."""
    route = turn.memory.last_route
    if route is None:
        say = words(turn.language)
        reply = Reply(turn.language, (say.say(texts.MENU),), keyboard.menu(say))
        return Answer(reply, turn.memory, ANSWERED)
    found = search.for_route(pack, route, here(turn, pack).asked)
    if not found:
        return _services(dataclasses.replace(turn, route=route), pack, found, 0)
    page = _existing(turn.memory.page, found)
    at_place = dataclasses.replace(turn, view=WHERE)
    return details(at_place, pack, route, page, _on_page(page, found))


def shown_last(turn: Turn, pack: Pack) -> tuple[int, list[Service]]:
    """Return which page of the last route's services is shown, and the services on it."""
    found = search.for_route(pack, turn.memory.last_route or turn.route, here(turn, pack).asked)
    page = _existing(turn.memory.page, found)
    return page, _on_page(page, found)


def again(turn: Turn, pack: Pack) -> Answer:
    """Show the page of services shown last once more. Not a new demand."""
    route = turn.memory.last_route or turn.route
    found = search.for_route(pack, route, here(turn, pack).asked)
    page = _existing(turn.memory.page, found)
    return _services(dataclasses.replace(turn, route=route, view=MORE), pack, found, page)


def more_left(turn: Turn, pack: Pack) -> bool:
    """Tell whether there are services of the last route that were not shown yet."""
    if not turn.memory.last_route:
        return False
    found = search.for_route(pack, turn.memory.last_route, here(turn, pack).asked)
    return len(found) > (turn.memory.page + 1) * PAGE


def details(turn: Turn, pack: Pack, route: str, page: int, shown: list[Service]) -> Answer:
    """Return where and when, or what happens, for services shown before. Not a new demand."""
    say = words(turn.language)
    if turn.view == WHERE:
        seen = here(turn, pack)
        paragraphs = [blocks.where_and_when(say, service, seen) for service in shown]
    else:
        paragraphs = [blocks.what_happens(say, service, route) for service in shown]
        paragraphs.append(say.say(texts.WHAT_HAPPENS_HERE))
    headings = tuple(blocks.heading(say, service) for service in shown)
    buttons = keyboard.after_details(say, route, page)
    reply = Reply(turn.language, tuple(paragraphs), buttons, headings)
    return Answer(reply, dataclasses.replace(turn.memory, last_route=route, page=page))


def _services(turn: Turn, pack: Pack, found: list[Service], page: int) -> Answer:
    say = words(turn.language)
    shown = _on_page(page, found)
    left = len(found) - page * PAGE - len(shown)
    reply = Reply(
        turn.language,
        (
            *_lead(say, turn, pack, shown),
            *(blocks.summary(say, service, turn.route, here(turn, pack)) for service in shown),
            *card.residence_unknown(say, shown, turn.route),
            *((say.say(texts.MORE_LEFT, count=left),) if left > 0 else ()),
        ),
        keyboard.after_services(say, turn.route, page, left > 0, bool(pack.city.districts)),
        tuple(blocks.heading(say, service) for service in shown),
    )
    outcome = None if turn.view == MORE else ANSWERED if shown else UNMET
    return Answer(reply, _remembered(turn, page), outcome)


def guided(
    turn: Turn, pack: Pack, before: tuple[str, ...], after: str, pages: keyboard.Rows
) -> Answer:
    """Return the services at the end of a guided conversation, with its words around them."""
    found = search.for_route(pack, turn.route, here(turn, pack).asked)
    answer = _services(dataclasses.replace(turn, view=MORE), pack, found, 0)
    reply = dataclasses.replace(
        answer.reply,
        paragraphs=(*before, *answer.reply.paragraphs, after),
        buttons=(*pages, *answer.reply.buttons),
    )
    return Answer(reply, answer.memory)


def _no_more(turn: Turn, page: int) -> Answer:
    say = words(turn.language)
    reply = Reply(
        turn.language, (say.say(texts.NO_MORE),), keyboard.after_details(say, turn.route, page)
    )
    return Answer(reply, _remembered(turn, page))


def _existing(wanted: int, found: list[Service]) -> int:
    """Return the wanted page, or the last one there is: an old button may ask for more."""
    return min(wanted, max(0, (len(found) - 1) // PAGE))


def _on_page(page: int, found: list[Service]) -> list[Service]:
    return found[page * PAGE : (page + 1) * PAGE]


def _lead(say: Words, turn: Turn, pack: Pack, shown: list[Service]) -> tuple[str, ...]:
    if shown and turn.view != MORE and turn.route in doors.LEADS:
        return (say.say(doors.LEADS[turn.route]),)
    if shown:
        return ()
    from_here = say.say(texts.NOTHING_KNOWN, city=pack.city.names[turn.language])
    lines = [
        blocks.summary(say, service, turn.route, here(turn, pack))
        for service in search.human_lines(pack, turn.language)
    ]
    return (from_here, *lines)


def _remembered(turn: Turn, page: int) -> Memory:
    audience = STAFF if turn.route in FOR_STAFF else turn.memory.audience
    if audience != STAFF:
        audience = RESIDENT
    return dataclasses.replace(
        turn.memory, last_route=turn.route, page=page, offered=(), audience=audience
    )
