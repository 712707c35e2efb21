"""One reader, several workers: what a worker had in hand when it died goes to another."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from demand_rows import rows
from fakes.bot_api import FakeBotApi
from fakes.rasa_server import DEMAND, FakeRasa
from fakes.stage import TOKEN
from redis_server import OwnRedis, own_redis
from support.programs import wait_until

from bot.gateway.handover import LOOK_AGAIN_SECONDS, PONG_WITHIN_SECONDS
from bot.launch.server import STOP_WITHIN_SECONDS
from bot.settings import ROOT

CHAT = 700_000_001


class Town:
    """A reader and two workers as processes, between the fakes."""

    def __init__(self, folder: Path, api: FakeBotApi, rasas: list[FakeRasa], redis: OwnRedis):
        self.api, self.rasas, self.redis = api, rasas, redis
        self.database = f"sqlite:///{folder / 'demand.sqlite3'}"
        self.places = [str(redis.folder / f"{number}") for number in range(2)]
        self._output = folder / "told"
        self._environment = {
            **{"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)},
            **{"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": api.address},
            **{"DATABASE_URL": self.database, "REDIS_URL": redis.url, "ACTIONS_PORT": "1"},
            **{"TELEGRAM_RATE": os.environ.get("TELEGRAM_RATE", "30")},
        }
        self.workers = [self.worker(place) for place in self.places]
        self.reader = self.run("bot.gateway.reader", *self.places)

    def worker(self, place: str) -> subprocess.Popen[bytes]:
        urls = [rasa.url for rasa in self.rasas]
        return self.run("bot.gateway.worker", place, "2", *urls)

    def run(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        with self._output.open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", module, *arguments],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def asked(self) -> list[str]:
        return [text for rasa in self.rasas for text in rasa.texts]

    def answering(self, number: signal.Signals) -> subprocess.Popen[bytes]:
        # Ends, or stops, the worker that has an update in hand: the other one is idle.
        busy = max(self.workers, key=lambda worker: _open_connections(worker.pid))
        busy.send_signal(number)
        return busy

    def told(self) -> str:
        return self._output.read_text(errors="replace")

    def end(self) -> None:
        for process in (self.reader, *self.workers):
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(20)


def _open_connections(pid: int) -> int:
    import psutil

    found = psutil.Process(pid).net_connections("tcp")
    return sum(one.status == "ESTABLISHED" for one in found)


@pytest.fixture
def slow_town(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Town:
    """A town whose Telegram takes few messages."""
    monkeypatch.setenv("TELEGRAM_RATE", "2")
    town: Town = request.getfixturevalue("town")
    return town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with ExitStack() as stack:
        api = stack.enter_context(FakeBotApi(TOKEN))
        rasas = [stack.enter_context(FakeRasa()) for _ in range(2)]
        redis = stack.enter_context(own_redis())
        for rasa in rasas:
            rasa.demand_of = lambda text: {**DEMAND, "route": text}
        running = Town(tmp_path, api, rasas, redis)
        try:
            serving = wait_until(lambda: "serves Telegram" in running.told(), 60)
            assert serving, running.told()
            yield running
        finally:
            for process in (running.reader, *running.workers):
                process.kill()
                process.wait()


def counted(town: Town) -> dict[str, int]:
    town.end()
    return {str(row[2]): int(row[-1]) for row in rows(town.database)}


def test_a_message_goes_all_the_way_and_is_counted(town):
    town.api.write(CHAT, "r1")
    town.api.wait_for(CHAT, 1)
    assert town.api.wait_until(lambda: not town.api.pending())
    assert counted(town) == {"r1": 1}
    assert town.redis.folder.joinpath("redis").exists()


# A worker that is hung is given up after twelve seconds.
HANGS = pytest.param(signal.SIGSTOP, marks=pytest.mark.slow)


@pytest.mark.parametrize("number", [signal.SIGKILL, HANGS])
def test_what_a_worker_had_in_hand_is_answered_by_another_in_order_and_counted_once(town, number):
    for rasa in town.rasas:
        rasa.hold("r2")
    for text in ("r1", "r2", "r3"):
        town.api.write(CHAT, text)
    assert wait_until(lambda: "r2" in town.asked, 20)
    town.answering(number)
    for rasa in town.rasas:
        rasa.release()
    assert town.api.wait_until(lambda: not town.api.pending(), 40), town.told()
    asked = [text for text, _ in itertools.groupby(in_order(town))]
    assert asked == ["r1", "r2", "r3"], "no message overtakes another of its chat"
    assert town.asked.count("r3") == 1
    assert counted(town) == {"r1": 1, "r2": 1, "r3": 1}


def in_order(town: Town) -> list[str]:
    # A chat is asked of one server, and of the next one when it is silent.
    first, second = sorted((rasa.texts for rasa in town.rasas), key=len, reverse=True)
    return sorted([*first, *second])


def test_a_worker_that_dies_between_sending_and_saying_so_sends_twice_and_counts_once(town):
    # The answer to the sending is held back: Telegram has it, the worker does not know.
    town.api.write(CHAT, "r1")
    town.api.wait_for(CHAT, 1)
    town.api.delay_next("sendMessage", 0)
    town.api.drop_next("sendMessage", served=True)
    town.api.write(CHAT, "r2")
    town.api.wait_for(CHAT, 2)
    town.answering(signal.SIGKILL)
    assert town.api.wait_until(lambda: not town.api.pending(), 40)
    assert len(town.api.sent(CHAT)) in (2, 3)
    assert counted(town) == {"r1": 1, "r2": 1}


@pytest.mark.slow
def test_a_worker_that_wakes_up_after_it_was_given_up_says_no_more(town):
    for rasa in town.rasas:
        rasa.hold("r1")
    town.api.write(CHAT, "r1")
    assert wait_until(lambda: town.asked, 20)
    sleeper = town.answering(signal.SIGSTOP)
    for rasa in town.rasas:
        rasa.release()
    assert town.api.wait_until(lambda: not town.api.pending(), 40)
    assert len(town.api.sent(CHAT)) == 1
    # So long that the sleeper's socket file, which still takes connections, has been tried again.
    time.sleep(5 * LOOK_AGAIN_SECONDS)
    town.api.write(CHAT, "r2")
    town.api.wait_for(CHAT, 2, timeout=PONG_WITHIN_SECONDS / 2)
    sleeper.send_signal(signal.SIGCONT)
    time.sleep(2)
    assert len(town.api.sent(CHAT)) == 2
    town.api.write(CHAT, "r2")
    town.api.wait_for(CHAT, 3)
    assert counted(town) == {"r1": 1, "r2": 1}, "the share of the conversation was not undone"


@pytest.mark.slow
def test_a_worker_that_wakes_up_with_answers_in_its_line_sends_none_of_them(slow_town):
    town, chats = slow_town, [CHAT + number for number in range(30)]
    for chat in chats:
        town.api.write(chat, "r1")
    assert wait_until(lambda: len(town.asked) >= 6, 20)
    time.sleep(1)
    sleeper = town.workers[0]
    sleeper.send_signal(signal.SIGSTOP)
    assert wait_until(lambda: "does not answer" in town.told(), 30)
    sleeper.send_signal(signal.SIGCONT)
    assert town.api.wait_until(lambda: not town.api.pending(), 60), town.told()
    time.sleep(1)
    assert [len(town.api.sent(chat)) for chat in chats] == [1] * 30


def test_an_answer_that_telegram_takes_at_a_later_try_is_remembered_to_be_deleted(town):
    town.api.write(CHAT, "r1")
    town.api.wait_for(CHAT, 1)
    town.api.drop_next("sendMessage", times=4)
    town.api.write(CHAT, "r2")
    town.api.wait_for(CHAT, 2, timeout=40)
    assert town.api.wait_until(lambda: not town.api.pending())
    (kept,) = [json.loads(one) for key, one in town.redis.values().items() if b":recent:" in key]
    assert {message.message_id for message in town.api.sent(CHAT)} <= set(kept["messages"])


def test_whoever_reads_for_workers_that_are_gone_ends_all_the_same(town):
    for rasa in town.rasas:
        rasa.hold()
    town.api.write(CHAT, "r1")
    assert wait_until(lambda: town.asked, 20)
    for process in (*town.workers, town.reader):
        process.terminate()
    town.reader.wait(STOP_WITHIN_SECONDS)


def test_when_all_workers_are_dead_messages_wait_for_the_next_one(town):
    for worker in town.workers:
        worker.kill()
        worker.wait()
    town.api.write(CHAT, "r1")
    time.sleep(1)
    assert town.api.pending()
    assert not town.api.sent(CHAT)
    town.workers = [town.worker(town.places[0])]
    town.api.wait_for(CHAT, 1, timeout=30)
    assert counted(town) == {"r1": 1}


def test_a_reader_that_is_killed_leaves_all_to_the_next_one(town):
    for rasa in town.rasas:
        rasa.hold()
    town.api.write(CHAT, "r1")
    assert wait_until(lambda: town.asked, 20)
    town.reader.kill()
    town.reader.wait()
    for rasa in town.rasas:
        rasa.release()
    town.reader = town.run("bot.gateway.reader", *town.places)
    assert town.api.wait_until(lambda: not town.api.pending(), 40)
    assert counted(town) == {"r1": 1}


def test_the_workers_end_in_order_and_leave_no_answer_behind(town):
    for rasa in town.rasas:
        rasa.hold()
    town.api.write(CHAT, "r1")
    assert wait_until(lambda: town.asked, 20)
    town.reader.terminate()
    time.sleep(0.5)
    for rasa in town.rasas:
        rasa.release()
    assert town.reader.wait(20) == 0
    assert len(town.api.sent(CHAT)) == 1
    assert not town.api.pending()
    assert counted(town) == {"r1": 1}
