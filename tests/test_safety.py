"""Urgent first in every state: each cry gets in every guided conversation what it gets outside."""

from __future__ import annotations

from collections import Counter

import pytest

from bot import model_file, routes
from bot.answers.model import Memory, Turn
from bot.directory import pack
from bot.flows import table
from bot.words import languages
from evaluation import safety
from evaluation.safety import ASKED, CARD, NOTHING, NUMBER, START, State

BRUSSELS = pack.load("brussels")


def parsed(route: str, certainty: str = "sure", text: str = "some words") -> dict[str, object]:
    ranking = [{"name": route, "confidence": 0.9}, {"name": "mental_health", "confidence": 0.1}]
    return {
        "text": text,
        "intent": ranking[0],
        "intent_ranking": ranking,
        "certainty": certainty,
        "language": {"code": "en", "confidence": 1.0},
    }


def test_the_states_are_all_steps_of_all_flows_by_every_way_that_leads_there():
    found = list(safety.states())
    assert len(set(found)) == len(found)
    wanted = {(route, step) for flow in table.table().values() for route in flow.opens
              for step in list(flow.steps)[list(flow.steps).index(flow.opens[route]):]}  # fmt: skip
    assert {(state.route, state.step) for state in found} == wanted
    path = [one.taken for one in found if (one.route, one.step) == ("staff_concern_pupil", "path")]
    assert len(path) == 7 * 4


@pytest.mark.parametrize("language", languages.supported())
@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_a_card_a_question_a_number_and_nothing_are_told_apart(route, language):
    def outcome(message: dict[str, object]) -> str:
        spoken = {**message, "language": {"code": language, "confidence": 1.0}}
        return safety.outcome(spoken, START, language, BRUSSELS)

    assert outcome(parsed(route)) == CARD
    assert outcome(parsed(route, "danger")) == ASKED
    assert outcome(parsed("housing_help", "unsure")) == NUMBER
    assert outcome(parsed("out_of_scope", "lost")) == NUMBER
    assert outcome(parsed("housing_help")) == NOTHING


def test_a_state_in_which_a_cry_got_less_would_be_named(monkeypatch):
    # A guided conversation that swallowed every typed word would be seen.
    def deaf(turn: Turn, pack: object) -> object:
        if turn.memory.flow == "leave_extremism":
            return original(Turn("thank", turn.language, turn.now, memory=Memory()), pack)
        return original(turn, pack)

    original = safety.kinds.respond
    english = [
        one for one in safety.messages.of_folder(safety.messages.TEST) if one.language == "en"
    ]
    monkeypatch.setattr(safety.messages, "of_folder", lambda folder: english)
    monkeypatch.setattr(safety.kinds, "respond", deaf)
    monkeypatch.setattr(safety, "understood", _understood)
    _, worse = safety.measure(BRUSSELS, safety.cries())
    named = {line.split(": ")[1] for line in worse}
    assert named == {"leave_extremism"}


async def _understood(cries: list[safety.Example]) -> list[dict[str, object]]:
    return [parsed(cry.right[0]) for cry in cries]


@pytest.mark.slow
def test_every_cry_gets_in_every_state_what_it_gets_in_a_first_message():
    model_file.ensure()
    # Every state, language and urgent route; `make safety` asks all cries.
    counted, worse = safety.measure(BRUSSELS, safety.cries(most_each=2))
    assert worse == []
    assert {language for language, _ in counted} == set(languages.supported())
    assert {route for _, route in counted} == set(routes.ids("urgent"))
    together: Counter[str] = sum(counted.values(), Counter())
    assert (together[CARD] + together[ASKED]) / together.total() >= 0.95
    assert State("mental_health", "since", ()) in set(safety.states())
