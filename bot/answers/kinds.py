"""The kinds of answer: which one each route gets. `data/rules.yml` mirrors this table."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from bot import routes
from bot.answers import clarify, converse, language, services, urgent
from bot.answers.model import DANGER, SURE, Answer, Turn
from bot.directory.model import Pack
from bot.words import texts
from bot.words.catalogue import words

Kind = Callable[[Turn, Pack], Answer]

# The name of the Rasa action, and who composes its answer.
KINDS: dict[str, Kind] = {
    "action_answer_urgent": urgent.answer,
    "action_answer_services": services.answer,
    "action_answer_where_when": services.where_and_when,
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
    composed = clarify.answer(turn, pack) if turn.certainty != SURE else _composed(turn, pack)
    memory = dataclasses.replace(
        composed.memory,
        last_language=composed.reply.language,
        asked=turn.certainty == DANGER,
    )
    if memory.introduced:
        return dataclasses.replace(composed, memory=memory)
    reply = composed.reply
    who = words(reply.language).say(texts.INTRODUCTION_SHORT)
    reply = dataclasses.replace(reply, paragraphs=(*reply.paragraphs, who))
    return Answer(reply, dataclasses.replace(memory, introduced=True), composed.outcome)


def _composed(turn: Turn, pack: Pack) -> Answer:
    meant = dataclasses.replace(turn, route=_meant(turn))
    return KINDS[kind_of(meant.route)](meant, pack)


def _meant(turn: Turn) -> str:
    """Return the route of a turn; a typed yes or no to the question about danger is its door."""
    if not turn.memory.asked:
        return turn.route
    yes, no = turn.memory.offered
    return {"affirm": yes, "deny": no}.get(turn.route, turn.route)
