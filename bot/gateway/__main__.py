"""Starts the gateway: Telegram when there is a token, else the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import locale
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import partial

import uvloop
from telegram.error import InvalidToken, TelegramError

from bot import memory, settings, urgent
from bot.demand.counters import DemandCounters
from bot.directory import pack
from bot.directory.pack import PackError
from bot.gateway import profile
from bot.gateway.conversation import Conversations
from bot.gateway.memory import memory_of
from bot.gateway.pace import Pace
from bot.gateway.polling import UNKNOWN_BOT, Poller, PollingError
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sending import Bot, NotSentError, persist
from bot.gateway.telegram import TelegramGateway
from bot.gateway.terminal import Terminal
from bot.gateway.web_request import WebRequest
from bot.lifetime import end_with_parent
from bot.privacy import logs
from bot.settings import Settings


async def serve(given: Settings, begins: Callable[[], bool] = lambda: True) -> None:
    """Serve the channel of the settings until the input ends or the process is told to stop.

    `begins` waits until the first message may be answered; it tells whether that is to come.
    """
    urgent.load()
    city = pack.load(given.city)
    if not begins():
        return
    counters = DemandCounters(given.database_url)
    rasa = RasaClient(given.rasa_url)
    remembered = memory_of(given, lambda: datetime.datetime.now(city.city.time_zone))
    conversations = Conversations(given.channel, city, rasa, counters, remembered)
    memory.settle()
    serving = asyncio.create_task(
        _serve_telegram(given, conversations)
        if given.channel == "telegram"
        else Terminal(conversations, locale.getlocale()[0]).run()
    )
    try:
        await until_told_to_stop(serving)
    finally:
        await rasa.close()
        counters.close()


async def until_told_to_stop(serving: asyncio.Task[None]) -> None:
    """Wait for a task's end; a signal to stop cancels it, and is no error."""
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _stop_once(serving))
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def _stop_once(serving: asyncio.Task[None]) -> Callable[[], None]:
    """Return what a signal does: a second one must not cut off the answers under way."""
    asked: list[bool] = []

    def stop() -> None:
        if not asked:
            asked.append(True)
            serving.cancel()

    return stop


def build_bot(token: str, address: str, pace: Pace) -> Bot:
    """Return the library's bot at a Bot API server, not yet initialised."""
    requests = [WebRequest(address) for _ in range(2)]
    return Bot(
        token,
        base_url=f"{address}/bot",
        rate_limiter=pace,
        request=requests[0],
        get_updates_request=requests[1],
    )


async def _serve_telegram(given: Settings, conversations: Conversations) -> None:
    pace = Pace(given.telegram_rate)
    bot = build_bot(given.telegram_bot_token, given.telegram_api_base, pace)
    try:
        await persist(bot.initialize)
        gateway = TelegramGateway(bot, conversations)
        acknowledged = conversations.acknowledged
        await poll(bot, Poller(bot, gateway.handle, acknowledged, gateway.follows))
    finally:
        await bot.shutdown()


async def poll(bot: Bot, poller: Poller) -> None:
    """Serve the updates of an initialised bot until cancelled; then end in order."""
    publishing = asyncio.create_task(profile.publish(bot))
    print("The bot serves Telegram. Ctrl-C ends it.", flush=True)
    try:
        await poller.run()
    finally:
        publishing.cancel()
        with contextlib.suppress(TelegramError):
            await poller.drain()


def main(*arguments: str) -> int:
    """Run the gateway; return the exit code. The launcher gives the number of a pipe."""
    return run(partial(serve, begins=partial(_told_to_begin, arguments)))


def run(serving: Callable[[Settings], Awaitable[None]]) -> int:
    """Run what serves the settings; turn every expected trouble into one sentence and a code."""
    try:
        given = settings.read()
        logs.configure(given.log_level)
        end_with_parent()
        # The event loop of Rasa's server, too: the usual one takes a tenth more of each answer.
        uvloop.install()
        asyncio.run(_with(serving, given))
    except KeyboardInterrupt:
        return 0
    except InvalidToken:
        return _fail(UNKNOWN_BOT)
    except (TelegramError, NotSentError) as error:
        kind = type(error).__name__
        return _fail(
            f"Telegram cannot be reached ({kind}). Check TELEGRAM_API_BASE and the network."
        )
    except (settings.SettingsError, PackError, PollingError) as error:
        return _fail(str(error))
    return 0


def _told_to_begin(arguments: tuple[str, ...]) -> bool:
    """Wait for a line in the pipe whose number the launcher has given, if it has."""
    if not arguments:
        return True
    with os.fdopen(int(arguments[0])) as pipe:
        return bool(pipe.readline())


async def _with(serving: Callable[[Settings], Awaitable[None]], given: Settings) -> None:
    await serving(given)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
