"""The guide "Add a city in an afternoon", followed to the letter: its own files and commands."""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import command, routes, settings
from bot.answers import kinds
from bot.answers.model import Memory, Turn
from bot.directory import pack

PAGE = settings.ROOT / "docs" / "how-to" / "add-a-city.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = ".venv/bin/rightdoor directory "
FAILS = "# ends with 1"


def steps() -> Iterator[tuple[str, str]]:
    """Yield what the page has one do: a file's name and content, or "" and a command."""
    for kind, name, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if name:
            yield name, content
        elif kind == "sh":
            yield from (("", line) for line in content.splitlines())


def follow(line: str) -> int:
    assert line.startswith(PROGRAM), f"the page has a command that this test cannot run: {line}"
    return command.main(["directory", *shlex.split(line.removeprefix(PROGRAM), comments=True)])


@pytest.fixture
def town(tmp_path, monkeypatch, capsys) -> Path:
    """Follow the page in an empty folder; return the folder."""
    (tmp_path / "data" / "cities").mkdir(parents=True)
    monkeypatch.setattr(settings, "CITIES", tmp_path / "data" / "cities")
    monkeypatch.chdir(tmp_path)
    for name, content in steps():
        if name:
            Path(name).write_text(content, encoding="utf-8")
        else:
            assert follow(content) == (1 if FAILS in content else 0), capsys.readouterr().err
    return tmp_path


def test_the_town_of_the_page_answers(town):
    found = pack.read(town / "data" / "cities" / "lindby")
    assert found.emergency_number == "112"
    assert {place.address for one in found.services.values() for place in one.places} == {
        "Storgatan 1, 999 01 Lindby"
    }
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=found.city.time_zone)
    for language in ("en", "ar", "sv"):
        for route in routes.ids():
            turn = Turn(route, language, now, memory=Memory(introduced=True))
            assert kinds.respond(turn, found).reply.text
    turn = Turn("housing_help", "en", now, memory=Memory(introduced=True))
    said = kinds.respond(turn, found).reply.text
    assert "Town hall desk" in said
    assert "+46 40 628 04 20" in said


def test_the_bot_can_be_told_to_serve_the_town(town):
    assert settings.cities() == ["lindby"]
    assert settings.read({"RIGHTDOOR_CITY": "lindby"}).city == "lindby"
    assert "RIGHTDOOR_CITY=lindby make run" in PAGE.read_text(encoding="utf-8")


def test_the_zip_of_the_page_is_a_whole_pack(town, capsys):
    assert command.main(["directory", "check", "lindby.zip"]) == 0
    assert command.main(["directory", "diff", "lindby", "lindby.zip"]) == 0


def test_the_town_is_not_ready_to_go_live_and_is_told_why(town, capsys):
    assert command.main(["directory", "check", "lindby", "--live-ready"]) == 1
    told = capsys.readouterr().err
    assert "not confirmed by an office" in told
    assert "https://lindby.example" in told


def test_nothing_that_was_added_by_hand_is_lost_by_another_import(town):
    line = next(line for _, line in steps() if " import " in line)
    before = (town / "data" / "cities" / "lindby" / "city.yml").read_bytes()
    assert follow(line) == 1
    assert (town / "data" / "cities" / "lindby" / "city.yml").read_bytes() == before
