"""Rasa's answer is taken only when it is one; memories of conversations stay small and short."""

from __future__ import annotations

import asyncio
import json
import socket
import time
import types
import weakref
from collections import deque
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from fakes.rasa_server import CANNED, FakeRasa, rest_messages

from bot.answers.model import Reply
from bot.gateway.rasa_client import RasaClient, RasaSilentError
from bot.gateway.recent import MOST_CHOICES, MOST_MESSAGES, RecentConversations
from bot.privacy import idle
from bot.privacy.idle import IdleMemory

SAID, SHOWN = rest_messages("someone", CANNED)
NO_REPLIES = {
    "empty list": [],
    "nothing": None,
    "a word": "hello",
    "a number": 7,
    "another kind of answer": {"version": "3.6.21", "status": "failure"},
    "text without its details": [SAID],
    "numbers": [1, 2],
    "lists": [["custom"]],
    "details that are none": [SAID, {"custom": None}],
    "details that are a word": [SAID, {"custom": "rows"}],
    "details without rows": [SAID, {"custom": {"language": "en", "paragraphs": []}}],
    "a list among the messages": [SAID, ["buttons"], SHOWN],
    "a word among the messages": ["hello", SAID, SHOWN],
    "buttons that are words": [{**SAID, "buttons": ["a", "b"]}, SHOWN],
    "buttons without payload": [{**SAID, "buttons": [{"title": "a"}]}, SHOWN],
}


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with FakeRasa() as server:
        yield server


@pytest_asyncio.fixture
async def client(rasa: FakeRasa) -> AsyncIterator[RasaClient]:
    built = RasaClient(rasa.url, patience_seconds=5)
    yield built
    await built.close()


async def test_what_an_action_says_comes_back_as_the_same_reply(client, rasa):
    bare = Reply("ar", ("\u206812\u2069", "b\nc"), ())
    for reply in (CANNED, bare):
        rasa.reply = reply
        assert (await client.ask("someone", "hello", {})).reply == reply


@pytest.mark.parametrize("answer", NO_REPLIES.values(), ids=NO_REPLIES)
async def test_an_answer_that_is_no_reply_counts_as_silence(client, rasa, answer):
    rasa.answer_instead(json.dumps(answer))
    with pytest.raises(RasaSilentError):
        await client.ask("someone", "hello", {})


@pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
async def test_an_error_counts_as_silence_even_with_a_reply_in_it(client, rasa, status):
    rasa.answer_instead(json.dumps([SAID, SHOWN]), status)
    with pytest.raises(RasaSilentError):
        await client.ask("someone", "hello", {})


@pytest.mark.parametrize("body", ["", "hello", "[{", "\udcff", "[" * 50])
async def test_an_answer_that_is_no_json_counts_as_silence(client, rasa, body):
    rasa.answer_instead(body.encode("utf-8", "replace").decode())
    with pytest.raises(RasaSilentError):
        await client.ask("someone", "hello", {})


async def test_an_answer_that_comes_in_drops_counts_as_silence():
    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        for _ in range(100):
            writer.write(b" ")
            await asyncio.sleep(0.02)
        writer.close()

    # Given a server that is never silent for as long as the patience lasts
    async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
        client = RasaClient("http://{}:{}".format(*server.sockets[0].getsockname()), 0.2)
        begin = time.monotonic()
        with pytest.raises(RasaSilentError):
            await client.ask("someone", "hello", {})
        assert time.monotonic() - begin < 1
        await client.close()


async def test_the_error_does_not_quote_the_message(client, rasa):
    rasa.go_down()
    with pytest.raises(RasaSilentError) as caught:
        await client.ask("someone", "my secret", {})
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "secret" not in str(caught.value)


async def test_text_that_is_no_unicode_counts_as_silence(client):
    with pytest.raises(RasaSilentError):
        await client.ask("someone", "half a character: \ud83d", {})


async def test_no_proxy_of_the_environment_sees_what_people_write(rasa, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        client = RasaClient(rasa.url, patience_seconds=5)
        assert (await client.ask("someone", "hello", {})).reply == CANNED
        await client.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    fake = types.SimpleNamespace(now=1000.0)
    fake.monotonic = lambda: fake.now
    monkeypatch.setattr(idle, "time", fake)
    return fake


def test_the_language_of_a_conversation_is_forgotten_after_thirty_idle_minutes(clock):
    kept = RecentConversations()
    kept.of("a").language = kept.of("b").language = "nl"
    clock.now += 30 * 60 - 1
    assert kept.of("b").language == "nl"
    clock.now += 2
    assert (kept.of("a").language, kept.of("b").language) == (None, "nl")


async def test_idle_conversations_are_forgotten_also_when_nobody_writes_any_more():
    kept: IdleMemory[deque[int]] = IdleMemory(idle_seconds=0.5)
    kept.put("a", deque([4711]))
    first = weakref.ref(kept.get("a"))
    await asyncio.sleep(0.1)
    kept.put("b", deque([4712]))
    second = weakref.ref(kept.get("b"))
    assert first() is not None
    # Nothing looks into the memory any more.
    deadline = time.monotonic() + 10
    while (first() or second()) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    assert (first(), second()) == (None, None)


def test_a_conversation_that_goes_on_keeps_its_language(clock):
    kept = RecentConversations()
    kept.of("a").language = kept.of("b").language = "nl"
    clock.now += 1000
    kept.of("a").language = "fr"
    clock.now += 1000
    assert (kept.of("a").language, kept.of("b").language) == ("fr", None)


def test_the_memory_of_conversations_stays_small_and_drops_the_oldest(clock):
    kept = RecentConversations(most=3)
    for name in "abcad":
        kept.of(name).language = "nl"
    # Whoever is looked at is in use, so the oldest is looked at last.
    assert [kept.of(name).language for name in "dacb"] == ["nl", "nl", "nl", None]


def test_only_the_newest_messages_and_choices_of_a_conversation_are_known(clock):
    recent = RecentConversations().of("a")
    recent.messages.extend(range(1000))
    recent.choices.extend(range(1000))
    assert list(recent.messages) == list(range(1000 - MOST_MESSAGES, 1000))
    assert list(recent.choices) == list(range(1000 - MOST_CHOICES, 1000))


def test_a_conversation_is_forgotten_at_once_when_it_should_be(clock):
    kept = RecentConversations()
    kept.of("a").language = kept.of("b").language = "nl"
    kept.forget("a")
    assert (kept.of("a").language, kept.of("b").language) == (None, "nl")
