"""Between Rasa and the answers: reads a tracker into a Turn, and says an Answer.

What is to be counted goes along with the answer: the gateway counts what it has received, so
that an answer that came too late is not counted beside the outage.

The base of all actions: an action only names the kind of answer it gives.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot import settings
from bot.answers import kinds, reading
from bot.answers.model import Answer, Memory, Reply, Turn
from bot.directory import pack
from bot.directory.model import Pack

MEMORY_SLOTS = tuple(field.name for field in dataclasses.fields(Memory))
# Rasa keeps slots as JSON, which knows no tuples.
LISTS = ("offered", "taken")


@lru_cache(maxsize=1)
def city_pack() -> Pack:
    """Return the pack of the city that the settings name."""
    return pack.load(settings.read().city)


class AnswerAction(Action, ABC):
    """Answers one turn: read, compose, say."""

    @property
    @abstractmethod
    def kind(self) -> str:
        """The name under which Rasa's rules call this action."""

    def __init__(self, given_pack: Pack | None = None) -> None:
        self._pack = given_pack

    def name(self) -> str:
        """Return the kind; Rasa asks for it in this form."""
        return self.kind

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer the latest message, and return what to remember as slots."""
        here = self._pack or city_pack()
        known = recall(tracker)
        turn = reading.turn_of(tracker.latest_message, known, here)
        answer = kinds.respond(turn, here)
        say(dispatcher, answer.reply, demand(turn, answer))
        return [AllSlotsReset()] if answer.reply.forgets else remember(answer.memory, known)


def recall(tracker: Tracker) -> Memory:
    """Return what the slots remember of this conversation."""
    known = {name: tracker.get_slot(name) for name in MEMORY_SLOTS}
    given = {name: value for name, value in known.items() if value is not None}
    return Memory(**{**given, **{name: tuple(given.get(name, ())) for name in LISTS}})


def remember(memory: Memory, known: Memory) -> list[EventType]:
    """Return the events that keep in the slots what of `memory` was not `known` before."""
    values = {name: getattr(memory, name) for name in MEMORY_SLOTS}
    return [
        SlotSet(name, list(value) if name in LISTS else value)
        for name, value in values.items()
        if value != getattr(known, name)
    ]


def say(
    dispatcher: CollectingDispatcher, reply: Reply, counted: dict[str, str] | None = None
) -> None:
    """Send a reply: text and buttons as in any Rasa bot, and what the gateway needs besides."""
    rows = [
        [{"title": button.label, "payload": button.payload} for button in row]
        for row in reply.buttons
    ]
    dispatcher.utter_message(text=reply.text, buttons=[button for row in rows for button in row])
    dispatcher.utter_message(
        json_message={
            "language": reply.language,
            "paragraphs": list(reply.paragraphs),
            "headings": list(reply.headings),
            "rows": [len(row) for row in rows],
            "in_place": reply.in_place,
            "asks_location": reply.asks_location,
            "forgets": reply.forgets,
            "demand": counted,
        }
    )


def demand(turn: Turn, answer: Answer) -> dict[str, str] | None:
    """Return what this turn adds to the counters, if anything.

    What did not help is counted for its route; what was not understood at all is out of scope.
    """
    if not answer.outcome:
        return None
    route = answer.route
    if route == "answer_not_helpful" and turn.memory.last_route:
        route = turn.memory.last_route
    return {
        "route": route,
        "audience": answer.memory.audience,
        "district": answer.memory.district or "none",
        "outcome": answer.outcome,
    }
