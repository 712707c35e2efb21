"""`rightdoor incident`: what is on is approved, was rehearsed, and is no drill by mistake."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from incident_files import EXAMPLE, ZONE, recent, write
from replies import CITY

from bot import command
from bot.answers import guidance
from bot.directory.commands import common
from bot.incident import state
from bot.incident.current import Watched
from bot.settings import ROOT
from bot.words import cldr, languages

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def packs_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "pack_of", pack_once)


pack_once = cache(common.pack_of)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCIDENT_FILE", str(tmp_path / "incident.yml"))
    return tmp_path / "incident.yml"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    return lambda **changes: write(tmp_path / "told.yml", recent(**changes))


def run(*arguments: object) -> int:
    return command.main(["incident", *map(str, arguments)])


def told(path: Path, days: float = 0) -> str | None:
    # What residents read first, now or in some days.
    now = datetime.datetime.now(ZONE) + datetime.timedelta(days=days)
    found = Watched(path, CITY.city).shown(now)
    return found.incident.what.in_language("en") if found else None


def what(text: str) -> dict[str, str]:
    return {code: f"{text} ({code})" for code in languages.supported()} | {"en": text}


def refused(capsys: Any, *arguments: object) -> list[str]:
    assert run(*arguments) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f"incident {arguments[0]}: "), out
    assert all("; allowed: " in line for line in err.splitlines()), err
    return err.splitlines()


def test_start_update_and_stop_change_what_residents_read(path, file, capsys):
    assert run("start", file(what=what("A"))) == 0
    assert told(path) == "A"
    assert run("update", file(what=what("B"))) == 0
    assert run("update", file(what=what("C"))) == 0
    assert told(path) == "C"
    assert run("status") == 0
    assert run("stop") == 0
    assert told(path) is None
    assert not path.exists()
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("brussels: example is shown, until ") == 4
    assert out.endswith("example: off.\nbrussels: no incident is on.\n")


def test_the_end_can_be_given_when_it_starts(path, file, capsys):
    now = datetime.datetime.now(ZONE)
    ends = f"{now + datetime.timedelta(hours=2):%Y-%m-%dT%H:%M}"
    assert run("start", file(), "--ends", ends) == 0
    assert ends.replace("T", " ") in capsys.readouterr().out
    assert told(path, days=2) is None
    assert run("stop") == 0
    capsys.readouterr()
    (fault,) = refused(capsys, "start", file(), "--ends", "tomorrow")
    assert ": ends: tomorrow does not fit" in fault


def test_nothing_is_switched_on_that_has_faults_or_that_nobody_approved(path, file, capsys):
    (fault,) = refused(capsys, "start", file(approved_by="none"))
    assert "approved_by: none; allowed: the office" in fault
    assert len(refused(capsys, "start", file(what="x", colour="red"))) == 2
    past = f"{datetime.datetime.now(ZONE) - datetime.timedelta(hours=1):%Y-%m-%dT%H:%M}"
    (fault,) = refused(capsys, "start", file(), "--ends", past)
    assert "has passed; allowed: a later time" in fault
    assert not path.exists()


def test_an_update_is_judged_like_a_start_and_leaves_what_was_sound(path, file, capsys):
    (fault,) = refused(capsys, "update", file())
    assert "id: example is not on; allowed: none, so start it" in fault
    assert run("start", file(what=what("A"))) == 0
    capsys.readouterr()
    refused(capsys, "update", file(what="x"))
    refused(capsys, "update", file(approved_by="none"))
    refused(capsys, "update", file(drill="yes"))
    (fault,) = refused(capsys, "update", file(id="other"))
    assert "id: other is not on; allowed: example" in fault
    assert told(path) == "A"


def test_a_second_incident_waits_until_the_first_has_ended(path, file, capsys):
    assert run("start", file(what=what("A"))) == 0
    capsys.readouterr()
    (fault,) = refused(capsys, "start", file(what=what("B")))
    assert "id: example is on already; allowed: rightdoor incident update" in fault
    (fault,) = refused(capsys, "start", file(id="second", what=what("B")))
    assert "id: example is on; allowed: stop it" in fault
    assert run("stop", "--keep-later") == 0
    assert run("start", file(id="second", what=what("B"))) == 0
    assert told(path) == "B"
    assert run("stop", "second") == 0
    assert told(path) is None
    assert told(path, days=6) == "A", "a week after"
    assert told(path, days=364) == "A", "a year after"
    assert told(path, days=370) is None
    assert run("stop", "example") == 0
    assert not path.exists()


def test_a_stop_drops_the_later_days_too(path, file):
    assert run("start", file()) == 0
    assert run("stop") == 0
    assert told(path, days=6) is None


def test_a_stop_that_is_not_clear_is_refused(path, file, capsys):
    (fault,) = refused(capsys, "stop")
    assert "allowed: none is on" in fault
    assert run("start", file()) == 0
    capsys.readouterr()
    (fault,) = refused(capsys, "stop", "other")
    assert "id: other: which one is not clear; allowed: example" in fault


def test_a_drill_needs_the_word_drill_three_times(tmp_path, path, file, capsys, monkeypatch):
    drill = file(drill="yes")
    assert len(refused(capsys, "start", drill)) == 2
    (fault,) = refused(capsys, "start", drill, "--drill")
    assert "INCIDENT_FILE: the residents' bot reads incident.yml" in fault
    monkeypatch.setenv("INCIDENT_FILE", str(tmp_path / "drill.yml"))
    (fault,) = refused(capsys, "start", drill)
    assert "drill: this file is for a drill; allowed: --drill" in fault
    assert run("start", drill, "--drill") == 0
    assert "is shown as a drill" in capsys.readouterr().out
    assert told(tmp_path / "drill.yml")
    assert not path.exists()
    assert run("stop") == 0
    capsys.readouterr()
    real = file()
    assert len(refused(capsys, "start", real, "--drill")) == 2
    assert len(refused(capsys, "start", real)) == 1


def test_a_drill_that_was_copied_to_the_residents_file_is_named_and_not_shown(
    tmp_path, path, file, capsys, monkeypatch
):
    monkeypatch.setenv("INCIDENT_FILE", str(tmp_path / "drill.yml"))
    assert run("start", file(drill="yes"), "--drill") == 0
    path.write_bytes((tmp_path / "drill.yml").read_bytes())
    monkeypatch.setenv("INCIDENT_FILE", str(path))
    assert told(path) is None
    assert run("status") == 0
    assert "example is never shown" in capsys.readouterr().out


def test_a_rehearsal_prints_every_text_in_every_language_and_writes_nothing(
    tmp_path, path, file, capsys
):
    before = (file(approved_by="none", drill="yes"), sorted(tmp_path.iterdir()))
    assert run("rehearse", before[0]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert sorted(tmp_path.iterdir()) == before[1]
    content = recent()
    for language in languages.supported():
        name = cldr.language_name(language, "en")
        moments = ("first contact", *guidance.GUIDES, "emergency_now", "week, around ")
        for moment in (*moments, *(f"guidance: {page}" for page in guidance.PAGES)):
            assert f"=== {name}: {moment}" in out
        for part in (content["what"], content["not_known"], content["facts"][1]["text"]):
            assert part[language] in out
    assert "This is a drill. Nothing has happened." in out
    assert "[🌐 Language]" in out


def test_a_rehearsal_can_be_in_one_language(path, file, capsys):
    assert run("rehearse", file(), "--language", "fi") == 0
    out = capsys.readouterr().out
    assert "=== Finnish: first contact ===" in out
    assert "=== English" not in out
    assert "Keksitty esimerkki" in out
    (fault,) = refused(capsys, "rehearse", file(), "--language", "xx")
    assert "language: 'xx' is unknown; allowed: en, fr" in fault


def test_the_check_says_what_still_stands_before_a_start(path, capsys):
    assert run("check", EXAMPLE) == 0
    out = capsys.readouterr().out
    assert out.endswith("no faults. It is for a drill. It is not approved yet: approved_by.\n")


def test_a_broken_state_file_is_named_and_never_overwritten(path, file, capsys):
    path.write_text("entries: [", encoding="utf-8")
    for arguments in (("start", file()), ("update", file()), ("stop",), ("status",)):
        (fault,) = refused(capsys, *arguments)
        assert "INCIDENT_FILE: cannot be used" in fault
        assert "take it away (incident.yml) and start anew" in fault
    assert path.read_text(encoding="utf-8") == "entries: ["


def test_another_city_is_told_apart(path, file, capsys):
    assert run("start", file(), "--city", "atlantis") == 1
    assert "city: 'atlantis' is no city pack" in capsys.readouterr().err
    assert run("start", file(routes_first=[]), "--city", "aarhus") == 0
    assert told(path) is None, "Brussels shows nothing"
    assert run("status", "--city", "aarhus") == 0
    assert "aarhus: example is shown" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(path, tmp_path, capsys):
    (fault,) = refused(capsys, "check", tmp_path / "none.yml")
    assert fault.startswith(f"{tmp_path / 'none.yml'}: file: No such file")


def test_the_commands_work_from_the_command_line_in_any_folder(tmp_path, file):
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "INCIDENT_FILE": str(tmp_path / "incident.yml"),
    }
    told_file = file()
    for arguments, said in (
        (["check", told_file], "no faults"),
        (["start", told_file], "example: on."),
        (["update", told_file], "example: updated."),
        (["status"], "example is shown, until "),
        (["stop"], "example: off."),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "bot.command", "incident", *map(str, arguments)],
            cwd=tmp_path,
            env=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
        assert done.stderr == ""
    assert not (tmp_path / "incident.yml").exists()
    assert state.load(tmp_path / "incident.yml") == ()
