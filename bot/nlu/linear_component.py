"""What the trained graph components share: a linear ranker that is learnt, kept and loaded."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import stored
from bot.nlu.features import sizes
from bot.nlu.linear import LinearRanker
from bot.nlu.message import is_button


class LinearComponent(GraphComponent):
    """A graph component around a LinearRanker; a concrete one says what is learnt and set."""

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

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearComponent:
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
    ) -> LinearComponent:
        """Return the trained component; raise ModelNotTrainedError when there is none."""
        ranker = LinearRanker(sizes(config), stored.load(model_storage, resource))
        return cls(config, model_storage, resource, ranker)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set what the ranker finds in each typed message."""
        for message in messages:
            text = message.get("text")
            if text and not is_button(text):
                self._set(message, self._ranked(self._seen(message)))
        return messages

    def _seen(self, message: Message) -> str:
        """Return what of a message the ranker is shown: here, the text as it was typed."""
        text: str = message.get("text")
        return text

    @abstractmethod
    def _set(self, message: Message, ranking: list[tuple[str, float]]) -> None:
        """Set the attributes of a message from the ranking of its labels, likeliest first."""

    def _learn(self, examples: list[tuple[str, str]]) -> Resource:
        """Learn the label of each text, and keep what was learnt."""
        # Not above: what only training needs would make every server start later and larger.
        from bot.nlu.learning import learn

        texts, labels = [text for text, _ in examples], [label for _, label in examples]
        state = learn(sizes(self._config), self._config["looseness"], texts, labels)
        self._ranker = LinearRanker(sizes(self._config), state)
        stored.save(state, self._model_storage, self._resource)
        return self._resource

    def _ranked(self, text: str) -> list[tuple[str, float]]:
        assert self._ranker is not None
        return self._ranker.rank(text)
