"""Who of the services shown last speaks a language: for "does anybody there speak Turkish?"."""

from __future__ import annotations

import dataclasses

from bot.answers import blocks, keyboard, services
from bot.answers.here import here
from bot.answers.model import Answer, Reply, Turn
from bot.directory import search
from bot.directory.model import Pack, Service
from bot.words import cldr, followups, languages
from bot.words.catalogue import words


def answer(turn: Turn, pack: Pack) -> Answer:
    """Show the services of the last route that speak the language `choice`, at most one page.

    When none is known to, show those shown last again, those with interpreters first.
    """
    route = turn.memory.last_route or turn.route
    found = search.for_route(pack, route, here(turn, pack).asked)
    speaking = [service for service in found if turn.choice in service.languages]
    page, shown = services.shown_last(turn, pack)
    if not shown:
        return services.again(turn, pack)
    with_interpreters = sorted(shown, key=lambda service: service.interpreters is None)
    return _answer(turn, pack, page, speaking[: services.PAGE] or with_interpreters)


def pressed(turn: Turn, pack: Pack) -> Answer:
    """Answer the button: its own route counts, whatever was shown since."""
    page = turn.memory.page if turn.memory.last_route == turn.route else 0
    memory = dataclasses.replace(turn.memory, last_route=turn.route, page=page)
    return answer(dataclasses.replace(turn, memory=memory), pack)


def ask(turn: Turn, pack: Pack) -> Answer:
    """Ask what the name of a language alone means: to write in it, or who speaks it.

    A language that Right Door does not write is asked for because of those who speak it.
    """
    if turn.choice not in languages.supported():
        return answer(turn, pack)
    say, route = words(turn.language), turn.memory.last_route or turn.route
    name = languages.table()[turn.choice].name
    buttons = keyboard.language_choices(say, route, turn.choice, name)
    told = (say.say(followups.WHICH_WAY, language=name),)
    return Answer(Reply(turn.language, told, buttons), turn.memory)


def _answer(turn: Turn, pack: Pack, page: int, shown: list[Service]) -> Answer:
    say, seen = words(turn.language), here(turn, pack)
    route = turn.memory.last_route or turn.route
    name = cldr.language_name(turn.choice, turn.language) or turn.choice
    known = any(turn.choice in service.languages for service in shown)
    lead = say.say(followups.THEY_SPEAK if known else followups.NOBODY_KNOWN, language=name)
    told = (*_cannot_write(turn, name), lead)
    summaries = (blocks.summary(say, service, route, seen) for service in shown)
    headings = tuple(blocks.heading(say, service) for service in shown)
    buttons = keyboard.after_details(say, route, page)
    reply = Reply(turn.language, (*told, *summaries), buttons, headings)
    return Answer(reply, dataclasses.replace(turn.memory, last_route=route, page=page))


def _cannot_write(turn: Turn, name: str) -> tuple[str, ...]:
    if turn.follow_up != "write_in":
        return ()
    return (words(turn.language).say(followups.CANNOT_WRITE, language=name),)
