"""Without Telegram the same conversation is held in the terminal, or with lines from a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.gateway_process import gateway_process
from fakes.rasa_server import CANNED, FakeRasa
from fakes.stage import demand, payload, said

from bot.answers.model import Button, Reply
from bot.demand.counters import DemandCounters
from bot.directory import pack
from bot.gateway.conversation import Conversations
from bot.gateway.rasa_client import RasaClient
from bot.gateway.terminal import Terminal
from bot.words import telegram, texts

LABELS = ["[1] More services", "[2] Something else", "[3] Talk to a person", "[4] Language"]
START = payload("show_menu", "start")
# A process needs some time to start on a busy machine; no test waits longer than it must.
PATIENCE = 60

Talk = Callable[..., list[str]]


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with FakeRasa() as server:
        yield server


@pytest.fixture
def talk(
    rasa: FakeRasa,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Talk:
    """Holds a whole conversation in this process; gives the lines that were printed."""

    async def run(locale: str | None) -> None:
        client = RasaClient(rasa.url)
        counters = DemandCounters(f"sqlite:///{tmp_path / 'demand.sqlite3'}")
        conversations = Conversations("terminal", pack.load("brussels"), client, counters)
        await Terminal(conversations, locale).run()
        await client.close()
        counters.close()

    def hold(*lines: str, locale: str | None = None) -> list[str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        asyncio.run(run(locale))
        return [line.strip() for line in capsys.readouterr().out.split("\n") if line.strip()]

    return hold


def test_each_line_is_a_message_and_the_end_of_input_ends_the_conversation(talk, rasa):
    shown = talk("I feel alone", "", "   ", "and sad")
    assert rasa.texts == ["I feel alone", "and sad"]
    assert shown == 2 * [*filter(None, CANNED.text.split("\n")), *LABELS]


def test_a_number_presses_the_button_that_bears_it(talk, rasa):
    talk("I feel alone", "1", "4", "2")
    pressed = [payload("mental_health", "more", "1"), "/change_language", "/show_menu"]
    assert rasa.texts == ["I feel alone", *pressed]


def test_a_number_without_a_button_is_met_with_the_buttons_that_are_there(talk, rasa):
    shown = talk("I feel alone", "0", "5", "99", "2")
    assert rasa.texts == ["I feel alone", "/show_menu"]
    assert shown.count(said(telegram.NO_SUCH_BUTTON, "en")) == 3
    assert shown.count(said(texts.UNSURE_DANGER, "en", number="112")) == 3
    # Each time the same buttons come again
    assert [shown.count(label) for label in LABELS] == [5] * len(LABELS)


def test_a_number_before_any_button_is_met_with_the_menu(talk, rasa):
    shown = talk("7")
    assert not rasa.received
    assert said(telegram.NO_SUCH_BUTTON, "en") in shown
    assert any("Danger or crisis" in line for line in shown)


@pytest.mark.parametrize("line", ["112", "1050", "-1", "1.", "²"])
def test_a_number_for_danger_a_postcode_or_what_is_no_number_is_a_message(talk, rasa, line):
    talk("I feel alone", line)
    assert rasa.texts == ["I feel alone", line]


@pytest.mark.parametrize("line", ["/nonsense", "/crisis", "/0", "/menus"])
def test_an_unknown_command_is_met_with_the_menu_here_as_well(talk, rasa, line):
    shown = talk(line, locale="fr_BE")
    assert not rasa.received
    assert said(texts.UNKNOWN_COMMAND, "fr") in shown


def test_the_chat_is_forgotten_here_as_well(talk, rasa):
    rasa.reply = Reply("nl", ("Hallo.",), CANNED.buttons)
    rasa.replies[payload("ask_privacy", "forget", "yes")] = Reply("nl", ("Weg.",), (), forgets=True)
    rasa.replies[payload("ask_privacy", "forget")] = Reply(
        "nl", ("Zeker?",), ((Button("Ja", payload("ask_privacy", "forget", "yes")),),)
    )
    talk("hallo", "/forget", "1", "hello", locale="en_GB")
    locales = [one["metadata"]["locale"] for one in rasa.received]
    assert locales == ["en_GB", "nl", "nl", "en_GB"]


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("/start", START),
        ("/help", START),
        ("/menu", "/show_menu"),
        ("/language", "/change_language"),
        ("/privacy", "/ask_privacy"),
        ("/forget", payload("ask_privacy", "forget")),
        ("/start housing_help", "/housing_help"),
        ("/help I want to die", "help I want to die"),
        ("//greet", "greet"),
    ],
)
def test_only_commands_reach_rasa_as_commands(talk, rasa, line, sent):
    talk(line)
    assert rasa.texts == [sent]


def test_numbers_of_persons_stay_outside_here_as_well(talk, rasa):
    shown = talk("+32 470 12 34 56", locale="nl_BE")
    assert not rasa.received
    assert said(texts.NO_WORDS, "nl") in shown


def test_rasa_hears_the_language_of_the_terminal_but_not_whose_it_is(talk, rasa):
    talk("bonjour", "encore", locale="fr_BE")
    first, second = rasa.received
    assert first["metadata"] == {"locale": "fr_BE"}
    assert first["sender"] == second["sender"] != "terminal"


def test_an_outage_is_answered_and_counted_in_the_terminal_too(talk, rasa, tmp_path):
    rasa.go_down()
    shown = talk("my room is damp", "1", locale="en_GB")
    assert said(texts.OUTAGE, "en") in shown
    assert said(texts.MENU_GROUP, "en") in shown
    rows = demand(f"sqlite:///{tmp_path / 'demand.sqlite3'}")
    counted = {(row["route"], row["channel"], row["outcome"], row["count"]) for row in rows}
    assert counted == {
        (route, "terminal", "outage", 1) for route in ("not_understood", "show_menu")
    }


def everything_in(terminal: int) -> str:
    shown = b""
    with os.fdopen(terminal, "rb", buffering=0) as file, contextlib.suppress(OSError):
        # A terminal whose other side is gone ends with an error, not with an end of file.
        while chunk := file.read(4096):
            shown += chunk
    return shown.decode()


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii:strict"])
def test_bytes_that_are_no_text_do_not_end_the_conversation(rasa, tmp_path, encoding):
    with gateway_process(tmp_path, rasa, PYTHONIOENCODING=encoding) as process:
        process.stdin.buffer.write(b"caf\xe9\nI feel alone\n/language\n")
        rasa.replies["/change_language"] = Reply("ar", ("\u0645\u0631\u062d\u0628\u0627",), ())
        shown, faults = process.communicate(timeout=PATIENCE)
    assert (process.returncode, faults) == (0, "")
    assert rasa.texts[1:] == ["I feel alone", "/change_language"]
    assert shown.count("Talk to a person") == 2


def test_a_person_at_a_terminal_is_welcomed_and_leaves_with_ctrl_d(rasa, tmp_path):
    master, slave = os.openpty()
    with gateway_process(tmp_path, rasa, terminal=slave) as process:
        os.close(slave)
        rasa.wait_for(1, PATIENCE)
        os.write(master, b"hallo\n")
        rasa.wait_for(2)
        os.write(master, b"\x04")
        assert process.wait(timeout=PATIENCE) == 0
        assert process.stderr.read() == ""
    shown = everything_in(master)
    assert rasa.texts == [START, "hallo"]
    assert shown.count("These places can help you.") == 2
    assert said(texts.TERMINAL_HINT, "en") in shown


def test_after_forgetting_the_screen_shows_nothing_of_what_was_said(rasa, tmp_path):
    rasa.replies[payload("ask_privacy", "forget")] = Reply("en", ("Forgotten.",), (), forgets=True)
    master, slave = os.openpty()
    with gateway_process(tmp_path, rasa, terminal=slave) as process:
        os.close(slave)
        rasa.wait_for(1, PATIENCE)
        os.write(master, b"hallo\n")
        rasa.wait_for(2)
        os.write(master, b"/forget\n")
        rasa.wait_for(3)
        os.write(master, b"\x04")
        assert process.wait(timeout=PATIENCE) == 0
    # The screen and what scrolled off it are cleared before the reply
    before, after = everything_in(master).split("\x1b[3J")
    assert "hallo" in before
    assert "Forgotten." in after
    assert "hallo" not in after


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_conversation_while_it_waits_for_a_line(rasa, tmp_path, number):
    with gateway_process(tmp_path, rasa) as process:
        process.stdin.write("hello\n")
        process.stdin.flush()
        while process.stdout.readline().strip() != LABELS[-1]:
            assert process.poll() is None
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE) == 0
        assert process.stderr.read() == ""
