"""Journeys are walked with the real gateway, and recorded as it replies; here without Rasa."""

from __future__ import annotations

import itertools
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fakes.stage import Stage, hurry
from support.person import Person
from support.written import OnTelegram, otherwise
from test_contract_layers import imported

from bench.journeys import form, local, reading, record, wording, writing
from bench.journeys.form import Shown
from bench.journeys.walk import walk
from bot import settings
from bot.demand.counters import DemandCounters
from bot.directory import pack
from bot.gateway.conversation import Conversations
from bot.settings import ROOT
from bot.words import doors, texts
from bot.words.catalogue import words

BRUSSELS = pack.load("brussels")
WRITTEN = sorted((ROOT / "tests" / "journeys").glob("*.txt"))
WITHOUT_RASA = [path for path in WRITTEN if path.name.startswith("while-the-understanding-is-down")]


def parse(content: str, name: str = "a-flat.fr.txt") -> form.Journey:
    return reading.parse(name, content)


@pytest.fixture
def stage(tmp_path, monkeypatch):
    hurry(monkeypatch)
    with Stage(tmp_path, patience_seconds=0.3) as built:
        yield built


def on_telegram(stage: Stage, journey: form.Journey) -> OnTelegram:
    chats = itertools.count(700_000_001)

    def meet(language: str, phone: str) -> Person:
        return Person(stage.api, next(chats), phone, language)

    def switch_rasa(runs: bool) -> None:
        stage.rasa.come_back() if runs else stage.rasa.go_down()

    return OnTelegram(meet, journey, switch_rasa)


@pytest.mark.parametrize("path", WITHOUT_RASA, ids=lambda path: path.stem)
def test_a_journey_through_an_outage_goes_as_it_is_written(stage, path):
    journey = reading.read(path)
    told = otherwise(journey, on_telegram(stage, journey))
    assert not told, told


@pytest.mark.parametrize(
    ("wish", "complaint"),
    [
        ("< Welcome.", "does not say “Welcome.”"),
        ("! 112", "says “112”"),
        ("* Unia", "does not name “Unia”"),
        ("+ City services | Yes", "has no button “Yes”"),
        ("[Yes]", "there is no button “Yes”"),
        ("Now in fr", "the reply is in en, expected fr"),
    ],
)
def test_a_reply_that_is_otherwise_is_told_beside_what_was_expected(stage, wish, complaint):
    journey = parse(f"Given Rasa is down\n> hello\n{wish}\n> never reached", "a-flat.en.txt")
    told = otherwise(journey, on_telegram(stage, journey))
    assert complaint in told
    # The talk so far stands beside it: what was written, and the whole reply.
    assert "> hello" in told
    assert texts.OUTAGE.english in told
    assert "City services" in told
    assert "never reached" not in told


@pytest.fixture
def house(tmp_path):
    # The way to Rasa leads nowhere, as in an outage; everything else is real.
    wire = local._Wire("http://127.0.0.1:9/webhooks/rest/webhook", 0.3)
    counters = DemandCounters(f"sqlite:///{tmp_path / 'demand.sqlite3'}")
    opened = local.House(Conversations("terminal", BRUSSELS, wire, counters), wire)
    yield opened
    opened.close()
    counters.close()


def replies(journey: form.Journey, house: local.House) -> list[Shown]:
    return [shown for _, shown in walk(journey, local.Visitor(house, journey.phone))]


@pytest.mark.parametrize("path", WITHOUT_RASA, ids=lambda path: path.stem)
@pytest.mark.parametrize("write", [writing.whole, writing.brief])
def test_what_was_recorded_is_a_journey_again_and_goes_as_it_is_written(house, write, path):
    journey = reading.read(path)
    written = write(journey, replies(journey, house))
    again = reading.parse(path.name, written)
    assert not wording.faults(again, BRUSSELS)
    assert not otherwise(again, local.Visitor(house, again.phone))
    assert [step.act.text for step in again.steps] == [step.act.text for step in journey.steps]


def test_who_records_writes_only_what_the_person_does(house):
    # Given a journey with a remark, acts and wishes, but without any reply
    journey = parse("# In need.\n> help\n! police\n[City services]\n", "a-flat.en.txt")
    # When it is recorded
    written = writing.brief(journey, replies(journey, house))
    # Then the sentences stand below the acts, and the remark and the wishes have stayed
    assert f"< {texts.OUTAGE.english}" in written
    assert f"< {texts.MENU_GROUP.english}" in written
    assert "# In need." in written
    assert "! police" in written
    assert "\n\n[City services]" in written


def test_a_recorded_change_of_language_is_written_down(house):
    journey = parse("> hello\n[Language]\n[Nederlands]\nNow in nl\n> hallo", "a-flat.en.txt")
    again = parse(writing.whole(journey, replies(journey, house)), "a-flat.en.txt")
    assert [step.language for step in again.steps] == ["en", "en", "nl", "nl"]
    assert not otherwise(again, local.Visitor(house, "en"))


def test_nothing_is_counted_while_a_journey_is_recorded(house, tmp_path):
    replies(parse("> hello\n[City services]", "a-flat.en.txt"), house)
    assert not house._conversations._counters._waiting


def test_a_broken_journey_is_named_and_its_file_stays(house, tmp_path, monkeypatch):
    path = tmp_path / "a-flat.en.txt"
    path.write_text("> hello\n[No such button]\n< Dear writer", encoding="utf-8")

    def opened():
        yield house

    monkeypatch.setattr(local, "house", local.contextmanager(opened))
    (fault,) = record.record([path], None, whole=False)
    assert fault == "a-flat.en.txt: there is no button “No such button”"
    assert "Dear writer" in path.read_text(encoding="utf-8")


class _Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *given: object) -> None:
        pass


def test_an_assistant_that_runs_already_is_asked_and_nothing_is_started_or_trained(monkeypatch):
    # Given two servers that say they are ready, and a machine on which nothing may be started
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Ready) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    rasa, actions = (str(server.server_port) for server in servers)
    monkeypatch.setattr(subprocess, "Popen", None)
    given = settings.read({"RASA_PORT": rasa, "ACTIONS_PORT": actions})
    # When somebody is met there whom Rasa does not answer
    with local.house(given) as house:
        person = local.Visitor(house, "fr")
        # Then the fixed reply is theirs, and buttons lead on
        assert words("fr").say(texts.OUTAGE) in person.writes("bonjour").lines
        assert (
            person.presses(words("fr").say(doors.GROUP_NAMES["services"]), old=False).headings == ()
        )
    for server in servers:
        server.shutdown()
        server.server_close()


def test_journeys_meet_the_assistant_as_people_do_not_through_its_inside():
    for path in (ROOT / "bench" / "journeys").glob("*.py"):
        inside = {
            name for name in imported(path) if name.startswith(("bot.nlu", "actions", "rasa"))
        }
        assert not inside, f"{path.name} imports {inside}"
