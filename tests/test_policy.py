"""Which action answers which route stands in data/rules.yml alone, and the policy learns it."""

from __future__ import annotations

import pytest
import yaml

from bot import routes
from bot.settings import ROOT

# The import of Rasa alone takes long, and its libraries warn about each other.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def domain():
    from rasa.shared.core.domain import Domain

    return Domain.load(str(ROOT / "domain.yml"))


def rule(domain, *steps):
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    events = [ActionExecuted("...")]
    for step in steps:
        is_action = step.startswith("action_")
        events.append(ActionExecuted(step) if is_action else UserUttered("", {"name": step}))
    return DialogueStateTracker.from_events("rule", events, domain.slots)


@pytest.fixture(scope="module")
def policy(domain):
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.resource import Resource

    from bot.nlu.policy import RoutePolicy, learnt

    written = yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    pairs = [
        (step["intent"], steps[1]["action"])
        for steps in (one["steps"] for one in written)
        for step in steps[0].get("or", [steps[0]])
    ]
    actions = learnt([rule(domain, route, action) for route, action in pairs])
    context = ExecutionContext(GraphSchema({}))
    return RoutePolicy({"priority": 6}, None, Resource("policy"), context, actions)


def predicted(policy, domain, *steps):
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    events = [ActionExecuted("action_listen")]
    for step in steps:
        is_action = step.startswith("action_")
        events.append(ActionExecuted(step) if is_action else UserUttered("", {"name": step}))
    tracker = DialogueStateTracker.from_events("a", events, domain.slots)
    found = policy.predict_action_probabilities(tracker, domain)
    return domain.action_names_or_texts[found.max_confidence_index]


@pytest.mark.parametrize("route", routes.ids())
def test_every_route_is_answered_and_then_the_next_message_awaited(policy, domain, route):
    action = predicted(policy, domain, route)
    assert action.startswith("action_")
    assert action != "action_listen"
    assert predicted(policy, domain, route, action) == "action_listen"


@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_danger_is_answered_with_the_card(policy, domain, route):
    assert predicted(policy, domain, route) == "action_answer_urgent"


def test_a_prediction_adds_no_events_since_conversations_are_not_copied_for_actions(policy, domain):
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    events = [ActionExecuted("action_listen"), UserUttered("", {"name": "greet"})]
    tracker = DialogueStateTracker.from_events("a", events, domain.slots)
    assert not policy.predict_action_probabilities(tracker, domain).events


def test_what_no_rule_names_is_answered_with_silence_and_so_by_the_gateway(policy, domain):
    assert predicted(policy, domain, "restart") == "action_listen"


def test_rules_that_contradict_each_other_are_refused(domain):
    from bot.nlu.policy import RuleError, learnt

    one = rule(domain, "greet", "action_converse")
    with pytest.raises(RuleError, match="greet"):
        learnt([one, rule(domain, "greet", "action_answer_services")])
    with pytest.raises(RuleError, match="one route and one action"):
        learnt([rule(domain, "greet", "action_converse", "action_answer_services")])
