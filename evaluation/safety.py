"""`make safety`: at every step of every guided conversation, what do cries for help get?

The trained model reads each cry of tests/nlu once; the answers are then asked in every state that
the table of steps knows, in the language of the cry. Written to reports/safety.md.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot import model_file, routes
from bot.answers import kinds, phones, reading
from bot.answers.model import Answer, Memory
from bot.directory import pack
from bot.directory.model import Pack
from bot.flows import table
from bot.nlu import logs
from bot.settings import ROOT
from bot.words import catalogue, texts
from bot.words.catalogue import words
from evaluation import messages
from evaluation.messages import Example

REPORT = ROOT / "reports" / "safety.md"
# Marks that keep a number's own direction inside Arabic.
ISOLATES = str.maketrans("", "", catalogue.ISOLATE + catalogue.END_OF_ISOLATE)
# From best to least: the card, the question about danger, the number to call, none of them.
CARD, ASKED, NUMBER, NOTHING = KINDS = ("card", "asked", "number", "nothing")


@dataclass(frozen=True)
class State:
    """A moment of a conversation: which flow is under way, and what was answered so far."""

    route: str | None
    step: str
    taken: tuple[str, ...]

    def memory(self, language: str) -> Memory:
        """Return what the assistant remembers at this moment."""
        return Memory(
            last_language=language,
            introduced=self.route is not None,
            last_route=self.route,
            flow=self.route,
            taken=self.taken,
        )


# The first message of a conversation: what it gets there, it must get everywhere.
START = State(None, "first message", ())


def states() -> Iterator[State]:
    """Yield every state of every guided conversation, whichever way it was reached."""
    for flow in table.table().values():
        for route in flow.opens:
            waiting: list[tuple[str, ...]] = [()]
            while waiting:
                taken = waiting.pop()
                step = flow.step_after(route, taken)
                yield State(route, step, taken)
                leads = flow.steps[step]
                waiting += [(*taken, one) for one, where in leads.items() if where in flow.steps]


def outcome(understood: dict[str, Any], state: State, language: str, here: Pack) -> str:
    """Return what a cry gets in a state: one of KINDS."""
    turn = reading.turn_of(understood, state.memory(language), here)
    return _kind(kinds.respond(turn, here), here)


def _kind(answer: Answer, here: Pack) -> str:
    say = words(answer.reply.language)
    first = answer.reply.paragraphs[0].translate(ISOLATES)
    numbers = [one.voice_number for one in here.services.values() if one.voice_number]
    last = answer.memory.last_route
    if last and routes.get(last).urgent and any(first.startswith(str(one)) for one in numbers):
        return CARD
    asked = {say.say(text) for text in texts.ASK_DANGER.values()}
    if asked & set(answer.reply.paragraphs) and answer.memory.asked:
        return ASKED
    number = say.say(texts.UNSURE_DANGER, number=phones.in_danger(here))
    return NUMBER if number in answer.reply.paragraphs else NOTHING


async def understood(examples: list[Example]) -> list[dict[str, Any]]:
    """Return what the trained model makes of each cry."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model_file.MODEL))
    return [dict(await agent.parse_message(example.text.lstrip("/ "))) for example in examples]


Row = tuple[str, str]


def cries(most_each: int | None = None) -> list[Example]:
    """Return the cries of tests/nlu; at most so many of each language and route when given."""
    by_row: dict[Row, list[Example]] = {}
    for one in messages.of_folder(messages.TEST):
        if one.urgent:
            by_row.setdefault((one.language, one.right[0]), []).append(one)
    return [one for listed in by_row.values() for one in listed[:most_each]]


def measure(here: Pack, asked: list[Example]) -> tuple[dict[Row, Counter[str]], list[str]]:
    """Return what cries get by language and route, and each that gets less in some state."""
    known = list(states())
    counted: dict[Row, Counter[str]] = {}
    worse = []
    for cry, message in zip(asked, asyncio.run(understood(asked))):
        wanted = outcome(message, START, cry.language, here)
        counted.setdefault((cry.language, cry.right[0]), Counter())[wanted] += 1
        for state in known:
            found = outcome(message, state, cry.language, here)
            if _rank(found) > _rank(wanted):
                place = f"{cry.language}: {state.route}: {state.step}: {'-'.join(state.taken)}"
                worse.append(f"{place}: {found} instead of {wanted}: {cry.text!r}")
    return counted, worse


def _rank(kind: str) -> int:
    return KINDS.index(kind)


def report(counted: dict[Row, Counter[str]], worse: list[str]) -> str:
    """Return the report: by language and route, then by flow and step, then what is worse."""
    known = list(states())
    lines = [
        "# What cries for help get in every state of every guided conversation",
        "",
        f"{sum(one.total() for one in counted.values())} cries, {len(known)} states.",
        "A cry gets the same in every state as in a first message, but for those named below.",
        "",
        "| language | route | cries | card | asked about danger | the number | none of them |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for (language, route), kinds_ in sorted(counted.items()):
        numbers = [kinds_.total(), *(kinds_[kind] for kind in KINDS)]
        lines.append(f"| {language} | {route} | {' | '.join(map(str, numbers))} |")
    lines += ["", "| conversation | step | states | worse than in a first message |"]
    lines += ["| --- | --- | --- | --- |"]
    for (opened_by, step), count in Counter((one.route, one.step) for one in known).items():
        here = sum(f": {opened_by}: {step}: " in line for line in worse)
        lines.append(f"| {opened_by} | {step} | {count} | {here} |")
    return "\n".join([*lines, "", *(f"- {line}" for line in worse)]) + "\n"


def main() -> int:
    """Measure, write the report; return 1 when a cry gets less in some state."""
    logs.configure("ERROR")
    model_file.ensure()
    counted, worse = measure(pack.load("brussels"), cries())
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report(counted, worse), encoding="utf-8")
    print(f"{len(worse)} cries get less in some state. More in {REPORT.relative_to(ROOT)}.")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
