"""A graph component of `config.yml`: a linear classifier from a message to a ranking of routes.

It stands behind the LanguageIdentifier, and sees no word that says who somebody is.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.language import LANGUAGE, written_in
from bot.nlu.linear_component import LinearComponent
from bot.nlu.neutral import load_words, neutral


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class RouteClassifier(LinearComponent):
    """Sets intent and intent_ranking with confidences that add up to 1 over the trained routes."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings: sizes of the features, and how freely to fit them."""
        return {
            "longest_piece": 5,
            "longest_phrase": 2,
            "piece_bits": 20,
            "phrase_bits": 19,
            "looseness": 0.5,
        }

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearComponent:
        """Return the trained component, its word lists read."""
        load_words()
        return super().load(config, model_storage, resource, execution_context, **kwargs)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the route of every training message."""
        examples = [message for message in training_data.intent_examples if message.get("text")]
        return self._learn(
            [
                (neutral(message.get("text"), written_in(message) or ""), message.get("intent"))
                for message in examples
            ]
        )

    def _seen(self, message: Message) -> str:
        language = (message.get(LANGUAGE) or {}).get("code", "")
        return neutral(message.get("text"), language)

    def _set(self, message: Message, ranking: list[tuple[str, float]]) -> None:
        entries = [{"name": route, "confidence": confidence} for route, confidence in ranking]
        message.set("intent", entries[0], add_to_output=True)
        message.set("intent_ranking", entries, add_to_output=True)
