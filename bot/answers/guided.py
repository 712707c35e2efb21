"""Guided conversations: one question at a time, each safe to leave and safe to interrupt.

What was answered so far is in the memory; every button also carries its answer, so that an old one
works as well. `bot/flows/flows.yml` has the steps, `bot/words/guided/` the words.
"""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import guided_end, guided_keyboard, keyboard, phones, services
from bot.answers.model import DANGER, SURE, Answer, Memory, Reply, Turn
from bot.answers.payload import BACK, RESUME, STEP, STOP
from bot.directory.model import Pack
from bot.flows import table
from bot.flows.table import STAY, Flow
from bot.words import texts
from bot.words.catalogue import Words, words
from bot.words.guided import common
from bot.words.guided.flows import WORDS

# Typed words that move within a guided conversation (see bot/followups).
MOVES = {"back": BACK, "stop": STOP, "continue": RESUME}
# What says too little at a question: it is asked again.
UNCLEAR = ("affirm", "deny", "out_of_scope")
# What ends a guided conversation, whoever says it.
ENDING = frozenset(("show_menu", "goodbye"))


def answer(turn: Turn, pack: Pack) -> Answer | None:
    """Return the next step when a turn belongs to a guided conversation; None when it does not.

    Danger never belongs to one: its card comes first, whatever step it was. Only the very words of
    a button ("a threat") are taken as that button.
    """
    route = turn.route if turn.view == STEP else turn.memory.flow
    flow = table.of_route(route)
    if flow is None or route is None or not _belongs(turn, flow):
        return None
    if turn.memory.flow != route:
        fresh = dataclasses.replace(turn.memory, flow=route, taken=())
        turn = dataclasses.replace(turn, memory=fresh)
    turn = dataclasses.replace(turn, route=route)
    said = turn.choice if turn.view == STEP else turn.said or MOVES.get(turn.follow_up, "")
    move = {BACK: _back, STOP: _stopped, RESUME: _resumed}.get(said)
    if move:
        return move(turn, pack, flow)
    if flow.step_of(said) is None:
        say = words(turn.language)
        return _asked(turn, pack, flow, (_if_in_danger(say, pack), say.say(common.CHOOSE)))
    return _taken(turn, pack, flow, said)


def leaving(turn: Turn) -> str | None:
    """Return the route for which an answer leaves the guided conversation, if it does."""
    pressed = turn.view == STEP
    flow = table.of_route(turn.route if pressed else turn.memory.flow)
    said = turn.choice if pressed else turn.said
    return flow.route_of(said) if flow and flow.step_of(said) else None


def around(composed: Answer, turn: Turn, pack: Pack) -> Answer:
    """Return an answer that was given outside of a guided conversation, with the way into it.

    A need that opens one gets its first question; an interruption gets the way back.
    """
    memory = composed.memory
    if turn.route in ENDING:
        return dataclasses.replace(composed, memory=_without_flow(memory))
    flow = table.of_route(turn.route)
    if flow and _is_fresh_need(turn) and memory.last_route == turn.route:
        return _opened(composed, turn, flow)
    if memory.flow is None:
        return composed
    last = memory.last_route
    if last != memory.flow and not (last and routes.get(last).urgent):
        return dataclasses.replace(composed, memory=_without_flow(memory))
    if memory.flow == last and _switched(composed, turn):
        return _in_other_language(composed, turn, pack)
    return _with_way_back(composed, memory.flow) if memory.taken else composed


def _belongs(turn: Turn, flow: Flow) -> bool:
    if turn.view == STEP:
        return True
    danger = turn.certainty == DANGER or routes.get(turn.route).urgent
    if danger and not turn.said_plainly:
        return False
    if turn.view or not turn.typed:
        return False
    if turn.memory.last_route != turn.memory.flow:
        return _comes_back(turn)
    if turn.said or turn.follow_up in MOVES:
        return True
    at_end = flow.step_after(turn.memory.flow or "", turn.memory.taken) == flow.last
    # A yes to what was asked in between is none to the step.
    own = flow.opens if turn.memory.offered else (*flow.opens, *UNCLEAR)
    return not at_end and (turn.certainty != SURE or turn.route in own)


def _if_in_danger(say: Words, pack: Pack) -> str:
    """Return the number, for what may have been a cry that nobody understood."""
    return say.say(texts.UNSURE_DANGER, number=phones.in_danger(pack))


def _comes_back(turn: Turn) -> bool:
    """Tell whether somebody who was shown numbers asks in words to go on with the questions."""
    move = turn.said or MOVES.get(turn.follow_up, "")
    return move == RESUME and bool(turn.memory.taken) and routes.get(_last(turn)).urgent


def _last(turn: Turn) -> str:
    return turn.memory.last_route or turn.route


def _is_fresh_need(turn: Turn) -> bool:
    return not turn.view and not turn.follow_up and turn.certainty == SURE


def _opened(composed: Answer, turn: Turn, flow: Flow) -> Answer:
    """Return a need's answer with the first question of its guided conversation below it."""
    say, reply = words(composed.reply.language), composed.reply
    step = flow.opens[turn.route]
    question = say.say(WORDS[flow.id].questions[step])
    reply = dataclasses.replace(
        reply,
        paragraphs=(*reply.paragraphs, f"{say.say(common.OPENING)}\n{question}"),
        buttons=(*guided_keyboard.answers(say, flow, turn.route, step), *reply.buttons),
    )
    memory = dataclasses.replace(composed.memory, flow=turn.route, taken=())
    return dataclasses.replace(composed, reply=reply, memory=memory)


def _switched(composed: Answer, turn: Turn) -> bool:
    """Tell whether the answer has set another language."""
    chosen = composed.memory.chosen_language
    # The question about danger has set nothing, and keeps its yes and no.
    if chosen is None or turn.certainty == DANGER:
        return False
    sure = turn.route == "change_language" and turn.certainty == SURE
    asked = turn.choice == chosen and (sure or turn.follow_up == "write_in")
    return asked or chosen != turn.memory.chosen_language


def _taken(turn: Turn, pack: Pack, flow: Flow, said: str) -> Answer:
    """Say what belongs to an answer, and ask on; at the last step show the services."""
    memory = turn.memory
    if flow.leads(said) != STAY:
        taken = flow.with_answer(memory.taken, said)
        memory = dataclasses.replace(memory, taken=taken, last_route=memory.flow, page=0)
        turn = dataclasses.replace(turn, memory=memory, choice="", view="")
    elif flow.step_of(said) == flow.last:
        return guided_end.page(turn, pack, flow, said)
    ended = flow.leads(said) == flow.last  # which says by itself what belongs to its answer
    return _asked(turn, pack, flow, () if ended else guided_end.adds(turn, pack, flow, said))


def _asked(turn: Turn, pack: Pack, flow: Flow, before: tuple[str, ...]) -> Answer:
    """Return the question of the present step, with what is said before it."""
    memory = dataclasses.replace(turn.memory, last_route=turn.route, offered=())
    turn = dataclasses.replace(turn, memory=memory)
    step = flow.step_after(turn.route, memory.taken)
    if step == flow.last:
        return guided_end.services_found(turn, pack, flow, before)
    say = words(turn.language)
    paragraphs = (*before, say.say(WORDS[flow.id].questions[step]))
    buttons = guided_keyboard.question(say, flow, turn.route, step)
    # What was said before a question is worth keeping.
    reply = Reply(turn.language, paragraphs, buttons, in_place=not before)
    return Answer(reply, memory)


def _back(turn: Turn, pack: Pack, flow: Flow) -> Answer:
    """Return the step before; before the first one stand the services of the need."""
    if not turn.memory.taken:
        return _opened(services.again(turn, pack), turn, flow)
    memory = dataclasses.replace(turn.memory, taken=turn.memory.taken[:-1])
    return _asked(dataclasses.replace(turn, memory=memory), pack, flow, ())


def _resumed(turn: Turn, pack: Pack, flow: Flow) -> Answer:
    return _asked(turn, pack, flow, (words(turn.language).say(common.RESUMED),))


def _stopped(turn: Turn, pack: Pack, flow: Flow) -> Answer:
    say = words(turn.language)
    # "Stop" that is typed may be a cry as well.
    danger = (_if_in_danger(say, pack),) if turn.typed else ()
    paragraphs = (*danger, say.say(common.STOPPED), say.say(texts.MENU))
    return Answer(Reply(turn.language, paragraphs, keyboard.menu(say)), _without_flow(turn.memory))


def _in_other_language(composed: Answer, turn: Turn, pack: Pack) -> Answer:
    """Return the present step again in the language that was just chosen."""
    memory, said = composed.memory, composed.reply
    route, flow = memory.flow or "", table.of_route(memory.flow)
    again = dataclasses.replace(
        turn, route=route, language=said.language, view="", choice="", memory=memory
    )
    step = _asked(again, pack, flow, said.paragraphs) if flow else composed
    return dataclasses.replace(step, outcome=composed.outcome)


def _with_way_back(composed: Answer, route: str) -> Answer:
    say, reply = words(composed.reply.language), composed.reply
    *rows, last = reply.buttons
    buttons = (*rows, guided_keyboard.resume(say, route), last)
    return dataclasses.replace(composed, reply=dataclasses.replace(reply, buttons=buttons))


def _without_flow(memory: Memory) -> Memory:
    return dataclasses.replace(memory, flow=None, taken=())
