"""A graph component of `config.yml`: recognises the language of each message.

It learns from the training messages themselves, whose language stands in the metadata of their
intent, with character n-grams, which also carry short and misspelt messages.
"""

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

LANGUAGE = "language"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets the attribute `language` of a message: {"code": "fr", "confidence": 0.98}."""

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
            "longest_piece": 4,
            "longest_phrase": 0,
            "piece_bits": 17,
            "phrase_bits": 0,
            "looseness": 1.0,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
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
    ) -> LanguageIdentifier:
        """Return the trained component; raise ModelNotTrainedError when there is none."""
        ranker = LinearRanker(sizes(config), stored.load(model_storage, resource))
        return cls(config, model_storage, resource, ranker)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all messages whose intent names its language in the metadata."""
        examples = [(m.get("text"), _language_of(m)) for m in training_data.intent_examples]
        known = [(text, code) for text, code in examples if text and code]
        self._ranker, state = LinearRanker.trained(
            sizes(self._config),
            self._config["looseness"],
            [text for text, _ in known],
            [code for _, code in known],
        )
        stored.save(state, self._model_storage, self._resource)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the language of each typed message."""
        assert self._ranker is not None
        for message in messages:
            text = message.get("text")
            if text and not is_button(text):
                code, confidence = self._ranker.rank(text)[0]
                found = {"code": code, "confidence": confidence}
                message.set(LANGUAGE, found, add_to_output=True)
        return messages


def _language_of(message: Message) -> str | None:
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
