"""Weekly numbers come by themselves, and never stand in the way of the conversation."""

from __future__ import annotations

import datetime
import sys

from signals_data import CITY, desk, row

from bot import command
from bot.signals import command as signals
from bot.signals import reading
from bot.weekly import COMMAND, DAY_SECONDS, FIRST_AFTER_SECONDS, WeeklyNumbers

MONDAY = datetime.date(2026, 11, 23)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def numbers(tmp_path, clock, code="print(1)"):
    mark = f"open({str(tmp_path / 'runs')!r}, 'a').write('x'); {code}"
    return WeeklyNumbers({}, (sys.executable, "-c", mark), clock)


def runs(tmp_path, made) -> int:
    if made.process:
        made.process.wait(30)
    path = tmp_path / "runs"
    return len(path.read_text()) if path.exists() else 0


def test_the_first_look_comes_after_ten_minutes_and_then_one_a_day(tmp_path):
    clock = Clock()
    made = numbers(tmp_path, clock)
    for moment, expected in (
        (0, 0),
        (FIRST_AFTER_SECONDS, 1),
        (FIRST_AFTER_SECONDS + 60, 1),
        (FIRST_AFTER_SECONDS + DAY_SECONDS, 2),
    ):
        clock.now = 100.0 + moment
        made.look()
        assert runs(tmp_path, made) == expected


def test_a_command_that_fails_is_run_again_the_next_day(tmp_path):
    clock = Clock()
    made = numbers(tmp_path, clock, "raise SystemExit(1)")
    for day in range(2):
        clock.now = 100.0 + FIRST_AFTER_SECONDS + day * DAY_SECONDS
        made.look()
        assert runs(tmp_path, made) == day + 1


def test_what_it_runs_releases_a_week_that_has_been_over_for_a_day(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/raw.sqlite3")
    monkeypatch.setenv("RELEASES_URL", f"sqlite:///{tmp_path}/releases.sqlite3")
    at = desk(tmp_path)
    at.put([row(300)], MONDAY - datetime.timedelta(days=3))
    arguments = list(COMMAND[COMMAND.index("signals") :])
    for day, expected in ((MONDAY, 0), (MONDAY + datetime.timedelta(days=1), 1)):
        monkeypatch.setattr(signals, "_today", lambda city, day=day: day)
        assert command.main(arguments) == 0
        assert len(reading.releases(at.both.released, CITY.id)) == expected
