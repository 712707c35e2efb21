"""What a turn stands for: a place, a yes to a question, an answer that leads elsewhere."""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import guided
from bot.answers.model import DANGER, SURE, Turn
from bot.answers.payload import NEAR

# "I live in Ixelles", "j'habite à Ixelles"
WORDS_BESIDE = 3
OF_A_PLACE = ("out_of_scope", "ask_where_when")
# In the order in which the question about danger offers where they lead.
YES_OR_NO = ("affirm", "deny")


def meant(turn: Turn) -> Turn:
    """Return the turn as the route that its words stand for, with the district it names."""
    return _answered(_placed(turn))


def _answered(turn: Turn) -> Turn:
    """Return the turn as the route that an answer stands for.

    A typed yes or no to the question about danger is its door; an answer of a guided conversation
    may leave it for a route.
    """
    asked = turn.memory.asked
    if asked and turn.certainty == SURE and turn.route in YES_OR_NO:
        return _answers_with(turn, turn.memory.offered[YES_OR_NO.index(turn.route)])
    danger = routes.get(turn.route).urgent or turn.certainty == DANGER
    if turn.memory.flow and turn.follow_up == "something_else" and not (danger or asked):
        return dataclasses.replace(turn, route="show_menu", certainty=SURE)
    # The very words of a button lead where the button leads, also "yes, right now".
    route = guided.leaving(turn) if turn.said_plainly or not danger else None
    return _answers_with(turn, route) if route else turn


def _answers_with(turn: Turn, route: str) -> Turn:
    """Return the turn as a route that was answered with, and as nothing else."""
    return dataclasses.replace(
        turn, route=route, certainty=SURE, said="", said_plainly=False, view="", choice=""
    )


def _placed(turn: Turn) -> Turn:
    """Return the turn with the district it names remembered; a place alone is about the place."""
    district = turn.district
    if district is None:
        return turn
    turn = dataclasses.replace(turn, memory=dataclasses.replace(turn.memory, district=district))
    if not _is_only_a_place(turn):
        return turn
    return dataclasses.replace(
        turn, route="ask_where_when", view=NEAR, choice=district, certainty=SURE
    )


def _is_only_a_place(turn: Turn) -> bool:
    """Tell whether a turn that names a district says hardly anything else, and no danger."""
    if turn.certainty == DANGER or turn.memory.asked or routes.get(turn.route).urgent:
        return False
    says_more = turn.certainty == SURE and turn.route not in OF_A_PLACE
    return turn.words_beside <= (0 if says_more else WORDS_BESIDE)
