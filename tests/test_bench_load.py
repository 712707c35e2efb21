"""The people of the benchmark: how they wait, what is timed, and that nobody is left out."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time

import httpx
import pytest

from bench import ours, processes, running, telegram_people
from bench.crowd import Crowd, Heard, Plan
from bench.rest import Rest
from bench.telegram_server import TelegramServer
from bench.worker import Worker
from bot.words import languages


class Slow:
    # A way on which each answer takes a moment; it knows who was waiting at any time.
    def __init__(self, seconds: float = 0.01, silent: frozenset[int] = frozenset()) -> None:
        self.seconds, self.silent = seconds, silent
        self.waiting: set[int] = set()
        self.most, self.heard = 0, list[tuple[int, str]]()

    async def turn(self, place: int, person: int, text: str) -> Heard:
        assert person not in self.waiting, "nobody writes again before the answer"
        self.waiting.add(person)
        self.most = max(self.most, len(self.waiting))
        self.heard.append((person, text))
        await asyncio.sleep(self.seconds)
        self.waiting.discard(person)
        if person in self.silent:
            raise asyncio.TimeoutError
        return Heard(1000 * self.seconds, ["/show_menu"], person == 1)


async def test_as_many_write_at_once_as_the_plan_says():
    way = Slow()
    found = await Crowd(Plan(chats=5, turns=60), way).run()
    assert (len(found["times"]) + len(found["short"]), way.most) == (60, 5)
    assert len({person for person, _ in way.heard}) == 10


async def test_the_same_people_come_back():
    way = Slow(0.001)
    await Crowd(Plan(chats=3, turns=90, people=4, first=7), way).run()
    assert {person for person, _ in way.heard} == {7, 8, 9, 10}


async def test_short_and_lost_answers_are_counted_and_only_answers_are_timed():
    way = Slow(0.001, silent=frozenset({2}))
    found = await Crowd(Plan(chats=2, turns=18), way).run()
    assert (len(found["short"]), found["lost"], len(found["times"])) == (6, 3, 9)


async def test_a_pace_is_kept_however_fast_the_answers_are():
    way = Slow(0.0)
    begin = time.monotonic()
    found = await Crowd(Plan(chats=50, seconds=1.0, pace=40.0), way).run()
    assert time.monotonic() - begin < 1.5
    assert 15 <= len(found["times"]) <= 80


@pytest.fixture
async def echo(tmp_path):
    (port,) = running.free_ports(1)
    with running.program(["-m", "bench.echo", str(port)], tmp_path, {}) as process:
        running.wait_for(process, port, "/")
        yield port


async def test_an_echo_answers_in_the_form_of_rasas_channel(echo):
    way = Rest(echo, "/echo", "test")
    heard = await way.turn(0, 3, "مرحبا")
    assert heard.ms > 0
    assert not heard.is_short
    way.close()


async def test_an_error_of_the_server_ends_the_measuring(echo):
    with pytest.raises(RuntimeError, match="answered b'404'"):
        await Rest(echo, "/nowhere", "test").turn(0, 0, "hello")


def test_the_load_is_made_by_a_process_of_its_own(echo):
    with Worker("bench.load", str(echo), "/echo", "test") as load:
        first = load.ask(chats=4, turns=100)
        again = load.ask(chats=1, turns=10, first=100)
    assert (len(first["times"]), len(again["times"])) == (100, 10)
    assert first["seconds"] > 0


def test_a_program_that_does_not_start_says_why(tmp_path):
    with (
        pytest.raises(running.StartError, match="RASA_PORT: 'none' is no port"),
        running.program(["-m", "bot.gateway"], tmp_path, {"RASA_PORT": "none"}) as process,
    ):
        running.wait_for(process, *running.free_ports(1), "/")


def test_an_assistant_that_ends_while_it_starts_is_not_waited_for(tmp_path):
    begin = time.monotonic()
    with (
        pytest.raises(running.StartError, match="no such city pack"),
        ours.served(tmp_path / "ours", {"RIGHTDOOR_CITY": "atlantis"}),
    ):
        raise AssertionError("it has not started")
    assert time.monotonic() - begin < 60


async def test_telegram_gives_updates_until_they_are_acknowledged_and_knows_the_whole_answer():
    server = TelegramServer(["Many people"])
    base = f"http://127.0.0.1:{await server.start()}/bot1:x"
    async with httpx.AsyncClient(trust_env=False) as bot:
        waiting = asyncio.create_task(bot.post(f"{base}/getUpdates", data={"timeout": 5}))
        await asyncio.sleep(0.05)
        said = asyncio.create_task(telegram_people.People(server).turn(0, 41, "hello"))
        (update,) = (await waiting).json()["result"]
        assert update["message"]["chat"]["id"] == 42
        again = await bot.post(f"{base}/getUpdates", json={"offset": update["update_id"]})
        assert again.json()["result"] == [update]
        gone = await bot.post(f"{base}/getUpdates", data={"offset": update["update_id"] + 1})
        assert gone.json()["result"] == []
        await bot.post(f"{base}/sendMessage", data={"chat_id": 42, "text": "first part"})
        await asyncio.sleep(0.05)
        assert not said.done()
        rows = {"inline_keyboard": [[{"text": "Menu", "callback_data": "/show_menu"}]]}
        last = {"chat_id": 42, "text": "Many people write", "reply_markup": json.dumps(rows)}
        sent = await bot.post(f"{base}/sendMessage", data=last)
        heard = await said
    assert sent.json()["result"]["reply_markup"] == rows
    assert heard.buttons == ["/show_menu"]
    assert heard.is_short
    assert 50 < heard.ms < 2000
    assert server.sent == 2


def test_what_the_gateway_says_by_itself_is_known_in_every_language():
    found = telegram_people.short_sentences()
    assert len(found) >= len(languages.supported())
    assert all(len(sentence) > 10 for sentence in found)


def test_memory_is_that_of_a_process_and_of_all_it_has_started():
    program = "import subprocess, sys, time; subprocess.Popen(['sleep', '30']); time.sleep(30)"
    process = subprocess.Popen([sys.executable, "-c", program])
    try:
        deadline = time.monotonic() + 10
        while len(list(processes.family(process.pid))) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        family = list(processes.family(process.pid))
        held = processes.memory(process.pid)
    finally:
        process.kill()
        processes.end(family[1:], 0)
        process.wait()
    assert len(family) == 2
    assert held["all"]["rss"] == pytest.approx(
        sum(row["rss"] for name, row in held.items() if name != "all")
    )
    assert 1 < held["all"]["pss"] <= held["all"]["rss"] < 200
    assert held["sleep"]["rss"] > 0
    assert processes.held_by(os.getpid())["rss"] > 10
