"""The reader: fetches the bot's updates, hands them to workers, and counts.

Started as `python -m bot.gateway.reader SOCKET...`, with the socket files of the workers.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial

from bot.demand.counters import DemandCounters
from bot.demand.signal import source
from bot.gateway.__main__ import build_bot, poll, run, until_told_to_stop
from bot.gateway.handover import Handover
from bot.gateway.pace import Pace
from bot.gateway.polling import Poller
from bot.gateway.sending import persist
from bot.settings import Settings


async def serve(places: list[str], given: Settings) -> None:
    """Read until told to stop; then wait for the answers under way."""
    counters = DemandCounters(given.database_url)
    try:
        await until_told_to_stop(asyncio.create_task(_read(places, given, counters)))
    finally:
        counters.close()


async def _read(places: list[str], given: Settings, counters: DemandCounters) -> None:
    bot = build_bot(given.telegram_bot_token, given.telegram_api_base, Pace(given.telegram_rate))
    handover = Handover(places, counters)
    acknowledged = partial(counters.acknowledged, source(given.channel, given.city))
    try:
        await persist(bot.initialize)
        await handover.begin()
        await poll(bot, Poller(bot, handover.handle, acknowledged, handover.follows))
    finally:
        handover.end()
        await bot.shutdown()


def main() -> int:
    """Run the reader."""
    return run(partial(serve, sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
