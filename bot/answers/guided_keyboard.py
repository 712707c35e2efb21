"""The buttons of the guided conversations: the answers of a step, and the moves every step has."""

from __future__ import annotations

from bot.answers.keyboard import SHORT, Rows, button, ways_on
from bot.answers.model import Button
from bot.answers.payload import BACK, RESUME, STEP, STOP, Press
from bot.flows.table import Flow
from bot.words import doors
from bot.words.catalogue import Words
from bot.words.guided import common
from bot.words.guided.flows import WORDS


def answers(words: Words, flow: Flow, route: str, step: str, without: str = "") -> Rows:
    """Return the answers of a step of a guided conversation that `route` has opened."""
    offered = [answer for answer in flow.steps[step] if answer != without]
    return _in_order([_answer(words, flow, route, answer) for answer in offered])


def question(words: Words, flow: Flow, route: str, step: str) -> Rows:
    """Return the answers of a step, the way back, the way out, and the ways on."""
    return (*answers(words, flow, route, step), moves(words, route), *ways_on(words))


def page(words: Words, flow: Flow, route: str, shown: str) -> Rows:
    """Return the other pages of the last step, the way back to its services, and the ways on."""
    others = answers(words, flow, route, flow.last, without=shown)
    return (*others, moves(words, route, back=RESUME), *ways_on(words))


def moves(words: Words, route: str, back: str = BACK) -> tuple[Button, ...]:
    """Return the way back (`back`: to the step before, or to this one again) and the way out."""
    leads = {common.BACK: back, common.STOP: STOP}
    return tuple(button(words, name, Press(route, STEP, move)) for name, move in leads.items())


def resume(words: Words, route: str) -> tuple[Button, ...]:
    """Return the way back into a guided conversation that was interrupted."""
    return (button(words, common.RESUME, Press(route, STEP, RESUME)),)


def _answer(words: Words, flow: Flow, route: str, answer: str) -> Button:
    left_for, name = flow.route_of(answer), WORDS[flow.id].answers.get(answer)
    press = Press(left_for) if left_for else Press(route, STEP, answer)
    return button(words, name or doors.NAMES[answer], press)


def _in_order(buttons: list[Button]) -> Rows:
    """Return the buttons in their order, which people may count, neighbours with short labels
    side by side.
    """
    rows: list[tuple[Button, ...]] = []
    for one in buttons:
        short = len(one.label) <= SHORT
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0].label) <= SHORT:
            rows[-1] = (rows[-1][0], one)
        else:
            rows.append((one,))
    return tuple(rows)
