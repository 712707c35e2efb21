"""The reader and its workers, each death at the worst moment; and people in danger in a crowd."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.gateway import handover, polling
from bot.gateway.conversation import rank_of
from bot.gateway.handover import Handover
from bot.gateway.line import USUAL
from bot.gateway.pace import Pace
from bot.gateway.polling import Poller
from bot.gateway.sending import NotSentError
from bot.gateway.telegram import TelegramGateway, salvaged
from bot.gateway.worker import Desk

COUNTERS: Any = SimpleNamespace(count=lambda count: None)


def update(number: int, chat: int, text: str = "hello") -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat, "type": "private"}, "text": text}}


async def test_a_worker_that_dies_together_with_its_pong_is_not_alive(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(handover, "PING_EVERY_SECONDS", 0.3)
    place = str(tmp_path / "1")

    async def dying(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            told = json.loads(await reader.readline())
            writer.write(json.dumps({"number": told["number"]}).encode() + b"\n")
        server.close()
        Path(place).unlink()
        writer.close()

    server = await asyncio.start_unix_server(dying, place)
    reader = Handover([place], COUNTERS)
    await reader.begin()
    # The reader is slow just now: pong and end are read in one go.
    await asyncio.sleep(0.25)
    time.sleep(0.2)
    await asyncio.sleep(0.2)
    assert not reader._workers[place].lives
    reader.end()


async def test_a_worker_forgets_an_answer_that_telegram_has_refused_three_times(tmp_path: Path):
    async def never() -> None:
        raise NotSentError(never)

    async def handle(update: dict[str, Any]) -> None:
        raise NotSentError(never)

    desk, place = Desk(handle), str(tmp_path / "1")
    server = await asyncio.start_unix_server(desk.serve, place)
    reader = Handover([place], COUNTERS)
    await reader.begin()
    poller = Poller(None, reader.handle)  # type: ignore[arg-type]
    for number in range(3):
        assert await poller._is_answered(update(number, number))
    assert not desk._unsent
    reader.end()
    server.close()


@pytest.mark.parametrize(("rate", "workers"), [(1, 1), (1, 2), (3, 6), (30, 32)])
async def test_however_few_messages_a_worker_may_send_it_sends_some(rate, workers):
    pace = Pace(rate / workers)
    for _ in range(2):
        await asyncio.wait_for(pace.room(lambda: USUAL), 1)

    async def send() -> None:
        return None

    await asyncio.wait_for(
        pace.process_request(send, (), {}, "sendMessage", {"chat_id": 1}, None), 1
    )


class Crowd:
    """Two hundred people in a line, and one more who writes three times, the last time in need."""

    CHAT = 1000

    def __init__(self) -> None:
        self.pace, self.sent = Pace(10), list[int]()
        bot: Any = SimpleNamespace(rate_limiter=self.pace)
        self.gateway = TelegramGateway(bot, None)  # type: ignore[arg-type]
        self.poller = Poller(None, self.handle, follows=self.gateway.follows)  # type: ignore[arg-type]

    async def handle(self, given: dict[str, Any]) -> None:
        incoming = salvaged(given, given["message"]["chat"]["id"])
        await self.gateway._room(incoming)
        await asyncio.sleep(0.01)
        chat, rank = {"chat_id": incoming.chat}, rank_of(incoming)
        await self.pace.process_request(self.send, (given,), {}, "sendMessage", chat, rank)

    async def send(self, given: dict[str, Any]) -> None:
        self.sent.append(given["update_id"])


@pytest.mark.parametrize("so_far_seconds", [0.005, 0.5], ids=["being-answered", "in-the-line"])
async def test_who_says_hello_before_a_cry_for_help_is_not_kept_waiting_for_it(so_far_seconds):
    crowd = Crowd()
    for number in range(1, 201):
        crowd.poller._start(update(number, number))
    await asyncio.sleep(0.1)
    for number in range(301, 401):
        crowd.poller._start(update(number, number))
    crowd.poller._start(update(501, Crowd.CHAT))
    await asyncio.sleep(so_far_seconds)
    crowd.poller._start(update(502, Crowd.CHAT, "please"))
    crowd.poller._start(update(503, Crowd.CHAT, "I want to kill myself"))
    before = len(crowd.sent)
    while 503 not in crowd.sent:
        await asyncio.sleep(0.01)
    # What is sent while the answers are made; not the whole line.
    assert len(crowd.sent) - before < 20
    assert [one for one in crowd.sent if one > 500] == [501, 502, 503]
    for task in list(crowd.poller._open.values()):
        task.cancel()


async def test_a_cry_for_help_does_not_wait_for_room():
    crowd = Crowd()
    for number in range(1, 201):
        crowd.poller._start(update(number, number))
    await asyncio.sleep(0.1)
    before = len(crowd.sent)
    crowd.poller._start(update(201, Crowd.CHAT, "he will kill me"))
    await asyncio.wait_for(crowd.poller._open[201], 1)
    assert len(crowd.sent) - before < 10
    for task in list(crowd.poller._open.values()):
        task.cancel()


async def test_the_end_does_not_wait_for_ever_and_acknowledges_what_is_answered(monkeypatch):
    monkeypatch.setattr(polling, "DRAIN_SECONDS", 0.1)
    asked: list[int] = []

    class Bot:
        async def do_api_request(self, method: str, api_kwargs: dict[str, Any], **rest: Any) -> Any:
            asked.append(api_kwargs["offset"])
            return []

    async def handle(given: dict[str, Any]) -> None:
        if given["update_id"] == 3:
            await asyncio.sleep(60)

    poller = Poller(Bot(), handle)  # type: ignore[arg-type]
    for number in (1, 2, 3):
        poller._start(update(number, number))
    await asyncio.wait_for(poller.drain(), 5)
    assert asked == [3], "what is not answered comes again"
