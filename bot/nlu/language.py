"""A graph component of `config.yml`: recognises the language of each message.

It learns from the training messages themselves, whose language stands in the metadata of their
intent, with pieces of words, which also carry short and misspelt messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear_component import LinearComponent

LANGUAGE = "language"
SNIPPETS = 2
SHORTEST, LONGEST = 1, 3


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LanguageIdentifier(LinearComponent):
    """Sets the attribute `language` of a message: {"code": "fr", "confidence": 0.98}."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings: sizes of the features, and how freely to fit them."""
        return {
            "longest_piece": 4,
            "longest_phrase": 1,
            "piece_bits": 18,
            "phrase_bits": 17,
            "looseness": 1.0,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all messages whose intent names its language in the metadata."""
        examples = [(m.get("text"), written_in(m)) for m in training_data.intent_examples]
        known = [(text, code) for text, code in examples if text and code]
        return self._learn(known + list(snippets(known)))

    def _set(self, message: Message, ranking: list[tuple[str, float]]) -> None:
        code, confidence = ranking[0]
        found = {"code": code, "confidence": confidence}
        message.set(LANGUAGE, found, add_to_output=True)


def snippets(examples: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield one to three words from the middle of each example: many people write no more."""
    chance = np.random.default_rng(1)
    for text, code in examples * SNIPPETS:
        words = text.split()
        first = chance.integers(len(words))
        length = chance.integers(SHORTEST, LONGEST + 1)
        if len(words) > length:
            yield " ".join(words[first : first + length]), code


def written_in(message: Message) -> str | None:
    """Return the language of a training message: the metadata of its intent name it."""
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
