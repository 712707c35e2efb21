"""What the trained model makes of messages: Rasa's own parse, message by message."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot import routes, urgent
from bot.nlu.decision import DANGER, SURE
from evaluation.messages import Example


@dataclass(frozen=True)
class Guess:
    """What the pipeline made of a message.

    `ranking`: route ids, likeliest first, after the decision. `confidences`: the classifier's own,
    by route, before it. `matched`: the urgent route that a pattern found.
    """

    ranking: tuple[str, ...]
    certainty: str
    language: str
    confidences: dict[str, float]
    matched: str | None = None

    @property
    def route(self) -> str:
        """Return the route that is decided on."""
        return self.ranking[0]

    @property
    def alarmed(self) -> bool:
        """Tell whether the urgent card is shown."""
        return routes.get(self.route).urgent

    @property
    def asked(self) -> bool:
        """Tell whether the number is shown, with the question about danger."""
        return self.certainty == DANGER

    @property
    def sure(self) -> bool:
        """Tell whether the message is answered without asking back."""
        return self.certainty == SURE


Pairs = list[tuple[Example, Guess]]


def of_model(model: Path, examples: Iterable[Example]) -> Pairs:
    """Ask the trained model about each example."""
    return asyncio.run(_of_model(model, list(examples)))


async def _of_model(model: Path, examples: list[Example]) -> Pairs:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    pairs = []
    for example in examples:
        # A leading slash would be read as a button; the gateway takes it off as well.
        parsed = await agent.parse_message(example.text.lstrip("/ "))
        entries = parsed["intent_ranking"]
        found = urgent.find(example.text)
        guess = Guess(
            tuple(entry["name"] for entry in entries),
            parsed["certainty"],
            parsed["language"]["code"],
            _before_decision(entries),
            found.route if found else None,
        )
        pairs.append((example, guess))
    return pairs


def _before_decision(entries: list[dict[str, float]]) -> dict[str, float]:
    """Return the classifier's confidences: the decision changes the first one only."""
    confidences = {str(entry["name"]): entry["confidence"] for entry in entries}
    first, *others = confidences
    return {**confidences, first: max(0.0, 1 - sum(confidences[name] for name in others))}
