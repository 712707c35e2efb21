"""The kinds of answer: which one each route gets. `data/rules.yml` mirrors this table."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from bot import routes
from bot.answers import clarify, converse, language, nearby, services, urgent
from bot.answers.model import DANGER, SURE, Answer, Turn
from bot.answers.payload import NEAR
from bot.directory.model import Pack
from bot.words import texts
from bot.words.catalogue import words

# "I live in Ixelles", "j'habite à Ixelles"
WORDS_BESIDE = 3
OF_A_PLACE = ("out_of_scope", "ask_where_when")

Kind = Callable[[Turn, Pack], Answer]


def _where(turn: Turn, pack: Pack) -> Answer:
    answer = nearby.answer if turn.view == NEAR else services.where_and_when
    return answer(turn, pack)


# The name of the Rasa action, and who composes its answer.
KINDS: dict[str, Kind] = {
    "action_answer_urgent": urgent.answer,
    "action_answer_services": services.answer,
    "action_answer_where_when": _where,
    "action_change_language": language.answer,
    "action_converse": converse.answer,
}


def kind_of(route: str) -> str:
    """Return the name of the action that answers a route."""
    special = {
        "ask_where_when": "action_answer_where_when",
        "change_language": "action_change_language",
    }
    if route in special:
        return special[route]
    by_group = {"urgent": "action_answer_urgent", "conversation": "action_converse"}
    return by_group.get(routes.get(route).group, "action_answer_services")


def respond(turn: Turn, pack: Pack) -> Answer:
    """Return the whole answer to a turn: the right kind, and who speaks when it is the first."""
    turn = _placed(turn)
    composed = clarify.answer(turn, pack) if turn.certainty != SURE else _composed(turn, pack)
    memory = dataclasses.replace(
        composed.memory,
        last_language=composed.reply.language,
        asked=turn.certainty == DANGER,
    )
    if composed.reply.forgets:
        return composed
    if memory.introduced:
        return dataclasses.replace(composed, memory=memory)
    reply = composed.reply
    who = words(reply.language).say(texts.INTRODUCTION_SHORT)
    # Who speaks is worth keeping, so it is no mere choice any more.
    reply = dataclasses.replace(reply, paragraphs=(*reply.paragraphs, who), in_place=False)
    return Answer(reply, dataclasses.replace(memory, introduced=True), composed.outcome)


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


def _composed(turn: Turn, pack: Pack) -> Answer:
    meant = dataclasses.replace(turn, route=_meant(turn))
    return KINDS[kind_of(meant.route)](meant, pack)


def _meant(turn: Turn) -> str:
    """Return the route of a turn; a typed yes or no to the question about danger is its door."""
    if not turn.memory.asked:
        return turn.route
    yes, no = turn.memory.offered
    return {"affirm": yes, "deny": no}.get(turn.route, turn.route)
