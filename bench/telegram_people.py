"""The process with Telegram and the people on it: `python -m bench.telegram_people`.

Its first line of output is {"port": ...}, the port at which the gateway finds Telegram. A turn is
timed from the moment when its update can be fetched to the arrival of the last message of the
answer, the one with the buttons. The network between Telegram and the machine is not in it.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import json
import time
from typing import Any

import uvloop

from bench import said
from bench.crowd import Crowd, Heard, Plan
from bench.telegram_server import BOT, TelegramServer
from bench.worker import serve
from bot.words import languages, texts
from bot.words.catalogue import words

PATIENCE_SECONDS = 60.0
# The first answer comes when everything has started.
START_SECONDS = 300.0
AGAIN_SECONDS = 0.1
OVERLOAD = "bot.words.overload"


class People:
    """The way over Telegram; a person's number is the number of their chat."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self.patience_seconds = PATIENCE_SECONDS

    async def turn(self, place: int, person: int, text: str) -> Heard:
        """Write a text, or press the button with a payload; wait for the whole answer."""
        chat = person + 1
        sender = {"id": chat, "is_bot": False, "first_name": "Alex"}
        sender["language_code"] = said.language_of(person)
        begin = time.perf_counter()
        if text.startswith("/"):
            under = self._server.latest.get(chat) or self._server.message(chat, BOT)
            press = {"id": str(time.monotonic_ns()), "chat_instance": "1", "data": text}
            update = press | {"from": sender, "message": under}
            waited = self._server.put(chat, "callback_query", update)
        else:
            message = self._server.message(chat, sender) | {"text": text}
            waited = self._server.put(chat, "message", message)
        answer = await asyncio.wait_for(waited, self.patience_seconds)
        is_short = any(sentence in answer.text for sentence in self._server.fixed)
        return Heard(1000 * (answer.at - begin), answer.buttons, is_short)


def short_sentences() -> list[str]:
    """Return what the gateway says by itself when Rasa is silent or too busy, in all languages."""
    found = [texts.OUTAGE]
    if importlib.util.find_spec(OVERLOAD):
        found.append(importlib.import_module(OVERLOAD).OVERLOAD)
    return [words(code).say(text) for text in found for code in languages.supported()]


async def _first_answer(people: People) -> dict[str, Any]:
    """Write until somebody answers with understanding; return how often that took."""
    tries, usual = 1, people.patience_seconds
    people.patience_seconds = START_SECONDS
    while (await people.turn(0, 0, said.MESSAGES["en"][0])).is_short:
        tries += 1
        await asyncio.sleep(AGAIN_SECONDS)
    people.patience_seconds = usual
    return {"tries": tries}


async def _main() -> None:
    server = TelegramServer(short_sentences())
    people = People(server)
    print(json.dumps({"port": await server.start()}), flush=True)

    async def answer(wish: dict[str, Any]) -> dict[str, Any]:
        if wish.pop("first_answer", False):
            return await _first_answer(people)
        before = server.sent
        found = await Crowd(Plan(**wish), people).run()
        return found | {"messages": server.sent - before}

    await serve(answer)


if __name__ == "__main__":
    uvloop.install()
    asyncio.run(_main())
