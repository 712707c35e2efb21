"""Somebody talks to the running assistant while a city switches an incident on, and off again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from incident_files import recent
from support.phrases import CRIES
from support.stack import Stack

from bot.answers.incident import DOORS
from bot.incident import state
from bot.incident.current import LOOK_EVERY_SECONDS
from bot.incident.state import Entry
from bot.words import texts

pytestmark = pytest.mark.slow


@pytest.fixture
def file(stack: Stack) -> Iterator[Path]:
    path = stack.folder / "work" / "incident.yml"
    yield path
    state.save(path, [])


def switch(path: Path, *entries: Entry) -> None:
    state.save(path, entries)
    time.sleep(LOOK_EVERY_SECONDS * 2)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_incident_is_shown_and_taken_away_while_everything_runs(stack, meet, file, language):
    told = recent()
    what = told["what"][language]
    before = meet(language, phone=language)
    assert what not in before.writes("/start").text

    switch(file, Entry("brussels", "2026-11-20T12:00:00+01:00", told))
    during = meet(language, phone=language)
    seen = during.writes("/start")
    assert what in seen.text
    assert [f"/{door}" for door in DOORS] == seen.payloads[: len(DOORS)]
    assert what in during.presses_door("trauma_support").text

    in_danger = meet(language, phone=language)
    cry = in_danger.writes(CRIES[language])
    assert what not in cry.text
    assert cry.says(texts.URGENT_PROGRAM, language)

    switch(file)
    assert what not in during.writes("/start").text
