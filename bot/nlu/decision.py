"""The last graph component of `config.yml`: unites the urgent layer with the classifier.

It sets the final intent, always a route id, the ranking over all routes, and how sure it is.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot import routes
from bot.nlu.urgent import URGENT

CERTAINTY = "certainty"
SURE, UNSURE, LOST, DANGER = "sure", "unsure", "lost", "danger"

Ranking = list[dict[str, Any]]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class RouteDecision(GraphComponent):
    """Decides on the route. A cry for help needs less certainty than any other route.

    A pattern of danger leads to its route, unless the classifier is all but certain of another one
    and sees no danger (`overruled_at`, `overruled_below`): then the person is asked. In messages of
    more than `overruled_words` words a cry can drown; there the pattern always counts.
    `urgent_at`: the classifier's confidence in all urgent routes together from which the
    likeliest of them is taken; `danger_at`: from which the person is asked about danger first;
    `sure_at`, `unsure_at`: confidence in the best route from which it is answered at once, or
    offered among others. Below that the message is lost.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._overruled_below = config["overruled_below"]
        self._overruled_at = config["overruled_at"]
        self._overruled_words = config["overruled_words"]
        self._urgent_at = config["urgent_at"]
        self._danger_at = config["danger_at"]
        self._sure_at = config["sure_at"]
        self._unsure_at = config["unsure_at"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the thresholds, as `make thresholds` chooses them."""
        return {
            "overruled_below": 0.1,
            "overruled_at": 0.7,
            "overruled_words": 40,
            "urgent_at": 0.49,
            "danger_at": 0.1,
            "sure_at": 0.35,
            "unsure_at": 0.26,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RouteDecision:
        """Return the component; it has nothing to learn."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, intent_ranking and certainty of each message, also of an empty one.

        The payload of a button is read by Rasa itself afterwards, whatever is set here.
        """
        for message in messages:
            self._decide(message)
        return messages

    def _decide(self, message: Message) -> None:
        matched = (message.get(URGENT) or {}).get("route")
        words = len((message.get("text") or "").split())
        ranking, certainty = self.decided(message.get("intent_ranking") or [], matched, words)
        message.set("intent", dict(ranking[0]), add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set(CERTAINTY, certainty, add_to_output=True)

    def decided(self, given: Ranking, matched: str | None, words: int) -> tuple[Ranking, str]:
        """Return the final ranking and how sure it is.

        `matched`: the patterns' urgent route; `words`: how many the message has.
        """
        ranking = complete(given)
        urgent = [entry for entry in ranking if entry["name"] in routes.ids("urgent")]
        together = sum(entry["confidence"] for entry in urgent)
        if matched and not self.overruled(together, ranking[0]["confidence"], words):
            return put_first(ranking, matched, certain=True), SURE
        if together >= self._urgent_at:
            return put_first(ranking, urgent[0]["name"], certain=False), SURE
        if matched or together >= self._danger_at:
            return self._asked(ranking, matched or urgent[0]["name"]), DANGER
        return ranking, self._certainty(ranking)

    def overruled(self, danger: float, best: float, words: int) -> bool:
        """Tell whether the classifier overrules a pattern.

        `danger`: its confidence in all urgent routes together, `best`: in the best route.
        """
        certain = danger < self._overruled_below and best >= self._overruled_at
        return certain and words <= self._overruled_words

    def _asked(self, ranking: Ranking, urgent_route: str) -> Ranking:
        """Return the ranking with the likeliest other route first, and then the danger."""
        others = (entry["name"] for entry in ranking if entry["name"] not in routes.ids("urgent"))
        harmless = next(others)
        return put_first(put_first(ranking, urgent_route, certain=False), harmless, certain=False)

    def _certainty(self, ranking: Ranking) -> str:
        best = ranking[0]["confidence"]
        return SURE if best >= self._sure_at else UNSURE if best >= self._unsure_at else LOST


def complete(ranking: Ranking) -> Ranking:
    """Return the ranking over all routes, likeliest first; a message of no known word ends lost."""
    given = {entry["name"]: float(entry["confidence"]) for entry in ranking}
    if not given:
        given = {"out_of_scope": 0.0}
    entries = [{"name": id_, "confidence": given.get(id_, 0.0)} for id_ in routes.ids()]
    # The sort is stable; among equals the last route of the table, out_of_scope, stands first
    # so that an empty message never ends on an emergency.
    return sorted(reversed(entries), key=lambda entry: -entry["confidence"])


def put_first(ranking: Ranking, route: str, certain: bool) -> Ranking:
    """Return the ranking with `route` first; the ranking stays in falling order."""
    others = [entry for entry in ranking if entry["name"] != route]
    best = max(entry["confidence"] for entry in ranking)
    return [{"name": route, "confidence": 1.0 if certain else best}, *others]
