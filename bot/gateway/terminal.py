"""A conversation in the terminal, or with lines from a pipe: the same path, without Telegram."""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from dataclasses import replace

from bot import urgent
from bot.answers import payload
from bot.answers.model import Button, Reply
from bot.answers.payload import START, Press
from bot.gateway.conversation import Conversations, Incoming
from bot.words import languages, telegram, texts
from bot.words.catalogue import words

CHAT = "terminal"

# So many digits may number a button; more are a number for danger or a postcode.
DIGITS_OF_A_BUTTON = 2
CLEAR_SCREEN = "\x1b[H\x1b[2J\x1b[3J"


class Terminal:
    """Reads a message a line and prints the replies; a number presses that button."""

    def __init__(self, conversations: Conversations, locale: str | None = None) -> None:
        self._conversations = conversations
        self._locale = locale
        self._rows: tuple[tuple[Button, ...], ...] = ()
        self._buttons: list[Button] = []

    async def run(self) -> None:
        """Talk until the end of input."""
        for stream in (sys.stdin, sys.stdout):
            if isinstance(stream, io.TextIOWrapper):
                # Neither a stray byte nor a letter that the terminal lacks ends a conversation.
                stream.reconfigure(errors="replace")
        if sys.stdin.isatty():
            language = languages.first_supported((self._locale,))
            welcome = Incoming(CHAT, "", Press("show_menu", START), self._locale)
            self._show(await self._conversations.reply_to(welcome))
            print(words(language).say(texts.TERMINAL_HINT))
        lines = _lines()
        while (line := await _next_line(lines)) is not None:
            if line.strip():
                self._show(await self._reply(line.strip()))

    async def _reply(self, text: str) -> Reply:
        typed = Incoming(CHAT, text, None, self._locale)
        numbered = text.isdecimal() and len(text) <= DIGITS_OF_A_BUTTON
        if not numbered or urgent.find(text):
            return await self._conversations.hear(typed)
        if 0 < int(text) <= len(self._buttons):
            press = payload.read(self._buttons[int(text) - 1].payload)
            return await self._conversations.reply_to(Incoming(CHAT, "", press, self._locale))
        notice = self._conversations.notice(typed, telegram.NO_SUCH_BUTTON)
        return replace(notice, buttons=self._rows or notice.buttons)

    def _show(self, reply: Reply) -> None:
        self._rows = reply.buttons
        self._buttons = [button for row in reply.buttons for button in row]
        if reply.forgets and sys.stdout.isatty():
            print(CLEAR_SCREEN, end="")
        print(f"\n{reply.text}\n")
        for number, button in enumerate(self._buttons, start=1):
            print(f"  [{number}] {button.label}")
        print(flush=True)


async def _next_line(lines: asyncio.Queue[str | None]) -> str | None:
    if sys.stdin.isatty():
        print("> ", end="", flush=True)
    return await lines.get()


def _lines() -> asyncio.Queue[str | None]:
    """Return the lines of standard input as they come, then None.

    They are read in a daemon thread: a blocked read must not keep the program from ending.
    """
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read_all() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read_all, name="stdin", daemon=True).start()
    return lines
