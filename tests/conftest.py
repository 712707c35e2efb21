"""Fixtures of the tests that talk to the whole assistant, with the trained model."""

from __future__ import annotations

import itertools
import secrets
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from demand_rows import own_postgresql
from fakes.bot_api import FakeBotApi
from hypothesis import settings
from support.person import Person
from support.stack import Stack

from bot import model_file

# A secret that is nowhere else, so that a trace of it can only come from the programs.
TOKEN = f"123456:test-token-{secrets.token_hex(8)}"

# What a shell starts in the background is deaf to Ctrl-C, and so is all that it starts: the tests
# of Ctrl-C would wait for nothing.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A promise holds or not; how long an example takes is no part of it. The examples are the same in
# every run; `pytest --hypothesis-profile=explore` looks for others.
settings.register_profile("explore", deadline=None)
settings.register_profile("right-door", deadline=None, derandomize=True)
settings.load_profile("right-door")


@pytest.fixture(scope="session", autouse=True)
def no_incident(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    # What a city has switched on in this folder is no business of the tests.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENT_FILE", str(tmp_path_factory.mktemp("incident") / "incident.yml"))
        yield


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with own_postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    # An empty database of each kind that a city may use.
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/one.sqlite3"
    server = request.getfixturevalue("server")
    server.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    return str(server.get_uri())


@pytest.fixture(scope="session")
def model() -> Path:
    model_file.ensure()
    return model_file.MODEL


@pytest.fixture(scope="session")
def stack(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with FakeBotApi(TOKEN) as api:
        running = Stack(tmp_path_factory.mktemp("stack") / "all", api, TOKEN)
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="session")
def chats() -> Iterator[int]:
    return itertools.count(700_000_001)


@pytest.fixture
def meet(stack: Stack, chats: Iterator[int]) -> Callable[..., Person]:
    # Somebody new, whose phone speaks `phone` and who has not written yet.
    def somebody(language: str = "en", phone: str | None = "en") -> Person:
        return Person(stack.api, next(chats), phone, language)

    return somebody
