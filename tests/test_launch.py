"""`make run`: everything starts, talks and ends together, and trouble is one clear sentence."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import sums
from support.launched import Launched

from bot import model_file, settings
from bot.launch import beforehand
from bot.launch.lifecycle import revive
from bot.launch.server import LaunchError, Server, stop
from bot.settings import ROOT
from bot.words import doors, texts
from bot.words.catalogue import words

# The launcher ends its children before itself; those of a killed one notice it soon.
GONE_AT_ONCE, GONE_WITHIN_SECONDS = 0.5, 10


def launched(folder: Path, **given: str) -> Iterator[Launched]:
    started = Launched(folder, **given)
    started.start()
    try:
        yield started
    finally:
        started.clear_away()


def ctrl_c(one: Launched) -> None:
    # A terminal sends it to the whole foreground group, the gateway included.
    os.killpg(one.process.pid, signal.SIGINT)


def terminate(one: Launched) -> None:
    one.process.terminate()


@pytest.fixture
def running(model: Path, tmp_path: Path) -> Iterator[Launched]:
    yield from launched(tmp_path / "running")


@pytest.fixture(scope="module")
def talking(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Launched]]:
    # Three at once, since each takes long to start; each is ended in its own way.
    all_three = [Launched(tmp_path_factory.mktemp("launch") / str(n)) for n in range(3)]
    try:
        for one in all_three:
            one.start()
        for one in all_three:
            one.greets("bonjour", words("fr").say(texts.INTRODUCTION_PRIVACY))
            assert len(one.children) >= 3
        yield all_three
    finally:
        for one in all_three:
            one.clear_away()


@pytest.mark.slow
def test_lines_from_a_pipe_are_answered_also_when_rasa_dies_in_between(running):
    # Given a conversation through a pipe
    running.greets("hello", texts.INTRODUCTION_PRIVACY.english)
    # When Rasa is killed, it is told in one sentence, and the person gets the numbers
    running.child("bot.nlu.serve").kill()
    running.is_told("The Rasa server ended (exit code -9). It is started again")
    running.line("I am looking for a lawyer")
    running.hears(texts.OUTAGE.english, 10)
    assert "112: " in running.said
    # When it is back by itself, the talk goes on, and a number presses a button
    assert running.rasa_is_back()
    running.line("I am looking for a lawyer")
    running.hears(doors.LEADS["legal_help"].english, 10)
    running.line("1")
    # And at the end of the input all have ended, the last line answered and counted
    assert len(running.children) >= 3
    running.end_of_input()
    assert running.ends() == 0
    assert running.nothing_is_left(GONE_AT_ONCE)
    assert sums.by_route(sums.read(running.database))["legal_help", "en", "answered"] == 1
    assert running.said.rstrip().endswith("Language")
    # And the model was trained before, not now
    assert "Training" not in running.said
    assert "Traceback" not in running.told


@pytest.mark.slow
def test_every_port_listens_on_loopback_only(talking):
    # Whoever is on the same network reaches none of them, the dashboard, which comes last, included
    for one in talking:
        one.is_told("The dashboard is at", 60)
    listening = [
        connection.laddr.ip
        for one in talking
        for child in one.children
        for connection in child.net_connections()
        if connection.status == "LISTEN"
    ]
    assert len(listening) == 3 * len(talking)
    assert set(listening) == {"127.0.0.1"}


@pytest.mark.slow
@pytest.mark.parametrize(("place", "end"), [(0, ctrl_c), (1, terminate)])
def test_a_signal_in_the_middle_of_a_talk_ends_everything(talking, place, end):
    # Given a conversation
    one = talking[place]
    one.line("je cherche un logement")
    one.hears("Syndicat", 20)
    assert len(one.children) >= 3
    # When Ctrl-C or the system ends the launcher
    end(one)
    # Then it ends well, with all its children, without a word of alarm
    assert one.ends() == 0
    assert one.nothing_is_left(GONE_AT_ONCE)
    assert "Traceback" not in one.told
    assert "Fatal" not in one.told
    # And what was said is counted
    assert sums.by_route(sums.read(one.database))["housing_help", "fr", "answered"] == 1


@pytest.mark.slow
def test_the_children_of_a_killed_launcher_end_by_themselves(talking):
    one = talking[2]
    assert len(one.children) >= 3
    one.process.kill()
    one.ends()
    assert one.nothing_is_left(GONE_WITHIN_SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["RASA_PORT", "ACTIONS_PORT"])
def test_a_taken_port_is_named_with_its_setting(model, tmp_path, setting):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        begin = time.monotonic()
        for one in launched(tmp_path / "taken", **{setting: port}):
            assert one.ends() == 1
    assert time.monotonic() - begin < 10
    assert one.told.count("\n") == 1
    assert port in one.told
    assert setting in one.told
    assert one.said == ""


@pytest.mark.slow
def test_invalid_settings_are_all_named_at_once(tmp_path):
    wrong = {
        "RASA_PORT": "many",
        "RIGHTDOOR_CITY": "atlantis",
        "LOG_LEVEL": "loud",
        "DATABASE_URL": "secret-password",
        "TELEGRAM_API_BASE": "nowhere",
        "TELEGRAM_BOT_TOKEN": "secret token",
    }
    for one in launched(tmp_path / "wrong", **wrong):
        assert one.ends() == 1
    assert all(name in one.told for name in wrong)
    assert one.told.count("\n") == len(wrong)
    assert "secret" not in one.told


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # A copy of all that could matter to the model, which may be changed.
    for name in ("bot", "data", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc"))
    for name in ("config.yml", "domain.yml", "endpoints.yml", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(model_file, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "source",
    [
        "config.yml",
        "domain.yml",
        "data/rules.yml",
        "data/nlu/en/services.yml",
        "data/nlu/ar/conversation.yml",
        "data/nlu/pl/services.yml",
        "data/neutral/en.yml",
        "bot/urgent.py",
        "bot/nlu/features.py",
        "bot/routes.yml",
    ],
)
def test_a_change_of_what_the_model_learns_from_asks_for_training(copied, source):
    before = model_file.fingerprint()
    (copied / source).parent.mkdir(exist_ok=True)
    with (copied / source).open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert model_file.fingerprint() != before


def lock(folder: Path, name: str) -> None:
    # As if another version of a library had been locked.
    path = folder / "uv.lock"
    text, count = re.subn(
        rf'(name = "{name}"\nversion = ")', r"\g<1>9", path.read_text(encoding="utf-8")
    )
    assert count == 1, name
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", model_file.LIBRARIES)
def test_another_version_of_a_library_that_learns_asks_for_training(copied, name):
    before = model_file.fingerprint()
    lock(copied, name)
    assert model_file.fingerprint() != before


def test_another_version_of_another_library_asks_for_no_training(copied):
    before = model_file.fingerprint()
    lock(copied, "httpx")
    assert model_file.fingerprint() == before


def test_every_part_that_learns_is_a_source_of_the_model():
    learning = {f"bot/nlu/{name}.py" for name in model_file.LEARNING}
    assert learning <= {path.relative_to(ROOT).as_posix() for path in ROOT.glob("bot/nlu/*.py")}
    for name in model_file.LEARNING:
        told = (ROOT / f"bot/nlu/{name}.py").read_text(encoding="utf-8")
        imported = {f"bot/nlu/{part}.py" for part in re.findall(r"from bot\.nlu\.(\w+)", told)}
        assert imported <= learning, name


def test_a_source_that_is_renamed_asks_for_training(copied):
    before = model_file.fingerprint()
    (copied / "data/nlu/en/services.yml").rename(copied / "data/nlu/en/servicesz.yml")
    assert model_file.fingerprint() != before


@pytest.mark.parametrize(
    "source",
    [
        "locales/fr/LC_MESSAGES/messages.po",
        "data/cities/brussels/services.csv",
        "data/cities/brussels/city.yml",
        "data/urgent/en.yml",
        "bot/gateway/telegram.py",
        "bot/nlu/decision.py",
        "endpoints.yml",
    ],
)
def test_a_change_of_words_or_of_a_city_asks_for_no_training(copied, source):
    before = model_file.fingerprint()
    with (copied / source).open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert model_file.fingerprint() == before


def test_without_any_change_there_is_no_training(copied, monkeypatch):
    model = copied / "models" / "rightdoor.tar.gz"
    model.parent.mkdir()
    model.touch()
    monkeypatch.setattr(model_file, "MODEL", model)
    monkeypatch.setattr(model_file, "FINGERPRINT", model.with_suffix(".fingerprint"))
    assert not model_file.is_up_to_date()
    model_file.FINGERPRINT.write_text(model_file.fingerprint(), encoding="utf-8")
    assert model_file.is_up_to_date()
    model.unlink()
    assert not model_file.is_up_to_date()


def test_a_look_ahead_that_fails_says_where_and_quotes_nothing(monkeypatch, capfd):
    def broken(city):
        raise RuntimeError("postgresql://me:hunter2@localhost")

    monkeypatch.setattr("bot.directory.pack.load", broken)
    monkeypatch.setattr(beforehand, "_prepare_tables", lambda *given: None)
    with pytest.raises(LaunchError, match="cannot be served"):
        beforehand.look_ahead(settings.read({}))
    told = "".join(capfd.readouterr())
    assert "RuntimeError in " in told
    assert "hunter2" not in told


def test_a_model_that_cannot_be_trained_is_said_once(monkeypatch, capfd):
    def failing():
        raise model_file.TrainingError("the end of what Rasa said")

    monkeypatch.setattr(model_file, "ensure", failing)
    with pytest.raises(LaunchError, match="Without a model"):
        beforehand.ensure_model()
    assert capfd.readouterr().err.count("the end of what Rasa said") == 1


def test_whoever_stops_the_launcher_stops_the_training(monkeypatch, tmp_path):
    note = tmp_path / "pid"

    def training():
        note.write_text(str(os.getpid()))
        time.sleep(60)

    def interrupt(number, frame):
        if not note.exists():
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            return
        raise KeyboardInterrupt

    monkeypatch.setattr(model_file, "ensure", training)
    # As some library of the test before may have left it.
    deaf = signal.signal(signal.SIGTERM, lambda number, frame: None)
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            beforehand.ensure_model()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.signal(signal.SIGTERM, deaf)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_programs_that_do_not_want_to_end_are_ended_together(monkeypatch):
    monkeypatch.setattr("bot.launch.server.STOP_WITHIN_SECONDS", 1)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    command = [sys.executable, "-c", f"{deaf}; print(flush=True); time.sleep(99)"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(6)]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    begin = time.monotonic()
    stop(None, *processes)
    assert [process.returncode for process in processes] == [-signal.SIGKILL] * 6
    assert time.monotonic() - begin < 5, "not one after the other"


def test_a_server_that_dies_for_days_is_started_again_and_again(monkeypatch):
    one = Server("dashboard", "bot.dashboard", 1, "DASHBOARD_PORT", "/health", restarts=2000)
    started: list[Server] = []
    monkeypatch.setattr(Server, "start", lambda server: started.insert(0, server))
    revive(one, 1)
    assert started == [one]


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.3])
def test_of_a_launcher_that_is_killed_while_it_starts_nothing_is_left(tmp_path, model, seconds):
    one = Launched(tmp_path / "early")
    one.start()
    time.sleep(seconds)
    begun = one.children
    one.process.kill()
    one.process.wait()
    assert begun, "something had been started"
    assert one.nothing_is_left(GONE_WITHIN_SECONDS)
