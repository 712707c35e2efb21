"""Connections are made once and used again: each costs a round trip, and to Telegram three."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import psutil
import pytest
from fakes.rasa_server import CANNED
from fakes.stage import ALEX, TOKEN, Stage, hurry
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, TimedOut

from bot.gateway.web_request import WebRequest, as_form, proxy_for

TURNS = 40


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path, rate=1000) as built:
        yield built


def connections(port: int) -> set[int]:
    """The ports of this process from which there are connections to a server's port."""
    return {
        one.laddr.port
        for one in psutil.Process().net_connections("tcp")
        if one.raddr and one.raddr.port == port and one.status == "ESTABLISHED"
    }


def test_a_talk_of_many_turns_uses_the_connections_of_its_first(stage):
    telegram = int(stage.api.address.rsplit(":", 1)[1])
    stage.ask(ALEX, "hello")
    stage.ask(ALEX, "hello")
    seen = {stage.rasa.port: set(), telegram: set()}
    for _ in range(TURNS):
        assert stage.ask(ALEX, "hello").plain == CANNED.text
        for port, found in seen.items():
            found.update(connections(port))
    # One for polling and one for sending; a poll that met another may have needed one more.
    assert len(seen[stage.rasa.port]) == 1
    assert len(seen[telegram]) <= 3


def test_a_connection_that_telegram_has_closed_costs_no_answer(stage):
    stage.ask(ALEX, "hello")
    stage.api.drop_next("sendMessage")
    assert stage.ask(ALEX, "hello").plain == CANNED.text


def test_an_idle_connection_to_rasa_that_is_gone_costs_no_answer(stage):
    stage.ask(ALEX, "hello")
    stage.rasa.go_down()
    stage.rasa.come_back()
    assert stage.ask(ALEX, "hello").plain == CANNED.text


async def test_a_call_that_takes_too_long_or_reaches_nobody_is_told_in_the_librarys_own_way(stage):
    request = WebRequest("http://127.0.0.1")
    await request.initialize()
    try:
        stage.api.delay_next("getMe", 1)
        with pytest.raises(TimedOut):
            await request.post(f"{stage.api.base_url}{TOKEN}/getMe", read_timeout=0.1)
        with pytest.raises(NetworkError) as caught:
            await request.post("http://127.0.0.1:1/bot123:secret/getMe")
        assert "secret" not in str(caught.value)
        assert caught.value.__cause__ is None
    finally:
        await request.shutdown()


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_a_form_says_what_was_put_into_it(parameters):
    read = parse_qsl(as_form(parameters).decode("ascii"), keep_blank_values=True)
    assert dict(read) == parameters


def test_telegram_is_called_through_the_proxy_of_the_environment(monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1")
    assert proxy_for("https://api.telegram.org") == "http://proxy.example:3128"
    assert proxy_for("https://127.0.0.1:8081") is None


async def test_a_proxy_gets_the_call(stage, monkeypatch):
    # The stand-in for Telegram takes calls for any host, as a proxy does.
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, stage.api.address)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "")
    request = WebRequest("http://telegram.example")
    await request.initialize()
    try:
        told = await request.post(f"http://telegram.example/bot{TOKEN}/getMe")
    finally:
        await request.shutdown()
    assert told["is_bot"] is True
