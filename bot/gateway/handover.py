"""Hands updates to the workers that answer them, and takes over when a worker dies.

Telegram gives a bot's updates to one reader only. It reads, a worker answers: the same one for a
chat as long as it lives. Between them are JSON lines on a socket file of this machine. What a
worker had in hand when it died goes to another one; the reader counts, so no count dies with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
from collections.abc import Sequence
from typing import Any

from bot.demand.counters import DemandCounters
from bot.demand.signal import count_of
from bot.gateway.polling import chat_of
from bot.gateway.rendezvous import ranked
from bot.gateway.sending import NotSentError

logger = logging.getLogger(__name__)

# The longest line, in bytes: a message of 4,096 characters with all that Telegram tells about it.
LONGEST_LINE = 1 << 20
LOOK_AGAIN_SECONDS = 0.1
# A worker that does not even answer this is hung, not only busy: its updates go to others.
PING_EVERY_SECONDS = 2.0
PONG_WITHIN_SECONDS = 10.0
# An update that has seen so many workers die may be what they die of.
MOST_WORKERS = 3


class WorkerLostError(Exception):
    """The worker died, or is hung, before it said what became of the update."""


class Worker:
    """The reader's side of one worker: reached again whenever it is there."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._numbers = itertools.count()
        self._writer: asyncio.StreamWriter | None = None
        # The socket file of one that is hung takes connections all the same.
        self._has_answered = False

    @property
    def lives(self) -> bool:
        """Tell whether the worker is reached, and has answered since."""
        return self._has_answered

    async def ask(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return what the worker says to a line; raise WorkerLostError when it dies first."""
        if self._writer is None:
            raise WorkerLostError
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(json.dumps({**given, "number": number}).encode() + b"\n")
            return await self._waiting[number]
        finally:
            del self._waiting[number]

    async def stay_in_touch(self) -> None:
        """Reach the worker, again and again, until cancelled."""
        while True:
            with contextlib.suppress(OSError, WorkerLostError, ValueError):
                await self._listen()
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _listen(self) -> None:
        reader, writer = await asyncio.open_unix_connection(self.place, limit=LONGEST_LINE)
        self._writer = writer
        pinging = asyncio.create_task(self._ping(writer))
        try:
            while line := await reader.readline():
                told = json.loads(line)
                waits = self._waiting.get(told["number"])
                if waits and not waits.done():
                    waits.set_result(told)
        finally:
            pinging.cancel()
            self._writer, self._has_answered = None, False
            writer.close()
            for waits in self._waiting.values():
                if not waits.done():
                    waits.set_exception(WorkerLostError())

    async def _ping(self, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.TimeoutError, WorkerLostError):
            while True:
                await asyncio.wait_for(self.ask({}), PONG_WITHIN_SECONDS)
                # The pong may have come together with the end of the connection.
                self._has_answered = self._writer is writer
                await asyncio.sleep(PING_EVERY_SECONDS)
        logger.error("A worker does not answer; its updates go to others")
        writer.transport.abort()


class Handover:
    """Has every update answered by the worker of its chat."""

    def __init__(self, places: Sequence[str], counters: DemandCounters) -> None:
        self._workers = {place: Worker(place) for place in places}
        self._counters = counters
        self._tasks: list[asyncio.Task[None]] = []
        self._telling: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Reach the workers; return when one of them is there."""
        self._tasks = [asyncio.create_task(one.stay_in_touch()) for one in self._workers.values()]
        while not self._living():
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def end(self) -> None:
        """Leave the workers; nothing must be under way."""
        for task in self._tasks:
            task.cancel()

    async def handle(self, update: dict[str, Any]) -> None:
        """Have an update answered; raise when it could not be."""
        for _ in range(MOST_WORKERS):
            with contextlib.suppress(WorkerLostError):
                told = await (await self._worker_of(update)).ask({"update": update})
                for count in told["counts"]:
                    self._counters.count(count_of(count))
                if not told["sent"]:
                    raise NotSentError
                return
        raise WorkerLostError

    def follows(self, update: dict[str, Any]) -> None:
        """Tell the worker of a chat what has come while it was busy there."""
        if living := self._living():
            worker = self._chosen(update, living)
            telling = asyncio.create_task(self._tell(worker, update))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _tell(self, worker: Worker, update: dict[str, Any]) -> None:
        # Whoever answers when this worker is lost begins with an empty line.
        with contextlib.suppress(WorkerLostError):
            await worker.ask({"follows": update})

    async def _worker_of(self, update: dict[str, Any]) -> Worker:
        while not (living := self._living()):
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return self._chosen(update, living)

    def _chosen(self, update: dict[str, Any], living: list[str]) -> Worker:
        return self._workers[ranked(chat_of(update), living)[0]]

    def _living(self) -> list[str]:
        return [place for place, worker in self._workers.items() if worker.lives]
