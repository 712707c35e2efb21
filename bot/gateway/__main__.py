"""Starts the gateway: Telegram when there is a token, else the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import locale
import signal
import sys
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.constants import FloodLimit
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot import settings, urgent
from bot.demand.counters import DemandCounters
from bot.directory import pack
from bot.directory.pack import PackError
from bot.gateway import profile
from bot.gateway.conversation import Conversations
from bot.gateway.memory import memory_of
from bot.gateway.polling import UNKNOWN_BOT, Poller, PollingError
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sending import NotSentError, persist
from bot.gateway.telegram import TelegramGateway
from bot.gateway.terminal import Terminal
from bot.lifetime import end_with_parent
from bot.privacy import logs
from bot.settings import Settings


async def serve(given: Settings) -> None:
    """Serve the channel of the settings until the input ends or the process is told to stop."""
    urgent.load()
    counters = DemandCounters(given.database_url)
    rasa = RasaClient(given.rasa_url)
    city = pack.load(given.city)
    memory = memory_of(given, lambda: datetime.datetime.now(city.city.time_zone))
    conversations = Conversations(given.channel, city, rasa, counters, memory)
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


def build_bot(token: str, address: str, a_second: float) -> Bot:
    """Return the library's bot at a Bot API server, not yet initialised."""
    return ExtBot(
        token,
        base_url=f"{address}/bot",
        rate_limiter=AIORateLimiter(overall_max_rate=a_second),
        # A poll that is cut off keeps its connection: the last acknowledgement needs another.
        get_updates_request=HTTPXRequest(connection_pool_size=4),
    )


async def _serve_telegram(given: Settings, conversations: Conversations) -> None:
    bot = build_bot(
        given.telegram_bot_token, given.telegram_api_base, FloodLimit.MESSAGES_PER_SECOND
    )
    try:
        await persist(bot.initialize)
        gateway = TelegramGateway(bot, conversations)
        await poll(bot, Poller(bot, gateway.handle, conversations.acknowledged))
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


def main() -> int:
    """Run the gateway; return the exit code."""
    return run(serve)


def run(serving: Callable[[Settings], Awaitable[None]]) -> int:
    """Run what serves the settings; turn every expected trouble into one sentence and a code."""
    try:
        given = settings.read()
        logs.configure(given.log_level)
        end_with_parent()
        asyncio.run(_with(serving, given))
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


async def _with(serving: Callable[[Settings], Awaitable[None]], given: Settings) -> None:
    await serving(given)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
