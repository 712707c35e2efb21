"""What an incident adds to an answer that was composed as always: a block, guidance, doors.

Nothing is added above or between the numbers of somebody in danger.
"""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import guidance, keyboard
from bot.answers.keyboard import Rows
from bot.answers.model import DANGER, SURE, Answer, Reply, Turn
from bot.answers.payload import GUIDE, START
from bot.directory.model import Pack
from bot.incident import block
from bot.incident.model import NOW, Shown
from bot.words import languages
from bot.words.catalogue import Words, words

# Where help is: for everybody, for those who talk with others, for those who help.
DOORS = ("trauma_support", "mental_health", "staff_difficult_conversation", "staff_wellbeing")
# Whoever is in danger may ask because of what happened: it stands below the numbers.
BELOW = "emergency_now"


def added(turn: Turn, pack: Pack, composed: Answer) -> Answer:
    """Return the answer with what the incident of the turn adds; unchanged without one.

    `pack` is the city's as the incident leaves it (see bot/incident/firsts.py).
    """
    shown, reply = turn.incident, composed.reply
    if shown is None:
        return composed
    say = words(reply.language)
    if _has_numbers(turn):
        reply = _below(say, shown, reply) if _is_emergency(turn) else reply
    elif _is_related(turn):
        reply = _above(say, turn, shown, pack, reply)
    elif _is_first(turn):
        told = (*reply.paragraphs, *block.whole(say, shown, pack))
        reply = _drilled(say, shown, _with(reply, told, _doors(say, turn.route)))
    else:
        reply = _drilled(say, shown, reply)
    return dataclasses.replace(composed, reply=reply)


def below(shown: Shown | None, pack: Pack, reply: Reply) -> Reply:
    """Return a fixed reply with the short block under its numbers, and the doors to help."""
    if shown is None:
        return reply
    say = words(reply.language)
    told = _below(say, shown, reply).paragraphs
    return _with(reply, told, _doors(say, ""))


def _has_numbers(turn: Turn) -> bool:
    """Tell whether numbers for somebody in danger stand in the answer, or did just before."""
    last = turn.memory.last_route
    if turn.certainty == DANGER or routes.get(turn.route).urgent:
        return True
    # After a card, only a door to services or a new start leaves its numbers behind.
    leaves = turn.certainty == SURE and routes.get(turn.route).leads_to_services
    return last is not None and routes.get(last).urgent and not (leaves or _starts(turn))


def _is_emergency(turn: Turn) -> bool:
    return turn.route == BELOW and turn.certainty == SURE and not turn.view


def _is_related(turn: Turn) -> bool:
    # The steps of a guided conversation after its first are no new question.
    asks = turn.certainty == SURE and not turn.view and not turn.memory.flow
    return asks and turn.route in guidance.GUIDES


def _is_first(turn: Turn) -> bool:
    """Tell whether a conversation begins; whoever changes the language begins once more in it."""
    if turn.route == "change_language":
        return turn.choice in languages.supported()
    return _starts(turn) or (not turn.memory.introduced and turn.view != GUIDE)


def _starts(turn: Turn) -> bool:
    return turn.route == "show_menu" and turn.view == START


def _above(say: Words, turn: Turn, shown: Shown, pack: Pack, reply: Reply) -> Reply:
    """Return the answer of a related route with the block and its guidance before it."""
    first = _is_first(turn)
    told = block.whole(say, shown, pack) if first else block.short(say, shown)
    if shown.phase == NOW:
        told = (*told, *guidance.paragraphs(say, turn.route))
    rows = (*guidance.rows(say, turn.route), *(_doors(say, turn.route) if first else ()))
    return _drilled(say, shown, _with(reply, (*told, *reply.paragraphs), rows))


def _below(say: Words, shown: Shown, reply: Reply) -> Reply:
    told = (*block.drill(say, shown), *block.short(say, shown))
    return dataclasses.replace(reply, paragraphs=(*reply.paragraphs, *told))


def _drilled(say: Words, shown: Shown, reply: Reply) -> Reply:
    return _with(reply, (*block.drill(say, shown), *reply.paragraphs), ())


def _doors(say: Words, route: str) -> Rows:
    return keyboard.door_rows(say, (door for door in DOORS if door != route))


def _with(reply: Reply, paragraphs: tuple[str, ...], rows: Rows) -> Reply:
    """Return a reply with these paragraphs, and more rows of buttons above; none stands twice."""
    there = {button.payload for row in reply.buttons for button in row}
    new = tuple(row for row in rows if not {button.payload for button in row} & there)
    buttons = (*new, *reply.buttons)
    return dataclasses.replace(reply, paragraphs=paragraphs, buttons=buttons, in_place=False)
