"""Other cities beside our own: only shared weeks, honest about what is not known."""

from __future__ import annotations

import datetime
import json
import os
import zipfile
from pathlib import Path

import pytest
from dashboard_data import NEWEST, Staff, site, text_of
from test_dashboard_pages import rows_of

from bot.database.engine import engine
from bot.directory import pack
from bot.signals import demo, package, package_reading, reading
from bot.words import dashboard_cities as texts
from bot.words import dashboard_pages as pages

AARHUS = pack.load("aarhus").city


@pytest.fixture
def at(tmp_path):
    (tmp_path / "other-cities").mkdir()
    return site(tmp_path, weeks=6)


@pytest.fixture(scope="module")
def aarhus():
    # Twelve weeks, up to the one before our newest.
    found = engine("sqlite://")
    demo.fill(found, AARHUS, NEWEST, weeks=12)
    yield found
    found.dispose()


def put(at, found, weeks=slice(None), name="aarhus.zip", change=lambda own: None) -> None:
    path = at.settings.other_cities / name
    package.write(path, found, AARHUS, reading.releases(found, "aarhus")[weeks], "CC0-1.0")
    with zipfile.ZipFile(path) as file:
        kept = {one: file.read(one) for one in file.namelist()}
    described = json.loads(kept[package.DESCRIPTOR])
    change(described["rightdoor"])
    kept[package.DESCRIPTOR] = json.dumps(described).encode()
    with zipfile.ZipFile(path, "w") as file:
        for one, content in kept.items():
            file.writestr(one, content)


def shown(at, language="en") -> str:
    staff = Staff(at)
    staff.sign_in()
    found = staff.get(f"/cities?language={language}")
    assert found.status_code == 200
    return found.text


def test_topics_stand_side_by_side_for_every_10_000_inhabitants(at, aarhus):
    put(at, aarhus)
    rows = rows_of(shown(at), texts.TABLE.english)
    ours, _, rest = rows["Housing and shelter"].partition(" between ")
    people = pack.load("brussels").city.inhabitants.count
    assert float(ours) == pytest.approx(60 * 10_000 / people, abs=0.06)
    # The other city's number, its interval, and nothing else.
    assert rest.count("between") == 1


def test_only_weeks_that_all_cities_have_are_taken(at, aarhus):
    put(at, aarhus)
    page = text_of(shown(at))
    first = NEWEST - datetime.timedelta(weeks=5)
    last = NEWEST - datetime.timedelta(weeks=1)
    for week in (first, last):
        assert f"Week {week.isocalendar().week} of 2026" in page


def test_without_open_data_the_page_says_where_it_belongs(at):
    assert texts.NONE.english.format(folder="other-cities") in text_of(shown(at))


def test_a_city_without_a_week_of_ours_is_named_and_left_out(at, aarhus):
    put(at, aarhus, slice(8, None))
    page = text_of(shown(at))
    assert "Aarhus is not shown" in page
    assert texts.TABLE.english not in page


def test_a_city_with_one_old_week_keeps_no_other_city_out(at, aarhus):
    put(at, aarhus, slice(4, 5), name="a.zip", change=lambda own: own.update(city="a", name="Old"))
    put(at, aarhus, slice(0, 4), name="b.zip")
    page = text_of(shown(at))
    assert "Old is not shown" in page
    assert "Aarhus is not shown" not in page


def test_what_a_hidden_week_counts_as_is_said(at, aarhus):
    assert pages.COMPARE_HIDDEN.english not in text_of(shown(at))
    put(at, aarhus)
    assert pages.COMPARE_HIDDEN.english in text_of(shown(at))


def test_a_file_that_is_no_package_is_named_and_stops_nothing(at, aarhus):
    put(at, aarhus)
    (at.settings.other_cities / "notes.zip").write_text("<b>nothing</b>")
    page = shown(at)
    assert "notes.zip" in text_of(page)
    assert "Housing and shelter" in rows_of(page, texts.TABLE.english)


@pytest.mark.parametrize("name", [b"\xff.zip", "\u202efdp.zip".encode(), b"a\nb.zip"])
def test_a_file_name_that_is_no_text_stops_nothing(at, aarhus, name):
    put(at, aarhus)
    Path(os.fsdecode(bytes(at.settings.other_cities) + b"/" + name)).write_text("nothing")
    page = shown(at)
    assert "\ufffd" in page
    assert "\u202e" not in page
    assert "Housing and shelter" in rows_of(page, texts.TABLE.english)


def test_a_faulty_file_is_read_once(at, monkeypatch):
    (at.settings.other_cities / "once.zip").write_text("nothing")
    assert "once.zip" in text_of(shown(at))
    monkeypatch.setattr(package_reading, "read", None)
    assert "once.zip" in text_of(shown(at))


def test_our_own_package_is_not_taken_for_another_city(at, aarhus):
    put(at, aarhus, change=lambda own: own.update(city="brussels"))
    assert texts.TABLE.english not in text_of(shown(at))


def test_of_two_packages_of_a_city_the_newer_one_counts(at, aarhus):
    put(at, aarhus, slice(8, None), name="a.zip")
    put(at, aarhus, slice(0, 4), name="b.zip")
    put(at, aarhus, slice(8, None), name="c.zip")
    assert "Housing and shelter" in rows_of(shown(at), texts.TABLE.english)


def test_what_is_made_up_and_how_many_live_there_is_said(at, aarhus):
    put(at, aarhus, change=lambda own: own.update(inhabitants=None))
    page = text_of(shown(at))
    assert texts.INVENTED.english.format(city="Aarhus") in page
    assert texts.NO_INHABITANTS.english.format(city="Aarhus") in page
    assert "not known" in rows_of(shown(at), texts.TABLE.english)["Housing and shelter"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=HYPERLINK(1)"])
def test_a_name_from_elsewhere_is_text_and_nothing_more(at, aarhus, name):
    put(at, aarhus, change=lambda own: own.update(name=name))
    assert "<script" not in shown(at)


@pytest.mark.parametrize("name", ["", "x" * 65, "a\u202eb", 7, None])
def test_a_name_that_is_none_makes_a_package_one_that_cannot_be_read(at, aarhus, name):
    put(at, aarhus, change=lambda own: own.update(name=name))
    assert "aarhus.zip" in text_of(shown(at))


def test_a_package_that_is_replaced_is_read_anew(at, aarhus):
    put(at, aarhus, slice(8, None))
    assert texts.TABLE.english not in text_of(shown(at))
    put(at, aarhus)
    assert "Housing and shelter" in rows_of(shown(at), texts.TABLE.english)
