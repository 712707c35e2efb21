"""A worker: answers the updates that the reader hands to it (`python -m bot.gateway.worker`).

It remembers nothing of its own: whoever goes on when it has died knows as much (REDIS_URL).
"""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
import os
import sys
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

from bot import memory, urgent
from bot.demand.signal import Count, as_json
from bot.directory import pack
from bot.gateway.__main__ import build_bot, run, until_told_to_stop
from bot.gateway.conversation import Conversations
from bot.gateway.handover import LONGEST_LINE
from bot.gateway.memory import memory_of
from bot.gateway.pace import Pace
from bot.gateway.polling import MOST_TRIES, Handler
from bot.gateway.rasa_servers import RasaServers
from bot.gateway.sending import NotSentError, persist
from bot.gateway.telegram import TelegramGateway
from bot.settings import Settings

# It is run as a program, whose name would be none of ours.
logger = logging.getLogger("bot.gateway.worker")

MOST_UNSENT = 1000
ROUNDS_OF_AN_END = 3
_counts: ContextVar[list[Count]] = ContextVar("counts")


class Collected:
    """Collects what an update counts, for the reader to count it."""

    def count(self, count: Count) -> None:
        """Add a count to those of the update under way."""
        _counts.get().append(count)

    def acknowledged(self, source: str, mark: int) -> None:
        """Do nothing: the reader knows."""


class Desk:
    """The worker's side of the socket: a line with an update, a line with what became of it."""

    def __init__(
        self, handle: Handler, follows: Callable[[dict[str, Any]], None] | None = None
    ) -> None:
        self._handle = handle
        self._follows = follows or (lambda update: None)
        # Answers that were made and not sent: they are not made anew. With each, which try is next.
        self._unsent: OrderedDict[int, tuple[Callable[[], Awaitable[None]], int]] = OrderedDict()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the lines of one connection, side by side, until it ends.

        When it ends too early, the reader has given this worker up, or has died: what is under
        way is cut off, since it is answered anew.
        """
        under_way: set[asyncio.Task[None]] = set()
        try:
            while line := await reader.readline():
                task = asyncio.create_task(self._answer(json.loads(line), writer))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
        finally:
            for task in under_way:
                task.cancel()
            writer.close()

    async def _answer(self, given: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        told: dict[str, Any] = {"number": given["number"]}
        if "update" in given:
            counts: list[Count] = []
            _counts.set(counts)
            told["sent"] = await self._is_sent(given["update"])
            told["counts"] = [as_json(count) for count in counts]
        if "follows" in given:
            self._follows(given["follows"])
        writer.write(json.dumps(told).encode() + b"\n")

    async def _is_sent(self, update: dict[str, Any]) -> bool:
        number = update["update_id"]
        answer, number_of_try = self._unsent.pop(number, (partial(self._handle, update), 1))
        try:
            await answer()
        except Exception as error:  # whatever it was, the reader decides what follows
            logger.error("An update could not be answered: %s", type(error).__name__)
            is_tried_again = number_of_try < MOST_TRIES
            if isinstance(error, NotSentError) and error.again and is_tried_again:
                self._unsent[number] = error.again, number_of_try + 1
                while len(self._unsent) > MOST_UNSENT:
                    self._unsent.popitem(last=False)
            return False
        return True


class AttentivePace(Pace):
    """A pace that looks up before each message: a worker that was given up says no more."""

    async def _turn(self, rank: int, chat: Any) -> None:
        """Wait until a message may go, unless the reader ends the turn that it belongs to."""
        await super()._turn(rank, chat)
        # What came in while this process slept goes first: the reader's end is read, whoever
        # serves the connection is woken, and cancels what is under way.
        for _ in range(ROUNDS_OF_AN_END):
            await asyncio.sleep(0)


async def serve(place: str, workers: int, rasa_urls: list[str], given: Settings) -> None:
    """Answer on a socket file until told to stop; `workers` share the rate that Telegram allows."""
    urgent.load()
    rasa = RasaServers(rasa_urls)
    city = pack.load(given.city)
    remembered = memory_of(given, lambda: datetime.datetime.now(city.city.time_zone))
    conversations = Conversations(given.channel, city, rasa, Collected(), remembered)
    pace = AttentivePace(given.telegram_rate / workers)
    bot = build_bot(given.telegram_bot_token, given.telegram_api_base, pace)
    await persist(bot.initialize)
    gateway = TelegramGateway(bot, conversations)
    desk = Desk(gateway.handle, gateway.follows)
    if os.path.exists(place):
        os.unlink(place)
    memory.settle()
    server = await asyncio.start_unix_server(desk.serve, place, limit=LONGEST_LINE)
    try:
        await until_told_to_stop(asyncio.create_task(server.serve_forever()))
    finally:
        await bot.shutdown()
        await rasa.close()


def main() -> int:
    """Run a worker: SOCKET WORKERS URL..., the socket file and the Rasa servers' addresses."""
    place, workers, *rasa_urls = sys.argv[1:]
    return run(partial(serve, place, int(workers), rasa_urls))


if __name__ == "__main__":
    sys.exit(main())
