"""`make evaluate`: measures the understanding per language, the worst first.

Without MESSAGES it learns from four fifths of the training messages and is asked the last fifth.
With MESSAGES=FOLDER it asks the trained model messages it has never seen: one file a language,
`<code>.jsonl`, each line {"text": ..., "route": ..., "accept": [routes that are right as well]}.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan, sqrt
from pathlib import Path

import yaml

from bot import model_file, routes, urgent
from bot.nlu import logs
from bot.nlu.classifier import RouteClassifier
from bot.nlu.decision import RouteDecision
from bot.nlu.features import sizes
from bot.nlu.linear import LinearRanker
from bot.settings import ROOT

FIFTH = 5
NORMAL_95 = 1.96


@dataclass(frozen=True)
class Example:
    """A message, the language it is in, and the routes that are right for it."""

    text: str
    language: str
    right: tuple[str, ...]

    @property
    def urgent(self) -> bool:
        """Tell whether only an urgent route is right."""
        return all(routes.get(route).urgent for route in self.right)

    @property
    def harmless(self) -> bool:
        """Tell whether no urgent route is right."""
        return not any(routes.get(route).urgent for route in self.right)


@dataclass(frozen=True)
class Guess:
    """What the pipeline made of an example; `language` is empty when it was not asked."""

    ranking: tuple[str, ...]
    certainty: str
    language: str = ""


def training_messages() -> list[Example]:
    """Return all messages of data/nlu."""
    return [
        Example(line.removeprefix("- ").strip(), path.parent.name, (entry["intent"],))
        for path in sorted((ROOT / "data" / "nlu").glob("*/*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in entry["examples"].splitlines()
    ]


def held_out_messages(folder: Path) -> list[Example]:
    """Return the messages of a folder of <code>.jsonl files for languages that are supported."""
    languages = {path.name for path in (ROOT / "data" / "nlu").iterdir()}
    return [
        Example(entry["text"], path.stem, tuple(entry.get("accept") or [entry["route"]]))
        for path in sorted(folder.glob("*.jsonl"))
        if path.stem in languages
        for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def guesses_across(examples: list[Example]) -> Iterator[tuple[Example, Guess]]:
    """Learn from four fifths of the examples and guess the last; the language is not asked."""
    decide = RouteDecision(RouteDecision.get_default_config())
    asked = [n for n in range(len(examples)) if n % FIFTH == 0]
    learnt = [example for n, example in enumerate(examples) if n % FIFTH]
    config = RouteClassifier.get_default_config()
    ranker, _ = LinearRanker.trained(
        sizes(config),
        config["looseness"],
        [example.text for example in learnt],
        [example.right[0] for example in learnt],
    )
    for n in asked:
        text = examples[n].text
        match = urgent.find(text)
        ranking = [{"name": name, "confidence": value} for name, value in ranker.rank(text)]
        decided, certainty = decide.decided(ranking, match.route if match else None)
        yield examples[n], Guess(tuple(entry["name"] for entry in decided), certainty)


async def guesses_of_model(examples: list[Example]) -> list[tuple[Example, Guess]]:
    """Ask the trained model."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model_file.MODEL))
    found = []
    for example in examples:
        parsed = await agent.parse_message(example.text.lstrip("/ "))
        ranking = tuple(entry["name"] for entry in parsed["intent_ranking"])
        found.append((example, Guess(ranking, parsed["certainty"], parsed["language"]["code"])))
    return found


def report(found: list[tuple[Example, Guess]]) -> str:
    """Return the figures per language, the worst first, then of all together."""
    by_language = defaultdict(list)
    for example, guess in found:
        by_language[example.language].append((example, guess))
    lines = sorted((_figures(pairs), code) for code, pairs in by_language.items())
    head = (
        "lang      n  top-1  top-3  sure  right if sure"
        "  urgent found (95%)     false/1000  language"
    )
    body = [_line(code, figures) for figures, code in lines]
    return "\n".join([head, *body, _line("all", _figures(found))])


def _figures(found: list[tuple[Example, Guess]]) -> tuple[float, ...]:
    """Return the figures of one language; the first one orders the languages."""
    sure = [(e, g) for e, g in found if g.certainty == "sure"]
    danger = [g for e, g in found if e.urgent]
    harmless = [g for e, g in found if e.harmless]
    alarms = sum(_alarmed(guess) for guess in harmless)
    named = [g.language == e.language for e, g in found if g.language]
    return (
        _share(g.ranking[0] in e.right for e, g in found),
        len(found),
        _share(bool(set(e.right) & set(g.ranking[:3])) for e, g in found),
        len(sure) / len(found),
        _share(g.ranking[0] in e.right for e, g in sure),
        sum(_alarmed(guess) for guess in danger),
        len(danger),
        1000 * alarms / max(len(harmless), 1),
        _share(named),
    )


def _alarmed(guess: Guess) -> bool:
    return routes.get(guess.ranking[0]).urgent and guess.certainty == "sure"


def _share(truths: object) -> float:
    listed = list(truths)  # type: ignore[call-overload]
    return sum(listed) / len(listed) if listed else float("nan")


def _line(code: str, figures: tuple[float, ...]) -> str:
    top1, n, top3, sure, right, found, danger, false, language = figures
    low, high = _wilson(found, danger)
    caught = f"{found:.0f}/{danger:.0f} ({low:.0%}-{high:.0%})"
    named = "not asked" if isnan(language) else f"{language:8.1%}"
    return (
        f"{code:5} {n:5.0f}  {top1:5.1%}  {top3:5.1%}  {sure:4.0%}  {right:13.1%}"
        f"  {caught:22} {false:10.1f}  {named}"
    )


def _wilson(hits: float, n: float) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927)."""
    if not n:
        return 0.0, 1.0
    share, z2 = hits / n, NORMAL_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = NORMAL_95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return middle - reach, middle + reach


def main() -> None:
    """Measure and print."""
    logs.configure("ERROR")
    folder = " ".join(sys.argv[1:])
    if folder:
        model_file.ensure()
        print(f"The trained model on messages it has never seen ({folder}):")
        print(report(asyncio.run(guesses_of_model(held_out_messages(Path(folder))))))
    else:
        print("Learnt from four fifths of the training messages, asked the last fifth:")
        print(report(list(guesses_across(training_messages()))))


if __name__ == "__main__":
    main()
