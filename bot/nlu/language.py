"""A graph component of `config.yml`: recognises the language of each message.

It learns from the training messages themselves, whose language stands in the metadata of their
intent, with character n-grams, which also carry short and misspelt messages.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from bot.nlu import stored
from bot.nlu.message import is_button

LANGUAGE = "language"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets the attribute `language` of a message: {"code": "fr", "confidence": 0.98}."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: Pipeline | None = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings: the lengths of the n-grams, and how freely to fit."""
        return {"shortest": 1, "longest": 4, "C": 20.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """Return an untrained component."""
        return cls(model_storage, resource, untrained(config))

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
        return cls(model_storage, resource, stored.load(model_storage, resource))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all messages whose intent names its language in the metadata."""
        examples = [(message.get("text"), _language_of(message)) for message in training_data.intent_examples]
        known = [(text, code) for text, code in examples if text and code]
        assert self._model is not None
        self._model.fit([text for text, _ in known], [code for _, code in known])
        stored.save(self._model, self._model_storage, self._resource)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the language of each typed message."""
        assert self._model is not None
        for message in messages:
            text = message.get("text")
            if text and not is_button(text):
                confidences = self._model.predict_proba([text])[0]
                best = int(np.argmax(confidences))
                found = {
                    "code": str(self._model.classes_[best]),
                    "confidence": float(confidences[best]),
                }
                message.set(LANGUAGE, found, add_to_output=True)
        return messages


def untrained(config: dict[str, Any]) -> Pipeline:
    """Return the model before training: n-grams of characters, and a linear classifier."""
    ngrams = (config["shortest"], config["longest"])
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=ngrams, sublinear_tf=True, dtype=np.float32)
    return make_pipeline(vectorizer, LogisticRegression(C=config["C"], max_iter=300))


def _language_of(message: Message) -> str | None:
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
