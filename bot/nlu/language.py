"""A graph component of `config.yml`: recognises the language of each message.

It learns from the training messages themselves, whose language stands in the metadata of their
intent, with pieces of words, which also carry short and misspelt messages.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear_component import LinearComponent

LANGUAGE = "language"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LanguageIdentifier(LinearComponent):
    """Sets the attribute `language` of a message: {"code": "fr", "confidence": 0.98}."""

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

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all messages whose intent names its language in the metadata."""
        examples = [(m.get("text"), _language_of(m)) for m in training_data.intent_examples]
        return self._learn([(text, code) for text, code in examples if text and code])

    def _set(self, message: Message, ranking: list[tuple[str, float]]) -> None:
        code, confidence = ranking[0]
        found = {"code": code, "confidence": confidence}
        message.set(LANGUAGE, found, add_to_output=True)


def _language_of(message: Message) -> str | None:
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
