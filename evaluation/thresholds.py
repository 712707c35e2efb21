"""`make thresholds`: chooses the thresholds of RouteDecision on the development messages.

The development messages (data/development) are neither learnt from nor part of any test. Rules,
in this order, over all languages together:

- `urgent_at`: as low as at most FALSE_ALARMS of the harmless messages get the urgent card.
- `danger_at`: as low as at most ASKED_IN_VAIN more of them are asked about danger.
- `sure_at`: as low as RIGHT_IF_SURE of the messages that are answered at once are right.
- `unsure_at`: below it, a right door stands among the first three for less than WORTH_OFFERING;
  never above `sure_at`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bot import model_file, routes
from bot.nlu import logs
from bot.nlu.decision import RouteDecision
from evaluation import guesses, messages
from evaluation.guesses import Guess, Pairs
from evaluation.messages import Example

FALSE_ALARMS = 0.022
ASKED_IN_VAIN = 0.03
RIGHT_IF_SURE = 0.96
WORTH_OFFERING = 0.65
FEWEST_LOST = 10

STEPS = [round(float(step), 2) for step in np.arange(0.02, 0.9, 0.01)]


def danger(guess: Guess) -> float:
    """Return the confidence in all urgent routes together."""
    return sum(guess.confidences[route] for route in routes.ids("urgent"))


def chosen(pairs: Pairs) -> dict[str, float]:
    """Return the thresholds that the rules lead to."""
    decision = RouteDecision(RouteDecision.get_default_config())
    harmless = [(example, guess) for example, guess in pairs if example.harmless]
    unmatched = [danger(g) for e, g in harmless if not _carded_by_pattern(decision, e, g)]
    carded = len(harmless) - len(unmatched)
    urgent_at = _lowest(
        lambda step: carded + _over(unmatched, step) <= FALSE_ALARMS * len(harmless)
    )
    cards = _over(unmatched, urgent_at)
    danger_at = _lowest(
        lambda step: _over(unmatched, step) - cards <= ASKED_IN_VAIN * len(harmless)
    )
    calm = [(e, g) for e, g in pairs if not g.matched and danger(g) < danger_at]
    sure_at = _lowest(lambda step: _right_from(calm, step) >= RIGHT_IF_SURE)
    return {
        "urgent_at": urgent_at,
        "danger_at": danger_at,
        "sure_at": sure_at,
        "unsure_at": min(sure_at, _unsure_at(calm)),
    }


def _carded_by_pattern(decision: RouteDecision, example: Example, guess: Guess) -> bool:
    words = len(example.text.split())
    return bool(guess.matched) and not decision.overruled(danger(guess), _best(guess), words)


def _lowest(fits: Callable[[float], bool]) -> float:
    return next((step for step in STEPS if fits(step)), STEPS[-1])


def _over(confidences: list[float], step: float) -> int:
    return sum(confidence >= step for confidence in confidences)


def _best(guess: Guess) -> float:
    return max(guess.confidences.values())


def _right_from(pairs: Pairs, step: float) -> float:
    right = [guess.route in example.right for example, guess in pairs if _best(guess) >= step]
    return float(np.mean(right)) if right else 1.0


def _unsure_at(pairs: Pairs) -> float:
    """Return the highest step below which it is not worth offering doors."""
    found = STEPS[0]
    for step in STEPS:
        below = [(e, g) for e, g in pairs if _best(g) < step]
        among = [bool(set(e.right) & set(g.ranking[:3])) for e, g in below]
        if len(below) >= FEWEST_LOST and np.mean(among) < WORTH_OFFERING:
            found = step
    return found


def main() -> None:
    """Print the thresholds."""
    logs.configure("ERROR")
    model_file.ensure()
    examples = messages.of_folder(messages.DEVELOPMENT)
    found = chosen(guesses.of_model(model_file.MODEL, examples))
    print(f"From {len(examples):,} development messages, for RouteDecision:")
    print("\n".join(f"  {name}: {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
