"""Several Rasa servers: one for a conversation, another one when it is dead or silent."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from fakes.rasa_server import FakeRasa

from bot.gateway import rasa_servers
from bot.gateway.rasa_client import RasaSilentError
from bot.gateway.rasa_servers import RasaServers
from bot.gateway.rendezvous import ranked

PLACES = [f"place {number}" for number in range(5)]
NAMES = [f"{number:032x}" for number in range(5000)]
PATIENCE = 0.6


@pytest.fixture
def rasas() -> Iterator[list[FakeRasa]]:
    with ExitStack() as stack:
        yield [stack.enter_context(FakeRasa()) for _ in range(3)]


@pytest.fixture
async def servers(rasas):
    opened = RasaServers([rasa.url for rasa in rasas], PATIENCE)
    yield opened
    for rasa in rasas:
        rasa.release()
    await opened.close()


def first_of(rasas: list[FakeRasa], name: str) -> FakeRasa:
    url = ranked(name, [rasa.url for rasa in rasas])[0]
    return next(rasa for rasa in rasas if rasa.url == url)


def test_every_place_has_about_as_many_names():
    firsts = Counter(ranked(name, PLACES)[0] for name in NAMES)
    assert all(abs(count - len(NAMES) / 5) < 0.15 * len(NAMES) / 5 for count in firsts.values())


def test_when_a_place_is_gone_only_its_own_names_move():
    gone, left = PLACES[0], PLACES[1:]
    for name in NAMES:
        before, after = ranked(name, PLACES), ranked(name, left)
        assert after == [place for place in before if place != gone]
        assert before[0] in (gone, after[0])


async def test_a_conversation_is_always_asked_of_the_same_server(rasas, servers):
    for name in NAMES[:20]:
        for _ in range(2):
            await servers.ask(name, "hello", {})
    for rasa in rasas:
        senders = [message["sender"] for message in rasa.received]
        assert all(first_of(rasas, sender) is rasa for sender in senders)
        assert senders


async def test_when_a_server_is_dead_the_next_one_answers_at_once(rasas, servers):
    first_of(rasas, "x").go_down()
    begin = time.monotonic()
    await servers.ask("x", "hello", {})
    assert time.monotonic() - begin < PATIENCE / 2
    first_of(rasas, "x").come_back()


async def test_when_a_server_is_silent_the_next_one_answers_within_the_patience(rasas, servers):
    silent = first_of(rasas, "x")
    silent.hold()
    begin = time.monotonic()
    await servers.ask("x", "one", {})
    assert time.monotonic() - begin < PATIENCE
    # From now on it is left alone for a while, whoever writes.
    await servers.ask("x", "two", {})
    assert silent.texts == ["one"]


async def test_a_server_that_answers_again_gets_its_conversations_back(rasas, servers, monkeypatch):
    monkeypatch.setattr(rasa_servers, "REST_SECONDS", 0.1)
    first = first_of(rasas, "x")
    first.answer_instead("[]")
    await servers.ask("x", "one", {})
    first.recover()
    await asyncio.sleep(0.15)
    await servers.ask("x", "two", {})
    assert first.texts == ["one", "two"]


async def test_when_all_are_slow_they_are_not_made_slower(rasas, servers):
    for rasa in rasas:
        rasa.hold()
    with pytest.raises(RasaSilentError):
        await servers.ask("x", "one", {})
    asked = sum(len(rasa.received) for rasa in rasas)
    # All are known as silent now: each new message is asked of one.
    for number in range(5):
        with pytest.raises(RasaSilentError):
            await servers.ask("x", f"{number}", {})
    assert sum(len(rasa.received) for rasa in rasas) <= asked + 5 + len(rasas)


async def test_when_all_are_dead_it_is_told_at_once(rasas, servers):
    for rasa in rasas:
        rasa.go_down()
    with pytest.raises(RasaSilentError):
        await servers.ask("x", "hello", {})
    for rasa in rasas:
        rasa.come_back()
