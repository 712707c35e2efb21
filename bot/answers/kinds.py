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
    nearby,
    rumour,
    services,
    speakers,
    urgent,
)  # fmt: skip
from bot.answers.model import DANGER, SURE, Answer, Turn
from bot.answers.payload import NEAR, SPEAKS
from bot.directory.model import Pack
from bot.incident import firsts
from bot.words import texts
from bot.words.catalogue import words
from bot.words.guided import common

# "I live in Ixelles", "j'habite à Ixelles"
WORDS_BESIDE = 3
OF_A_PLACE = ("out_of_scope", "ask_where_when")

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
    turn = _meant(_placed(turn))
    pack = firsts.on(pack, turn.incident)
    step = None if followups.is_meant(turn) else guided.answer(turn, pack)
    composed = step or _outside(turn, pack)
    if composed.reply.forgets:
        return composed
    composed = incident.added(turn, pack, step or _introduced(composed))
    composed = _without_names(composed if step else guided.around(composed, turn, pack), turn)
    asked = step is None and turn.certainty == DANGER
    memory = dataclasses.replace(
        composed.memory, last_language=composed.reply.language, asked=asked
    )
    return dataclasses.replace(composed, memory=memory, route=turn.route)


def _outside(turn: Turn, pack: Pack) -> Answer:
    if followups.is_meant(turn):
        return followups.answer(turn, pack)
    if turn.certainty != SURE:
        return clarify.answer(turn, pack)
    if guidance.is_asked(turn):
        return guidance.answer(turn)
    return KINDS[kind_of(turn.route)](turn, pack)


def _introduced(composed: Answer) -> Answer:
    """Return the answer, and who speaks when it is the first of a conversation."""
    if composed.memory.introduced:
        return composed
    reply = composed.reply
    who = words(reply.language).say(texts.INTRODUCTION_SHORT)
    # Who speaks is worth keeping, so it is no mere choice any more.
    reply = dataclasses.replace(reply, paragraphs=(*reply.paragraphs, who), in_place=False)
    memory = dataclasses.replace(composed.memory, introduced=True)
    return dataclasses.replace(composed, reply=reply, memory=memory)


def _without_names(composed: Answer, turn: Turn) -> Answer:
    """Return the answer with a kind word when somebody was named who is talked about."""
    about = composed.memory.flow or turn.route
    danger = turn.certainty == DANGER or routes.get(turn.route).urgent
    if not turn.names_somebody or danger or about not in ABOUT_OTHERS:
        return composed
    kindly = words(composed.reply.language).say(common.NO_NAMES)
    paragraphs = (kindly, *composed.reply.paragraphs)
    reply = dataclasses.replace(composed.reply, paragraphs=paragraphs)
    return dataclasses.replace(composed, reply=reply)


def _meant(turn: Turn) -> Turn:
    """Return the turn as the route that an answer stands for.

    A typed yes or no to the question about danger is its door; an answer of a guided conversation
    may leave it for a route.
    """
    if turn.memory.asked and turn.certainty == SURE:
        yes, no = turn.memory.offered
        return dataclasses.replace(
            turn, route={"affirm": yes, "deny": no}.get(turn.route, turn.route)
        )
    danger = routes.get(turn.route).urgent or turn.certainty == DANGER
    if turn.memory.flow and turn.follow_up == "something_else" and not danger:
        return dataclasses.replace(turn, route="show_menu", certainty=SURE)
    route = None if danger else guided.leaving(turn)
    if route is None:
        return turn
    return dataclasses.replace(turn, route=route, certainty=SURE, said="", view="", choice="")


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
