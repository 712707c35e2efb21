"""The gateway as a process: it starts clearly or not at all, ends in order, and tells nobody."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fakes.bot_api import FakeBotApi
from fakes.gateway_process import gateway_process
from fakes.rasa_server import CANNED, FakeRasa
from fakes.stage import ALEX, ROBIN, TOKEN, Stage, demand, hurry

from bot.gateway import __main__ as gateway
from bot.gateway.polling import UNKNOWN_BOT
from bot.privacy import logs
from bot.words import languages

OTHER_TOKEN = "110201543:AAH-another-token-than-the-one-that-is-served"
# A process needs some time to start on a busy machine; no test waits longer than it must.
PATIENCE = 60
SECRET = TOKEN.split(":")[1]
WORDS = "my cousin Wilhelmina is in cellblock seven"
TELLTALES = ("Wilhelmina", "cellblock", "Alexandra", str(ALEX))


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi(TOKEN) as server:
        yield server


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with FakeRasa() as server:
        yield server


def test_a_wrong_token_ends_the_gateway_with_one_clear_sentence(api, rasa, tmp_path):
    with gateway_process(tmp_path, rasa, api, TELEGRAM_BOT_TOKEN=OTHER_TOKEN) as process:
        shown, faults = process.communicate(timeout=PATIENCE)
    assert (process.returncode, shown, faults) == (1, "", f"{UNKNOWN_BOT}\n")


def test_a_token_that_is_none_is_named_without_its_value(api, rasa, tmp_path):
    with gateway_process(tmp_path, rasa, api, TELEGRAM_BOT_TOKEN="my-secret") as process:
        _, faults = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert faults.startswith("TELEGRAM_BOT_TOKEN: ")
    assert "my-secret" not in faults
    assert not api.requests


def test_a_token_that_is_withdrawn_ends_the_running_gateway(api, rasa, tmp_path):
    api.fail_next("getUpdates", 401, "Unauthorized")
    with gateway_process(tmp_path, rasa, api) as process:
        _, faults = process.communicate(timeout=PATIENCE)
    assert (process.returncode, faults) == (1, f"{UNKNOWN_BOT}\n")


def test_a_telegram_out_of_reach_ends_the_gateway_with_a_hint(api, rasa, monkeypatch, capsys):
    hurry(monkeypatch)
    for name, value in {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": rasa.url.replace(str(rasa.port), "1"),
        "RASA_PORT": str(rasa.port),
        "DATABASE_URL": "sqlite://",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(logs, "configure", lambda level: None)
    monkeypatch.setattr(gateway, "end_with_parent", lambda: None)
    assert gateway.main() == 1
    assert "TELEGRAM_API_BASE" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_gateway_that_is_told_to_stop_answers_counts_and_acknowledges_first(
    api, rasa, tmp_path, number
):
    # Given one message that was counted and one that waits for Rasa
    rasa.answer_instead("[]")
    with gateway_process(tmp_path, rasa, api) as process:
        profile = 2 * (1 + len(languages.supported()))
        assert api.wait_until(lambda: len(api.descriptions) == profile, PATIENCE)
        api.write(ALEX, "hello")
        api.wait_for(ALEX, 1)
        rasa.hold()
        api.write(ROBIN, "hello")
        rasa.wait_for(2)
        # When it is told to stop, impatiently, and Rasa answers then
        process.send_signal(number)
        time.sleep(0.2)
        process.send_signal(number)
        time.sleep(0.2)
        rasa.release()
        shown, faults = process.communicate(timeout=PATIENCE)
    # Then nothing is lost
    assert process.returncode == 0
    assert shown == "The bot serves Telegram. Ctrl-C ends it.\n"
    assert "Traceback" not in faults
    assert len(api.sent(ALEX)) == len(api.sent(ROBIN)) == 1
    assert not api.pending()
    assert [row["count"] for row in demand(f"sqlite:///{tmp_path / 'demand.sqlite3'}")] == [2]


def test_the_message_of_a_killed_process_is_answered_by_the_next(api, rasa, tmp_path):
    rasa.hold()
    with gateway_process(tmp_path, rasa, api) as process:
        left = api.write(ALEX, "hello")
        rasa.wait_for(1, PATIENCE)
        process.kill()
        process.wait(timeout=PATIENCE)
    assert api.pending() == [left]
    rasa.release()
    with gateway_process(tmp_path, rasa, api):
        assert api.wait_for(ALEX, 1, PATIENCE)[0].plain == CANNED.text
        assert api.wait_until(lambda: api.confirmed == left)
    assert len(api.sent(ALEX)) == 1


def go_through_everything(api: FakeBotApi, rasa: FakeRasa) -> None:
    """All that a library or the gateway could want to log: faults of every kind."""
    broken = {"chat": {"id": ALEX, "type": "private"}, "text": WORDS, "date": "x"}
    api.fail_next("getUpdates", 502, f"trouble with {TOKEN}")
    api.fail_next("sendMessage", 429, f"{WORDS}: retry after 1", retry_after=1)
    api.drop_next("sendMessage")
    api.write(ALEX, WORDS, name="Alexandra")
    api.wait_for(ALEX, 1, PATIENCE)
    rasa.answer_instead(WORDS)
    api.write(ALEX, WORDS)
    api.raw_update({"message": broken})
    api.press(ALEX, WORDS, stale=True)
    api.wait_for(ALEX, 4)
    api.fail_next("sendMessage", 400, f"Bad Request: {WORDS}")
    api.write(ALEX, WORDS)
    assert api.wait_until(lambda: not api.pending())
    api.block(ALEX)
    api.write(ALEX, WORDS)
    assert api.wait_until(lambda: not api.pending())


def test_neither_the_token_nor_a_word_or_name_is_ever_logged_by_the_process(api, rasa, tmp_path):
    with (
        gateway_process(tmp_path, rasa, api, LOG_LEVEL="DEBUG") as process,
        ThreadPoolExecutor() as reader,
    ):
        # So much is logged that a pipe which nobody reads would fill up.
        told = reader.submit(process.communicate)
        go_through_everything(api, rasa)
        process.terminate()
        shown, faults = told.result(timeout=PATIENCE)
    assert process.returncode == 0
    assert "DEBUG telegram" in faults
    assert "(text withheld)" in faults
    assert not [one for one in (SECRET, *TELLTALES) if one in shown + faults]


def test_the_log_withholds_what_the_libraries_would_tell(tmp_path, monkeypatch, caplog):
    hurry(monkeypatch)
    caplog.set_level(logging.DEBUG)
    with Stage(tmp_path) as stage:
        go_through_everything(stage.api, stage.rasa)
    # Given libraries that do tell
    foreign = [record for record in caplog.records if not record.name.startswith("aiohttp")]
    told = "\n".join(logging.Formatter().format(record) for record in foreign)
    assert SECRET in told
    assert "Wilhelmina" in told
    # Then our form of their records doesn't
    formatter = logs.WordlessFormatter(logs.FORM)
    shown = "\n".join(formatter.format(record) for record in foreign)
    assert len(shown.split("\n")) == len(foreign)
    assert not [one for one in (SECRET, *TELLTALES) if one in shown]
