"""A demonstration shows a year at once, is marked as invented, and writes over nothing real."""

from __future__ import annotations

import datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, inspect, select, update

from bot.database.engine import engine
from bot.database.released import ACCOUNT, NOTE, RELEASE
from bot.directory import pack
from bot.settings import cities
from bot.signals import change, demo, invented, reading, tables

CITY = pack.load("brussels").city
TODAY = datetime.date(2026, 11, 21)
YEAR = demo.weeks_before(TODAY, 52)


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "demo.sqlite3"
    passwords = demo.make(path, CITY, TODAY, weeks=3)
    return path, passwords


def rows(path, query):
    found = engine(f"sqlite:///{path}")
    with found.connect() as connection:
        got = connection.execute(query).all()
    found.dispose()
    return got


def asked(weeks, route, **wanted) -> list[int]:
    return [
        sum(row["count"] for row in week if row["route"] == route
            and all(row[name] == value for name, value in wanted.items()))
        for week in weeks
    ]  # fmt: skip


@pytest.fixture(scope="module")
def year():
    return list(invented.demand(CITY, YEAR, seed=1))


def test_every_release_is_marked_as_invented_and_no_raw_counter_is_kept(made):
    path, _ = made
    assert [row.invented for row in rows(path, select(RELEASE.c.invented))] == [True] * 3
    found = engine(f"sqlite:///{path}")
    assert "demand" not in inspect(found).get_table_names()
    found.dispose()


def test_there_is_an_account_for_each_role_and_its_password_fits(made):
    path, passwords = made
    accounts = rows(path, select(ACCOUNT))
    assert {one.role for one in accounts} == {"viewer", "editor", "admin"}
    for one in accounts:
        assert PasswordHasher().verify(one.password_hash, passwords[one.name])
    assert len(set(passwords.values())) == 3


def test_passwords_are_made_up_anew_each_time(made):
    path, passwords = made
    again = demo.make(path, CITY, TODAY, weeks=1)
    assert not set(again.values()) & set(passwords.values())
    assert rows(path, select(func.count()).select_from(RELEASE)) == [(1,)]


def test_real_releases_are_never_written_over(made):
    path, _ = made
    found = engine(f"sqlite:///{path}")
    with found.begin() as connection:
        connection.execute(update(RELEASE).where(RELEASE.c.id == 1).values(invented=False))
    found.dispose()
    before = path.read_bytes()
    with pytest.raises(demo.DemoError, match="no demonstration"):
        demo.make(path, CITY, TODAY, weeks=1)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "thesis.txt"
    path.write_text("years of work", encoding="utf-8")
    with pytest.raises(demo.DemoError):
        demo.make(path, CITY, TODAY, weeks=1)
    assert path.read_text(encoding="utf-8") == "years of work"


def test_a_failure_leaves_the_last_demonstration_as_it_was(made, monkeypatch):
    path, _ = made
    before = path.read_bytes()
    monkeypatch.setattr(demo, "add_accounts", lambda found: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        demo.make(path, CITY, TODAY, weeks=1)
    assert path.read_bytes() == before


def test_the_same_seed_gives_the_same_demand_and_another_one_another():
    first, same, other = (
        [week for week in invented.demand(CITY, YEAR[:2], seed)] for seed in (1, 1, 2)
    )
    assert first == same
    assert first != other


def test_the_noise_is_real_and_never_the_same(tmp_path):
    seen = []
    for name in ("one", "two"):
        found = engine(f"sqlite:///{tmp_path / name}.sqlite3")
        demo.fill(found, CITY, TODAY, weeks=1)
        [one] = reading.releases(found, CITY.id)
        seen.append(
            [cell.value for name in tables.TABLES for cell in reading.table(found, one.id, name)]
        )
        found.dispose()
    assert seen[0] != seen[1]


def test_the_year_has_its_seasons(year):
    months = [week.first_day.month for week in YEAR]

    def mean(route, chosen):
        counts = [count for count, month in zip(asked(year, route), months) if month in chosen]
        return sum(counts) / len(counts)

    assert mean("school_enrolment", {9}) > 1.5 * mean("school_enrolment", {3, 4})
    assert mean("money_food_help", {12, 1}) > 1.5 * mean("money_food_help", {6, 7})


def test_an_incident_shakes_the_city_for_some_weeks(year):
    at = YEAR.index(invented.shock_week(YEAR))
    trauma = asked(year, "trauma_support")
    assert trauma[at] > 4 * max(1, sum(trauma[: at - 1]) / (at - 1))
    assert trauma[at + 6] < trauma[at] / 3


@pytest.mark.parametrize("language", ["uk", "tr"])
def test_a_need_grows_that_nobody_meets(year, language):
    unmet = asked(year, "language_course", language=language, outcome="unmet")
    assert max(unmet[:30]) < 10
    assert unmet[-1] > 70


def test_notes_tell_what_happened(made, tmp_path):
    texts = [row.text for row in rows(made[0], select(NOTE.c.text))]
    assert any("attack" in text for text in texts)
    found = engine(f"sqlite:///{tmp_path / 'year.sqlite3'}")
    demo.released.METADATA.create_all(found)
    demo._note(found, CITY, YEAR)
    with found.connect() as connection:
        notes = connection.execute(select(NOTE)).all()
    found.dispose()
    assert len(notes) == 2
    assert all("invented" in note.text for note in notes)


@pytest.mark.parametrize("city", cities())
def test_every_city_can_be_shown(city):
    found = pack.load(city).city
    [rows_of_week] = invented.demand(found, YEAR[-1:], seed=1)
    known = tables.known_values(found)
    assert 1500 < sum(row["count"] for row in rows_of_week) < 6000
    for name in ("route", "language", "audience", "district", "outcome"):
        assert {row[name] for row in rows_of_week} <= set(known[name])


def test_the_rise_of_the_last_weeks_is_seen(tmp_path):
    found = engine(f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    demo.fill(found, CITY, TODAY, weeks=16)
    series = reading.series(found, CITY.id, "topic", "housing_help")
    found.dispose()
    assert change.of(series).direction == change.ROSE
