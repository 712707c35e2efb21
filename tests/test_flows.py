"""The table of guided conversations has no holes, and its faults are named all at once."""

from __future__ import annotations

import pytest

from bot import routes
from bot.answers import guided_facts
from bot.answers.payload import STEP, Press
from bot.flows import table
from bot.flows.table import Flow
from bot.words import doors
from bot.words.guided.flows import WORDS

FLOWS = pytest.mark.parametrize("flow", table.table().values(), ids=lambda flow: flow.id)


def test_the_table_has_no_faults():
    assert list(table.faults(table.table())) == []


def test_staff_reporting_worry_leaving_and_recovery_are_guided():
    opened = {route for flow in table.table().values() for route in flow.opens}
    assert opened >= {
        *("staff_concern_pupil", "staff_recognise_signs", "staff_share_information"),
        *("report_hate_crime", "report_discrimination", "report_online_hate"),
        *("report_extremist_activity", "worried_about_someone", "leave_extremism"),
        *("trauma_support", "mental_health", "staff_wellbeing"),
    }


@FLOWS
def test_every_step_and_every_answer_of_a_flow_has_its_words(flow):
    said = WORDS[flow.id]
    assert set(flow.steps) <= set(said.questions)
    for answers in flow.steps.values():
        for answer, where in answers.items():
            assert answer in said.answers or answer in doors.NAMES, answer
            if where == table.STAY and answer != "summary":
                assert said.adds.get(answer) or answer in guided_facts.ANSWERS, answer


def test_no_words_are_left_over():
    for words in {id(one): one for one in WORDS.values()}.values():
        flows = [flow for flow in table.table().values() if WORDS[flow.id] is words]
        answers = {answer for flow in flows for step in flow.steps.values() for answer in step}
        assert set(words.answers) <= answers
        assert set(words.adds) <= answers
        assert set(words.questions) == {step for flow in flows for step in flow.steps}


@FLOWS
def test_the_buttons_of_a_flow_fit_into_telegrams_payload(flow):
    for route in flow.opens:
        for answer in (one for step in flow.steps.values() for one in step):
            if flow.route_of(answer):  # its button is that route's own
                continue
            assert len(Press(route, STEP, answer).payload.encode()) <= 64


@FLOWS
def test_every_path_through_a_flow_ends_at_its_last_step(flow):
    for step, answers in flow.steps.items():
        on = {where for where in answers.values() if where in flow.steps}
        assert on or step == flow.last, f"{step} leads nowhere"


@FLOWS
def test_whoever_is_in_danger_can_say_so_at_the_first_step(flow):
    first = next(iter(flow.steps.values()))
    assert any(where.startswith("/") and routes.get(where[1:]).urgent for where in first.values())


def test_an_answer_to_an_earlier_step_undoes_what_was_answered_since():
    flow = table.table()["reporting"]
    taken = flow.with_answer(("safe", "to_me", "police"), "seen")
    assert taken == ("safe", "seen")
    assert flow.step_after("report_hate_crime", taken) == "wish"


def test_an_answer_without_those_before_it_leads_on_as_well():
    flow = table.table()["reporting"]
    assert flow.step_after("report_hate_crime", flow.with_answer((), "anonymous")) == "doors"


def test_all_faults_of_a_table_are_named_at_once():
    broken = Flow(
        "broken",
        {"no_such_route": "first", "job_help": "nowhere"},
        {
            "first": {"a": "second", "b": "backwards", "c": "/greet", "a2": "stay"},
            "second": {"a": "first"},
            "unreached": {},
        },
    )
    found = "\n".join(table.faults({"broken": broken}))
    for fault in (
        "broken: opens: 'no_such_route'; allowed: a route with services",
        "broken: opens: job_help: no step 'nowhere'; allowed: first, second, unreached",
        "broken: first: b: leads to 'backwards'; allowed: stay, second, unreached, /ROUTE",
        "broken: first: c: leads to '/greet'",
        "broken: first: a: is an answer twice",
        "broken: second: a: leads to 'first'",
        "broken: unreached: nothing leads there",
    ):
        assert fault in found, found
