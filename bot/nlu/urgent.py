"""A graph component of `config.yml`: asks the urgent layer's patterns before the classifier."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot import urgent
from bot.nlu.message import is_button

URGENT = "urgent"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class UrgentPatterns(GraphComponent):
    """Sets the attribute `urgent` of a message to the route whose pattern matched."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UrgentPatterns:
        """Return the component, its patterns compiled; it has nothing to learn."""
        urgent.load()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark each typed message in which a pattern is found."""
        for message in messages:
            text = message.get("text")
            match = urgent.find(text) if text and not is_button(text) else None
            if match:
                message.set(URGENT, {"route": match.route, "language": match.languages[0]})
        return messages
