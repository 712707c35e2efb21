"""The one path of a message, whatever channel it came on: privacy, Rasa, or a fixed reply."""

from __future__ import annotations

import asyncio
import datetime
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from async_timeout import timeout

from bot import routes, urgent
from bot.answers import forget
from bot.answers.model import Reply
from bot.answers.payload import FORGET, NEAR, Press
from bot.demand.signal import NOWHERE, Signal, source
from bot.directory import districts
from bot.directory.model import Pack, Point
from bot.gateway import commands, fixed
from bot.gateway.gate import CrowdedError, Gate
from bot.gateway.line import URGENT, USUAL
from bot.gateway.memory import Memory, own_memory
from bot.gateway.partners import Counters, Rasa
from bot.gateway.rasa_client import Heard, RasaSilentError
from bot.gateway.recent import Recent
from bot.privacy.redact import redact
from bot.words import languages, texts
from bot.words.marks import Text

logger = logging.getLogger(__name__)

# Telegram's own limit for one message, in characters; the terminal has none.
LONGEST = 4096

FORGET_NOW = Press("ask_privacy", FORGET, forget.SURE).payload


@dataclass(frozen=True)
class Incoming:
    """A message as a channel gives it.

    `locale` is the language of the person's phone, `chosen` the one that a poster's link chose.
    `update_id` is the channel's number for this message; one that comes again is counted once.
    """

    chat: int | str
    text: str = ""
    press: Press | None = None
    locale: str | None = None
    counted: bool = True
    chosen: str | None = None
    update_id: int | None = None


class Conversations:
    """Answers the messages of one channel. Of a person it holds no more than Recent says.

    `memory` is where this is held: by itself, unless others answer the same channel.
    """

    def __init__(
        self,
        channel: str,
        pack: Pack,
        rasa: Rasa,
        counters: Counters,
        memory: Memory | None = None,
    ) -> None:
        self._channel = channel
        self._pack = pack
        self._rasa = rasa
        self._counters = counters
        now = lambda: self._now()  # noqa: E731, PLW0108 -- a test may set another clock
        self._pseudonyms, self._recent = memory or own_memory(now)
        self._gate = Gate()
        self._is_silent = False

    @asynccontextmanager
    async def turn(self, chat: int | str, known: Recent | None = None) -> AsyncIterator[None]:
        """Have what is remembered of a chat at hand for one turn, wherever it is held.

        `known` is what an earlier part of the same turn has left.
        """
        await self._pseudonyms.renew()
        pseudonym = self._pseudonyms.of(self._channel, chat)
        await self._recent.begin(pseudonym, known)
        try:
            yield
        except Exception:
            await self._recent.end(pseudonym)
            raise
        # A turn that was cut off keeps nothing: another gateway may have taken it over.
        await self._recent.end(pseudonym)

    def recent(self, chat: int | str) -> Recent:
        """Return what is remembered of the conversation in a chat."""
        return self._recent.of(self._pseudonyms.of(self._channel, chat))

    def kept(self, chat: int | str) -> Recent | None:
        """Return what is remembered of the conversation in a chat, if there is one."""
        return self._recent.kept(self._pseudonyms.of(self._channel, chat))

    async def hear(self, message: Incoming) -> Reply:
        """Return the reply to what a person typed: a command, a poster's link, or words."""
        command = commands.read(message.text)
        if command is None:
            return await self.reply_to(message)
        if command.press is None:
            return self.notice(message, texts.UNKNOWN_COMMAND)
        pressed = replace(message, text="", press=command.press, chosen=command.chosen)
        return await self.reply_to(pressed)

    async def reply_to(self, message: Incoming) -> Reply:
        """Return the reply to words or a pressed button; there always is one."""
        pseudonym = self._pseudonyms.of(self._channel, message.chat)
        recent, day = self._recent.of(pseudonym), self._pseudonyms.day
        text = message.press.payload if message.press else safe_text(message.text)
        if not text:
            return self.notice(message, texts.NO_WORDS)
        # The remembered language helps also when Rasa has been started anew meanwhile.
        metadata = {"locale": message.chosen or recent.language or message.locale}
        metadata |= {"chosen": message.chosen} if message.chosen else {}
        recent.in_danger = False

        def rank() -> int:
            found = rank_of(message)
            recent.in_danger = found == URGENT
            return found

        try:
            # For all of it: whoever has waited for a place has less time left for the answer.
            async with timeout(self._rasa.patience_seconds):
                heard = await self._asked(rank, pseudonym, text, metadata)
        except (RasaSilentError, CrowdedError, asyncio.TimeoutError) as error:
            reply = self.without_rasa(message, self._is_crowded(error))
        else:
            self._is_silent = False
            self._count(message, recent, self._heard(heard, day))
            recent.in_danger |= _is_urgent((heard.demand or {}).get("route", ""))
            reply = heard.reply
            if reply.forgets:
                self._recent.forget(pseudonym)
        recent.language = reply.language
        return reply

    async def _asked(
        self, rank: Callable[[], int], pseudonym: str, text: str, metadata: dict[str, str | None]
    ) -> Heard:
        """Return what Rasa says when it is this conversation's turn."""
        recent = self._recent.of(pseudonym)
        async with self._gate.turn(rank):
            if recent.must_forget:
                await self._rasa.ask(pseudonym, FORGET_NOW, {})
                recent.must_forget = False
            return await self._rasa.ask(pseudonym, text, metadata)

    async def near(self, message: Incoming, place: Point) -> Reply:
        """Return the reply to a shared location, of which only the district is looked at."""
        district = districts.nearest(self._pack.city, place)
        if district is None:
            return self.notice(message, texts.NOT_HERE)
        press = Press("ask_where_when", NEAR, district.id)
        return await self.reply_to(replace(message, press=press))

    def acknowledged(self, mark: int) -> None:
        """Take note that no message whose `update_id` is below `mark` comes again."""
        self._counters.acknowledged(source(self._channel, self._pack.city.id), mark)

    def notice(self, message: Incoming, text: Text) -> Reply:
        """Return a fixed sentence with the menu below it, in the person's language."""
        return fixed.notice(self._pack, text, self.language_of(message))

    def language_of(self, message: Incoming) -> str:
        """Return the language for a fixed reply: remembered, by script, or the phone's."""
        remembered = self.recent(message.chat).language
        by_script = languages.by_script(message.text)
        wishes = (message.chosen, remembered, by_script, message.locale)
        return languages.first_supported(wishes)

    def _heard(self, heard: Heard, day: datetime.date) -> Signal | None:
        """Return what an answer of Rasa's adds to the counters on the day of its pseudonym."""
        if heard.demand is None:
            return None
        told = {**heard.demand, "language": heard.reply.language, "channel": self._channel}
        known = told.get("district") in self._pack.city.districts
        told["district"] = told["district"] if known else NOWHERE
        return Signal(day, self._pack.city.id, **told)

    def _count(self, message: Incoming, recent: Recent, signal: Signal | None) -> None:
        """Count a signal as far as the share of its conversation goes."""
        if signal is None or not message.counted:
            return
        route = routes.table().get(signal.route)
        is_need = route is not None and route.leads_to_services
        count = recent.share.take(signal, message.update_id, is_need)
        if count:
            self._counters.count(count)

    def _is_crowded(self, error: Exception) -> bool:
        """Tell whether a turn had no place because of others, and not because Rasa is silent."""
        if isinstance(error, CrowdedError):
            return not self._is_silent
        logger.error("Rasa did not answer; a fixed reply was given")
        self._is_silent = True
        return False

    def without_rasa(self, message: Incoming, crowded: bool = False) -> Reply:
        """Return the reply that needs no understanding: to a button, to danger, else numbers."""
        text = safe_text(message.text)
        language = self.language_of(message)
        now = self._now()
        given = fixed.without_rasa(self._pack, message.press, text, language, now, crowded=crowded)
        pseudonym = self._pseudonyms.of(self._channel, message.chat)
        self._recent.of(pseudonym).in_danger = _is_urgent(given.route)
        signal = fixed.outage_signal(given, self._pack, self._channel, self._pseudonyms.day)
        self._count(message, self._recent.of(pseudonym), signal)
        if given.reply.forgets:
            self._recent.forget(pseudonym)
            # Rasa will be told before it hears anything else.
            self._recent.of(pseudonym).must_forget = True
        return given.reply

    def _now(self) -> datetime.datetime:
        return datetime.datetime.now(self._pack.city.time_zone)


def rank_of(message: Incoming) -> int:
    """Return the place in a line, as far as it can be known without Rasa."""
    found = _is_urgent(message.press.route) if message.press else urgent.find(message.text)
    return URGENT if found else USUAL


def _is_urgent(route: str) -> bool:
    known = routes.table().get(route)
    return known is not None and known.group == "urgent"


def safe_text(text: str) -> str:
    """Return typed text as Rasa may see it: redacted, and never a command.

    Rasa takes a text that begins with a slash as an intent with full confidence; only our own
    buttons may do that.
    """
    # Rasa cuts white space of every kind before it looks for the slash.
    return re.sub(r"^[/\s]+", "", redact(text[:LONGEST]))
