"""The policy of `config.yml`: which action answers which route, as `data/rules.yml` says.

Every rule is one route and one action, so that a table of 51 lines does what Rasa's RulePolicy
finds by comparing the whole conversation with every rule.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

FILE = "actions.json"


class RuleError(ValueError):
    """A rule is more than one route and one action, or two rules contradict each other."""


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT], is_trainable=True
)
class RoutePolicy(Policy):
    """Predicts the action of the route that was understood, and then to listen."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        actions: dict[str, str] | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context)
        self._actions = actions or {}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings; the priority only counts beside other policies."""
        return {"priority": 6}

    @staticmethod
    def supported_data() -> SupportedData:
        """Tell Rasa that this policy learns from rules."""
        return SupportedData.RULE_DATA

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Learn the action of each route; raise RuleError when a rule says anything else."""
        self._actions = learnt(training_trackers)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(self._actions), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RoutePolicy:
        """Return the policy with what it has learnt."""
        with model_storage.read_from(resource) as folder:
            actions = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, execution_context, actions)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Return all certainty for one action; one of no rule is answered with silence."""
        action = ACTION_LISTEN_NAME
        if tracker.latest_action_name == ACTION_LISTEN_NAME and tracker.latest_message:
            intent = tracker.latest_message.intent.get("name")
            action = self._actions.get(intent, ACTION_LISTEN_NAME)
        certainties = self._default_predictions(domain)
        certainties[domain.index_for_action(action)] = 1.0
        return self._prediction(certainties)


def learnt(trackers: list[TrackerWithCachedStates]) -> dict[str, str]:
    """Return the action of each route in the trackers that Rasa makes of the rules."""
    actions: dict[str, str] = {}
    for route, action in map(_rule, trackers):
        if actions.setdefault(route, action) != action:
            raise RuleError(f"data/rules.yml: {route} leads to {action} and to {actions[route]}")
    return actions


def _rule(tracker: TrackerWithCachedStates) -> tuple[str, str]:
    events = tracker.applied_events()
    said = [event.intent_name for event in events if isinstance(event, UserUttered)]
    done = [event.action_name for event in events if isinstance(event, ActionExecuted)]
    own = [name for name in done if name and name not in (ACTION_LISTEN_NAME, "...")]
    if len(said) != 1 or len(own) != 1 or not said[0]:
        raise RuleError(f"data/rules.yml: one route and one action, not {said} and {own}")
    return said[0], own[0]
