"""The kinds of answer: which one each route gets. `data/rules.yml` mirrors this table."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from bot import routes
from bot.answers import (
    clarify,
    converse,
    followups,
    guidance,
    guided,
    incident,
    language,
    meaning,
    nearby,
    rumour,
    services,
    speakers,
    urgent,
)
from bot.answers.model import DANGER, LOST, SURE, Answer, Turn
from bot.answers.payload import NEAR, SPEAKS
from bot.directory.model import Pack
from bot.incident import firsts
from bot.words import texts
from bot.words.catalogue import words
from bot.words.guided import common

# Here people speak of somebody who is not there.
ABOUT_OTHERS = frozenset((*routes.ids("frontline"), "worried_about_someone"))

Kind = Callable[[Turn, Pack], Answer]


def _where(turn: Turn, pack: Pack) -> Answer:
    answer = nearby.answer if turn.view == NEAR else services.where_and_when
    return answer(turn, pack)


def _services(turn: Turn, pack: Pack) -> Answer:
    if turn.view == SPEAKS:
        return speakers.pressed(turn, pack)
    return (rumour.answer if rumour.is_asked(turn) else services.answer)(turn, pack)


# The name of the Rasa action, and who composes its answer.
KINDS: dict[str, Kind] = {
    "action_answer_urgent": urgent.answer,
    "action_answer_services": _services,
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
    turn = meaning.meant(turn)
    pack = firsts.on(pack, turn.incident)
    follows = followups.is_meant(turn)
    step = None if follows else guided.answer(turn, pack)
    composed = step or (followups.answer if follows else _outside)(turn, pack)
    if composed.reply.forgets:
        return composed
    composed = incident.added(turn, pack, _introduced(composed, question_last=step is not None))
    composed = _without_names(composed if step else guided.around(composed, turn, pack), turn)
    asked = step is None and turn.certainty == DANGER
    memory = dataclasses.replace(
        composed.memory, last_language=composed.reply.language, asked=asked
    )
    route = "out_of_scope" if turn.certainty == LOST else turn.route
    return dataclasses.replace(composed, memory=memory, route=route)


def _outside(turn: Turn, pack: Pack) -> Answer:
    if turn.certainty != SURE:
        return clarify.answer(turn, pack)
    if guidance.is_asked(turn):
        return guidance.answer(turn)
    return KINDS[kind_of(turn.route)](turn, pack)


def _introduced(composed: Answer, question_last: bool) -> Answer:
    """Return the answer, and who speaks when it is the first of a conversation."""
    if composed.memory.introduced:
        return composed
    reply = composed.reply
    who = words(reply.language).say(texts.INTRODUCTION_SHORT)
    told = reply.paragraphs
    paragraphs = (*told[:-1], who, told[-1]) if question_last else (*told, who)
    # Who speaks is worth keeping, so it is no mere choice any more.
    reply = dataclasses.replace(reply, paragraphs=paragraphs, in_place=False)
    memory = dataclasses.replace(composed.memory, introduced=True)
    return dataclasses.replace(composed, reply=reply, memory=memory)


def _without_names(composed: Answer, turn: Turn) -> Answer:
    """Return the answer with a kind word when somebody was named who is talked about."""
    about = composed.memory.flow or turn.route
    # Nothing stands above numbers, also those that come again after a card.
    urgent_routes = (turn.route, composed.memory.last_route or turn.route)
    danger = turn.certainty == DANGER or any(routes.get(one).urgent for one in urgent_routes)
    if not turn.names_somebody or danger or about not in ABOUT_OTHERS:
        return composed
    kindly = words(composed.reply.language).say(common.NO_NAMES)
    paragraphs = (kindly, *composed.reply.paragraphs)
    reply = dataclasses.replace(composed.reply, paragraphs=paragraphs)
    return dataclasses.replace(composed, reply=reply)
