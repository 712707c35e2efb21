"""A graph component of `config.yml`: a linear classifier from a message to a ranking of routes."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import stored
from bot.nlu.features import sizes
from bot.nlu.linear import LinearRanker
from bot.nlu.message import is_button


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class RouteClassifier(GraphComponent):
    """Sets intent and intent_ranking with confidences that add up to 1 over the trained routes."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        ranker: LinearRanker | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._ranker = ranker

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings: sizes of the features, and how freely to fit them."""
        return {
            "longest_piece": 5,
            "longest_phrase": 2,
            "piece_bits": 18,
            "phrase_bits": 17,
            "looseness": 0.5,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RouteClassifier:
        """Return an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RouteClassifier:
        """Return the trained component; raise ModelNotTrainedError when there is none."""
        ranker = LinearRanker(sizes(config), stored.load(model_storage, resource))
        return cls(config, model_storage, resource, ranker)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the route of every training message."""
        examples = [message for message in training_data.intent_examples if message.get("text")]
        texts = [message.get("text") for message in examples]
        routes = [message.get("intent") for message in examples]
        self._ranker, state = LinearRanker.trained(
            sizes(self._config), self._config["looseness"], texts, routes
        )
        stored.save(state, self._model_storage, self._resource)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the routes for each typed message."""
        for message in messages:
            text = message.get("text")
            if text and not is_button(text):
                ranking = self._ranking(text)
                message.set("intent", ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[dict[str, Any]]:
        assert self._ranker is not None
        return [
            {"name": route, "confidence": confidence}
            for route, confidence in self._ranker.rank(text)
        ]
