"""Nothing about a person is kept: made-up people talk, then everything written is searched."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes.bot_api import FakeBotApi
from support.canary import Canary
from support.person import Person
from support.relay import Relay
from support.stack import Stack
from support.traces import traces, traces_in_files

from bot.settings import ROOT
from bot.words import doors, telegram, texts

pytestmark = pytest.mark.slow


@dataclass
class Scene:
    stack: Stack
    relay: Relay
    canaries: list[Canary]
    begin: float

    @property
    def api(self) -> FakeBotApi:
        return self.stack.api

    @property
    def token(self) -> str:
        return self.stack.given["TELEGRAM_BOT_TOKEN"].split(":")[1]

    def person(self, language: str = "en") -> tuple[Person, Canary]:
        canary = Canary()
        self.canaries.append(canary)
        self.api.write(canary.chat, "hello", language, name=canary.name)
        person = Person(self.api, canary.chat, language, language)
        person.waits(0)
        return person, canary

    @property
    def secrets(self) -> list[str]:
        return [secret for canary in self.canaries for secret in canary.secrets]


@contextmanager
def relayed(stack: Stack) -> Iterator[Relay]:
    # The gateway talks to Rasa through the relay for as long as the block lasts.
    stack.gateway.stop()
    with Relay(stack.rasa_port) as relay:
        stack.given["RASA_PORT"] = str(relay.port)
        stack.start_gateway()
        try:
            yield relay
        finally:
            stack.given["RASA_PORT"] = str(stack.rasa_port)
            stack.gateway.stop()
            stack.start()


@pytest.fixture(scope="module")
def scene(stack: Stack) -> Scene:
    begin = time.time() - 1
    with stack.counted_apart(), relayed(stack) as relay:
        scene = Scene(stack, relay, [], begin)
        for talk in (tell_all, stumble, cry, break_down, forget_all, meet_errors, talk_in_a_group):
            talk(scene)
    return scene


def tell_all(scene: Scene) -> None:
    person, canary = scene.person()
    person.writes(f"my name is {canary.name}, I am looking for a lawyer, I live in {canary.street}")
    # In words without the made-up ones, so that what is pressed is there in every run
    person.writes("I am looking for a lawyer")
    person.presses(texts.WHERE_WHEN)
    person.writes(f"call me at {canary.phone} or {canary.plain_phone}, {canary.name} from work")
    person.writes(f"{canary.story} {canary.email} {canary.link} {canary.handle}", edited=True)
    person.writes(f"اسمي {canary.arabic_name} ابحث عن عمل")
    person.presses_language()
    person.presses("Français")
    person.writes(f"{canary.story} " * 200)


def stumble(scene: Scene) -> None:
    person, canary = scene.person("fr")
    person.writes(f"/{canary.story} {canary.name}")
    person.writes(f"/start {canary.data}")
    person.writes(f"//{canary.data}")
    person.writes(canary.phone)
    person.sends("photo", f"{canary.name} {canary.story}")
    person.sends("contact")
    person.sends("location")
    place = {"latitude": float(canary.latitude), "longitude": float(canary.longitude)}
    shared = {"message_id": 2, "date": 1_700_000_000, "chat": chat_of(canary), "location": place}
    # The made-up words above may look like another language.
    person.writes("je cherche un avocat pour mes papiers")
    seen = person.does(lambda: scene.api.raw_update({"message": shared}))
    assert "Ixelles" in seen.text, "the location was read, down to its district"
    person.does(lambda: scene.api.press(canary.chat, f"/{canary.data}", stale=True))
    poison = {
        "message_id": 1,
        "date": "yesterday",
        "chat": chat_of(canary),
        "from": {"id": canary.chat, "is_bot": False, "first_name": canary.name},
        "text": canary.story,
        "entities": [{"type": "bold", "offset": canary.data}],
    }
    person.does(lambda: scene.api.raw_update({"message": poison}))


def chat_of(canary: Canary) -> dict[str, object]:
    return {"id": canary.chat, "type": "private", "first_name": canary.name}


def cry(scene: Scene) -> None:
    person, canary = scene.person("nl")
    person.writes(f"ik wil dood, {canary.name}, {canary.phone}")
    person.writes(f"mijn man slaat mij, {canary.street} {canary.story}")


def break_down(scene: Scene) -> None:
    # First the action server, then the way to Rasa.
    person, canary = scene.person()
    scene.stack.actions.kill()
    person.writes(f"{canary.name} {canary.story} {canary.phone}")
    scene.stack.start_actions()
    scene.relay.is_shut = True
    person.writes(f"I want to die {canary.name} {canary.story} {canary.email}")
    person.presses(texts.SOMETHING_ELSE)
    person.writes(f"{canary.name} {canary.story} {canary.street}")
    scene.relay.is_shut = False


def forget_all(scene: Scene) -> None:
    person, canary = scene.person()
    person.writes(f"/start mental_health-fr {canary.data}")
    person.writes(f"{canary.name} {canary.story} {canary.phone}")
    person.writes("/forget")
    person.presses(telegram.FORGET_YES)
    assert len(scene.api.shown(canary.chat)) == 1, "all but the last message were deleted"
    assert scene.api.written(canary.chat) == []


def meet_errors(scene: Scene) -> None:
    person, canary = scene.person()
    scene.api.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    person.writes(f"{canary.name} {canary.story}")
    scene.api.drop_next("sendMessage")
    person.writes(f"{canary.story} {canary.phone}")
    scene.api.fail_next("answerCallbackQuery", 400, f"Bad Request: {canary.data}")
    person.presses_language()
    be_refused(scene, canary, 400)
    be_refused(scene, canary, 403)
    scene.api.fail_next("getUpdates", 502, f"Bad Gateway {canary.story}")
    person.writes(f"{canary.street} {canary.story}")


def be_refused(scene: Scene, canary: Canary, status: int) -> None:
    scene.api.fail_next("sendMessage", status, f"Refused: {canary.name} {canary.data}")
    scene.api.write(canary.chat, f"{canary.name} {canary.story}")
    assert scene.api.wait_until(lambda: not scene.api.pending())


def talk_in_a_group(scene: Scene) -> None:
    canary = Canary()
    scene.canaries.append(canary)
    group = -canary.chat
    scene.api.write(group, f"{canary.name} {canary.story} {canary.phone}", name=canary.name)
    scene.api.wait_for(group, 1)


def test_no_file_holds_anything_about_anybody(scene):
    # Output of the programs, database, caches, home, temporary and working folders
    secrets_and_token = [*scene.secrets, scene.token]
    assert traces_in_files(secrets_and_token, scene.stack.folder) == []
    # And the project's own folder, where it changed since
    assert traces_in_files(secrets_and_token, ROOT, scene.begin) == []


def test_the_programs_wrote_something_that_was_searched(scene):
    for module in ("bot.nlu.serve", "actions", "bot.gateway"):
        said = (scene.stack.folder / "output" / f"{module}.txt").read_text(errors="replace")
        assert " DEBUG " in said
    assert list(scene.stack.folder.glob("demand*.sqlite3"))


def test_nothing_sent_to_telegram_holds_anything_about_anybody(scene):
    # Only the address of a request may hold the token, only chat_id the chat
    for request in scene.api.requests:
        parameters = {name: one for name, one in request.parameters.items() if name != "chat_id"}
        sent = json.dumps([parameters, request.path_without_token], default=str).encode()
        assert traces([*scene.secrets, scene.token], sent) == []


def test_numbers_links_and_chats_do_not_even_reach_rasa(scene):
    asked = bytes(scene.relay.asked)
    numbers = [one for canary in scene.canaries for one in canary.numbers_and_links]
    assert traces([*numbers, scene.token], asked) == []
    # What was said around them did: the search would have found them
    assert scene.canaries[0].story in traces(scene.secrets, asked)
    assert scene.canaries[0].arabic_name in traces(scene.secrets, asked)


def test_rasa_and_the_action_server_answer_without_a_word_of_the_person(scene):
    assert doors.LEADS["legal_help"].english.encode() in bytes(scene.relay.answered)
    assert traces(scene.secrets, bytes(scene.relay.answered)) == []


def in_a_file(folder: Path, secret: str) -> None:
    (folder / "log.txt").write_bytes(b"\0\1" + secret.encode() + b"\n")


def in_a_name(folder: Path, secret: str) -> None:
    (folder / "deep" / secret).mkdir(parents=True)
    (folder / "deep" / secret / "empty").touch()


def as_json(folder: Path, secret: str) -> None:
    (folder / "log.txt").write_text(json.dumps({"text": secret}))


def in_utf_16(folder: Path, secret: str) -> None:
    (folder / "log.txt").write_text(secret, encoding="utf-16")


def in_a_deleted_row(folder: Path, secret: str) -> None:
    connection = sqlite3.connect(folder / "a.sqlite3")
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE said (text)")
    connection.execute("INSERT INTO said VALUES (?)", [secret])
    connection.commit()
    connection.execute("DELETE FROM said")
    connection.commit()
    connection.close()


PLACES = (in_a_file, in_a_name, as_json, in_utf_16, in_a_deleted_row)


@pytest.mark.parametrize("plant", PLACES)
@pytest.mark.parametrize("secret", ["Xavi12ab34", "+32 470 11 22 33", "سليمبغداد", "3123456789"])
def test_the_search_finds_what_is_planted(
    tmp_path: Path, plant: Callable[[Path, str], None], secret: str
):
    assert traces_in_files([secret], tmp_path) == []
    plant(tmp_path, secret)
    assert len(traces_in_files([secret], tmp_path)) == 1
