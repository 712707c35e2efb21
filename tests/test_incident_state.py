"""Incident mode by itself: it begins, ends and comes back; a broken file never hides a good one."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from incident_files import DURING, ZONE, content, incident, switch_on
from replies import CITY

from bot.answers import reading
from bot.answers.model import Memory
from bot.answers.payload import START, Press
from bot.directory import pack
from bot.gateway import fixed
from bot.incident import current, state
from bot.incident.current import Watched
from bot.incident.model import ANNIVERSARY, MONTH, NOW, WEEK
from bot.incident.state import Entry, StateError
from bot.words import texts
from bot.words.marks import Text


class Clock:
    # Stands still until a test moves it.
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "incident.yml"


@pytest.fixture
def look(path: Path, clock: Clock) -> Callable[..., str | None]:
    # What is told first in a running server, some seconds after it last looked.
    watched = Watched(path, CITY.city, clock)

    def looked(now: datetime.datetime = DURING, after: float = 2.0) -> str | None:
        clock.seconds += after
        found = watched.shown(now)
        return found.incident.what.in_language("en") if found else None

    return looked


def named(text: str) -> dict[str, object]:
    what = {code: f"{text} ({code})" for code in CITY.city.languages}
    return content(what={**what, "en": text})


def at(*given: int) -> datetime.datetime:
    return datetime.datetime(*given, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (at(2026, 11, 20, 11, 59), None),
        (at(2026, 11, 20, 12), NOW),
        (at(2026, 11, 27, 17, 59), NOW),
        (at(2026, 11, 27, 18), WEEK),
        (at(2026, 11, 30, 23, 59), WEEK),
        (at(2026, 12, 1), None),
        (at(2026, 12, 16, 23, 59), None),
        (at(2026, 12, 17), MONTH),
        (at(2026, 12, 23, 23, 59), MONTH),
        (at(2026, 12, 24), None),
        (at(2027, 11, 16, 23, 59), None),
        (at(2027, 11, 17), ANNIVERSARY),
        (at(2027, 11, 23, 23, 59), ANNIVERSARY),
        (at(2027, 11, 24), None),
        (at(2028, 11, 20, 12), None),
    ],
)
def test_it_begins_ends_and_comes_back_by_itself(now, phase):
    assert incident().phase(now) == phase


def test_it_ends_by_itself_in_a_running_server(path, look):
    switch_on(path, named("A"))
    assert look(at(2026, 11, 27, 17, 59)) == "A"
    assert look(at(2026, 12, 2)) is None
    assert look(at(2026, 12, 20)) == "A"
    assert look(at(2027, 11, 24)) is None


def test_an_hour_is_the_same_in_every_zone(path, clock):
    switch_on(path, content())
    ends = at(2026, 11, 27, 18).astimezone(datetime.timezone.utc)
    watched = Watched(path, CITY.city, clock)
    assert watched.shown(ends - datetime.timedelta(minutes=1)).phase == NOW
    assert watched.shown(ends).phase == WEEK


def test_a_running_server_shows_a_start_two_updates_and_a_stop_without_a_restart(path, look):
    assert look() is None
    for text in ("A", "B", "C"):
        switch_on(path, named(text))
        assert look() == text
    state.save(path, [])
    assert not path.exists()
    assert look() is None


def test_the_disk_is_asked_at_most_once_a_second(path, look):
    assert look() is None
    switch_on(path, named("A"))
    assert look(after=0.9) is None
    assert look(after=0.2) == "A"


BREAK = {
    "cut off": lambda text: text[: len(text) // 2],
    "its end cut off": lambda text: text[:-3],
    "changed by hand": lambda text: text.replace("A (fr)", "B (fr)"),
    "empty": lambda _: "",
    "no YAML": lambda _: "{[",
    "a list": lambda _: "- 1",
    "another shape": lambda _: "entries: 1\nseal: x\n",
    "no seal": lambda text: text[: text.index("seal:")],
    "bytes": lambda _: "\x00\x01",
}


@pytest.mark.parametrize("how", list(BREAK))
def test_a_broken_file_is_ignored_and_the_last_good_one_stays(how, path, look, caplog):
    switch_on(path, named("A"))
    assert look() == "A"
    good = path.read_text(encoding="utf-8")
    path.write_text(BREAK[how](good), encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        assert look() == "A"
        assert look() == "A"
    (record,) = caplog.records
    assert record.getMessage() == (
        "The incident file cannot be used (StateError); what was shown stays"
    )
    assert not record.exc_info
    path.write_text(good, encoding="utf-8")
    assert look() == "A"
    path.write_text(BREAK[how](good), encoding="utf-8")
    with pytest.raises(StateError):
        state.load(path)


def test_a_server_that_starts_with_a_broken_file_serves_without_it(path, look):
    path.write_text("entries: [", encoding="utf-8")
    assert look() is None
    switch_on(path, named("A"))
    assert look() == "A"


def test_a_file_whose_content_has_faults_is_ignored_even_with_a_good_seal(path, look):
    switch_on(path, named("A"))
    assert look() == "A"
    switch_on(path, content(ends="never"))
    assert look() == "A"


def test_what_nobody_foresaw_in_the_file_keeps_nobody_from_an_answer(path, look, monkeypatch):
    switch_on(path, named("A"))
    assert look() == "A"
    switch_on(path, named("B"))
    monkeypatch.setattr(current, "build", lambda *_: 1 / 0)
    assert look() == "A"


def test_a_folder_that_is_gone_shows_nothing(tmp_path, clock):
    assert Watched(tmp_path / "gone" / "incident.yml", CITY.city, clock).shown(DURING) is None


def test_a_file_is_replaced_in_one_step_and_leaves_nothing_behind(path, monkeypatch):
    switch_on(path, content())
    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        switch_on(path, content(id="other"))
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["incident.yml"]
    assert path.stat().st_mode & 0o044 == 0o044, "servers of another user may read it"


def test_what_was_written_is_read_again(path):
    entries = (Entry("brussels", "2026-11-20T12:00:00+01:00", content()),)
    state.save(path, entries)
    assert state.load(path) == entries
    assert "do not change it by hand" in path.read_text(encoding="utf-8")


def test_an_incident_of_another_city_is_not_shown(path, look):
    switch_on(path, named("A"), city="aarhus")
    assert look() is None


def test_no_resident_ever_sees_a_drill_and_no_drill_shows_what_is_real(path, tmp_path, clock):
    drill_path = tmp_path / "drill.yml"
    drill, real = content(drill="yes"), content()
    for place in (path, drill_path):
        switch_on(place, drill)
        found = Watched(place, CITY.city, clock).shown(DURING)
        assert (found is not None) is (place == drill_path)
        switch_on(place, real)
        found = Watched(place, CITY.city, clock).shown(DURING)
        assert (found is not None) is (place == path)
        switch_on(place, drill, real)
        assert Watched(place, CITY.city, clock).shown(DURING).incident.drill is (
            place == drill_path
        )


def test_what_happens_now_goes_before_the_days_of_something_older(path, look):
    older = named("older") | {
        "id": "older",
        "happened_on": "2025-11-22",
        "begins": "2025-11-22T12:00",
        "ends": "2025-11-24T12:00",
        "later": {"anniversary": "auto"},
    }
    switch_on(path, older, named("newer"))
    assert look() == "newer"
    switch_on(path, older)
    assert look() == "older"


def test_what_still_runs_goes_before_the_week_after_something_newer(path, look):
    newer = named("newer") | {
        "id": "newer",
        "happened_on": "2026-11-21",
        "begins": "2026-11-21T12:00",
        "ends": "2026-11-22T12:00",
    }
    switch_on(path, named("runs"), newer)
    assert look(at(2026, 11, 26, 10)) == "runs"
    assert look(at(2026, 11, 27, 19)) == "newer"


@pytest.fixture
def served(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The state file that the settings of this process name.
    monkeypatch.setenv("INCIDENT_FILE", str(path))
    current._watched.cache_clear()
    yield path
    current._watched.cache_clear()


def test_the_action_server_and_the_gateway_show_what_the_settings_file_says(served, monkeypatch):
    switch_on(served, named("A"))
    outage = fixed.without_rasa(pack.load("brussels"), None, "hello", "en", DURING).reply
    assert "A\n" in outage.text
    assert outage.text.index(said(texts.OUTAGE)) < outage.text.index("A\n")
    start = Press("show_menu", START)
    assert "A" in fixed.without_rasa(CITY, start, "", "en", DURING).reply.paragraphs
    urgent = fixed.without_rasa(CITY, None, "I want to kill myself", "en", DURING)
    assert urgent.route == "crisis_self_harm"
    assert "A" not in urgent.reply.text.split("\n")


def said(text: Text) -> str:
    return text.english


GREETED = {"intent": {"name": "greet"}, "text": "/greet", "entities": []}


def test_an_action_reads_it_anew_for_each_turn(served, monkeypatch):
    class Then(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return DURING

    monkeypatch.setattr(reading.datetime, "datetime", Then)
    monkeypatch.setattr(current, "LOOK_EVERY_SECONDS", 0.0)
    assert reading.turn_of(GREETED, Memory(), CITY).incident is None
    switch_on(served, named("A"))
    assert reading.turn_of(GREETED, Memory(), CITY).incident.incident.what.in_language("en") == "A"
    served.unlink()
    assert reading.turn_of(GREETED, Memory(), CITY).incident is None
