"""Many people who write at once, each the next message only after the answer to the last one.

The way their messages go is given: straight to Rasa's REST channel, to an echo, or over Telegram.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from bench import said

SEED = 37


class Heard(NamedTuple):
    """An answer: how long it took in ms, the payloads of its buttons, and whether it is whole.

    A short answer is one without understanding: Rasa was too slow or too busy, and the gateway
    gave its fixed reply.
    """

    ms: float
    buttons: Sequence[str]
    is_short: bool = False


class Way(Protocol):
    """How a message goes there and back; `place` is one of those who write at the same time."""

    async def turn(self, place: int, person: int, text: str) -> Heard:
        """Send a text or a payload, and wait; raise asyncio.TimeoutError without an answer."""


@dataclass
class Plan:
    """What a crowd does: `chats` at once, until `seconds` are over or `turns` are done.

    `people` come back again and again; 0 means that each conversation is of somebody new. At most
    `pace` turns a second are begun by all together, at random moments, until `seconds` are over;
    0 means as fast as it goes.
    `length` is the number of turns in a conversation.
    """

    chats: int
    seconds: float = 0.0
    turns: int = 0
    people: int = 0
    pace: float = 0.0
    first: int = 0
    length: int = len(said.STEPS)


@dataclass
class Crowd:
    """One run of a plan over a way."""

    plan: Plan
    way: Way
    times: list[float] = field(default_factory=list)
    short: list[float] = field(default_factory=list)
    lost: int = 0

    async def run(self) -> dict[str, Any]:
        """Return times in ms, those of short answers apart, the seconds it took, how many lost."""
        self._begin = time.perf_counter()
        self._left = self.plan.turns
        self._people = self._persons()
        await asyncio.gather(*(self._talk(place) for place in range(self.plan.chats)))
        seconds = time.perf_counter() - self._begin
        return {"times": self.times, "seconds": seconds, "short": self.short, "lost": self.lost}

    def _persons(self) -> Iterator[int]:
        plan = self.plan
        new = itertools.count(plan.first)
        return itertools.cycle(range(plan.first, plan.first + plan.people)) if plan.people else new

    async def _talk(self, place: int) -> None:
        chance = random.Random(SEED + place)  # noqa: S311
        while self._goes_on():
            person, buttons = next(self._people), list[str]()
            for turn in range(self.plan.length):
                await self._pause(chance)
                if not self._goes_on():
                    return
                self._left -= 1
                buttons = await self._turn(place, person, said.says(person, turn, buttons))

    def _goes_on(self) -> bool:
        if self.plan.turns:
            return self._left > 0
        return time.perf_counter() - self._begin < self.plan.seconds

    async def _pause(self, chance: random.Random) -> None:
        if self.plan.pace:
            left = self._begin + self.plan.seconds - time.perf_counter()
            wished = chance.expovariate(self.plan.pace / self.plan.chats)
            await asyncio.sleep(min(wished, max(left, 0)))

    async def _turn(self, place: int, person: int, text: str) -> list[str]:
        try:
            heard = await self.way.turn(place, person, text)
        except asyncio.TimeoutError:
            self.lost += 1
            return []
        (self.short if heard.is_short else self.times).append(heard.ms)
        return list(heard.buttons)
