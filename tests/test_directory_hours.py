"""When a service is open: in the city's own time, past midnight, and on the day clocks change."""

from __future__ import annotations

import dataclasses
import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.directory import hours
from bot.directory.model import Area, City, LocalText, Opening, Service

BRUSSELS = ZoneInfo("Europe/Brussels")
MO, TU, WE, TH, FR, SA, SU = range(7)
EVERY_DAY = range(7)
CITY = City("somewhere", {}, BRUSSELS, "BE", ("fr",), "none", {}, ())
WITH_HOLIDAYS = dataclasses.replace(CITY, holidays=("BE", None))
Span = tuple[object, str, str]


def service(*spans: Span) -> Service:
    openings = [
        Opening(frozenset(days), datetime.time.fromisoformat(a), datetime.time.fromisoformat(b))
        for days, a, b in spans
    ]
    return Service(
        *("id", {}, "A service", None, LocalText({}), ("housing_help",), Area.CITY),
        *("https://example.org", datetime.date(2026, 11, 20)),
        openings=tuple(openings),
    )


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


# 2026-11-23 is a Monday.
WEEKDAYS = service(([MO, TU, WE, TH, FR], "09:00", "12:00"), ([WE], "13:30", "17:00"))
NIGHTS = service(([FR, SA], "22:00", "03:00"))


@pytest.mark.parametrize(
    ("now", "is_open", "changes_at"),
    [
        ("2026-11-23 09:00", True, "2026-11-23 12:00"),
        ("2026-11-23 11:59:59", True, "2026-11-23 12:00"),
        ("2026-11-23 12:00", False, "2026-11-24 09:00"),
        ("2026-11-23 08:59:59", False, "2026-11-23 09:00"),
        ("2026-11-25 12:30", False, "2026-11-25 13:30"),
        ("2026-11-25 16:00", True, "2026-11-25 17:00"),
        ("2026-11-27 12:00", False, "2026-11-30 09:00"),
        ("2026-11-29 23:00", False, "2026-11-30 09:00"),
    ],
)
def test_a_service_is_open_inside_its_hours_and_says_when_that_changes(now, is_open, changes_at):
    assert hours.at(WEEKDAYS, CITY, at(now)) == hours.Moment(is_open, at(changes_at))


@pytest.mark.parametrize(
    ("now", "is_open", "changes_at"),
    [
        ("2026-11-27 23:30", True, "2026-11-28 03:00"),
        ("2026-11-28 02:59", True, "2026-11-28 03:00"),
        ("2026-11-28 03:00", False, "2026-11-28 22:00"),
        ("2026-11-29 01:00", True, "2026-11-29 03:00"),
        ("2026-11-30 01:00", False, "2026-12-04 22:00"),
    ],
)
def test_hours_that_run_past_midnight_belong_to_the_day_they_began(now, is_open, changes_at):
    assert hours.at(NIGHTS, CITY, at(now)) == hours.Moment(is_open, at(changes_at))


def test_a_service_open_one_hour_a_week_says_the_day_a_week_ahead():
    weekly = service(([MO], "09:00", "10:00"))
    assert hours.at(weekly, CITY, at("2026-11-23 10:00")).changes_at == at("2026-11-30 09:00")


def test_hours_that_are_not_known_stay_unknown():
    assert hours.at(service(), CITY, at("2026-11-23 10:00")) is None
    assert not service().always_open


@pytest.mark.parametrize("now", ["2026-11-23 00:00", "2026-11-23 23:59:59", "2026-03-29 02:30"])
def test_a_line_day_and_night_never_closes(now):
    always = service((EVERY_DAY, "00:00", "23:59"))
    assert always.always_open
    assert hours.at(always, CITY, at(now)) == hours.Moment(True, None)


def test_day_and_night_may_be_told_in_several_lines():
    assert service(
        ([MO, TU, WE, TH, FR], "00:00", "23:59"), ([SA, SU], "00:00", "23:59")
    ).always_open
    assert not service(
        ([MO, TU, WE, TH, FR], "00:00", "23:59"), ([SA], "00:00", "23:59")
    ).always_open
    assert not service((EVERY_DAY, "00:00", "23:00")).always_open
    assert not service((EVERY_DAY, "00:30", "23:59")).always_open


def test_2359_stands_for_midnight():
    evening = service(([MO, TU], "10:00", "23:59"))
    assert hours.at(evening, CITY, at("2026-11-23 23:59:30")) == hours.Moment(
        True, at("2026-11-24 00:00")
    )
    assert not hours.at(evening, CITY, at("2026-11-24 00:00")).open
    whole = service(([MO, TU], "00:00", "23:59"))
    assert hours.at(whole, CITY, at("2026-11-24 00:00")).open
    assert not hours.at(whole, CITY, at("2026-11-25 00:00")).open


def test_opening_hours_are_told_by_the_clock_on_the_wall_when_summer_time_begins_and_ends():
    sundays = service(([SU], "09:00", "12:00"))
    summer, winter = at("2026-03-29 09:00"), at("2026-10-25 09:00")
    assert hours.at(sundays, CITY, at("2026-03-28 20:00")).changes_at == summer
    assert hours.at(sundays, CITY, at("2026-10-24 20:00")).changes_at == winter
    assert summer.utcoffset() == datetime.timedelta(hours=2)
    assert winter.utcoffset() == datetime.timedelta(hours=1)
    for morning in (summer, winter):
        assert hours.at(sundays, CITY, morning).open
        assert not hours.at(sundays, CITY, morning - datetime.timedelta(minutes=1)).open


def test_a_night_line_stays_open_through_the_hour_that_comes_twice():
    nights = service(([SA], "22:00", "06:00"))
    for fold in (0, 1):
        twice = at("2026-10-25 02:30").replace(fold=fold)
        assert hours.at(nights, CITY, twice) == hours.Moment(True, at("2026-10-25 06:00"))
    assert hours.at(nights, CITY, at("2026-03-29 03:30").replace(fold=1)).open


@pytest.mark.parametrize("zone", ["Europe/Brussels", "Europe/Copenhagen", "America/Denver"])
def test_hours_are_those_of_the_city_wherever_the_server_stands(zone, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    morning = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo(zone))
    moment = hours.at(WEEKDAYS, CITY, morning)
    assert moment.open
    assert moment.changes_at.tzinfo is morning.tzinfo
    assert moment.changes_at.hour == 12


# 2026-12-25 is a Friday.
def test_on_a_public_holiday_nobody_knows_whether_an_office_is_open():
    christmas = at("2026-12-25 10:00")
    assert hours.is_holiday(WITH_HOLIDAYS, christmas.date())
    assert hours.is_open(WEEKDAYS, WITH_HOLIDAYS, christmas) is None
    assert hours.at(WEEKDAYS, WITH_HOLIDAYS, christmas) is None
    assert hours.is_open(WEEKDAYS, CITY, christmas)


def test_who_is_there_day_and_night_is_there_on_a_holiday():
    always = service((EVERY_DAY, "00:00", "23:59"))
    assert hours.is_open(always, WITH_HOLIDAYS, at("2026-12-25 03:00"))


def test_the_next_opening_is_not_on_a_holiday():
    moment = hours.at(WEEKDAYS, WITH_HOLIDAYS, at("2026-12-24 13:00"))
    assert moment == hours.Moment(False, at("2026-12-28 09:00"))
    night = hours.at(NIGHTS, WITH_HOLIDAYS, at("2026-12-26 02:00"))
    assert night == hours.Moment(False, at("2026-12-26 22:00"))


def test_a_part_of_a_country_has_holidays_of_its_own():
    colorado = dataclasses.replace(CITY, holidays=("US", "CO"))
    united_states = dataclasses.replace(CITY, holidays=("US", None))
    cabrini = datetime.date(2026, 10, 5)
    assert hours.is_holiday(colorado, cabrini)
    assert not hours.is_holiday(united_states, cabrini)


def monthly(*weeks: int, **season: datetime.date) -> Service:
    days = (frozenset([MO]), datetime.time(9), datetime.time(12))
    opening = Opening(*days, frozenset(weeks), **season)
    return dataclasses.replace(service(), openings=(opening,))


@pytest.mark.parametrize(
    ("weeks", "open_on"),
    [((1,), {2}), ((1, 3), {2, 16}), ((-1,), {30}), ((5,), {30}), ((), {2, 9, 16, 23, 30})],
)
def test_once_a_month_is_only_in_that_week_of_the_month(weeks, open_on):
    days = range(1, 31)
    found = {d for d in days if hours.is_open(monthly(*weeks), CITY, at(f"2026-11-{d:02} 10:00"))}
    assert found == open_on


def test_out_of_season_the_hours_are_not_known():
    winter = monthly(first_day=datetime.date(2026, 11, 1), last_day=datetime.date(2026, 11, 23))
    assert hours.is_open(winter, CITY, at("2026-11-23 10:00"))
    assert hours.is_open(winter, CITY, at("2026-11-30 10:00")) is None
    assert hours.at(winter, CITY, at("2026-11-30 10:00")) is None


def test_spans_that_touch_are_one():
    whole = service(([SA, SU], "00:00", "23:59"), ([MO], "00:00", "08:00"))
    moment = hours.at(whole, CITY, at("2026-11-22 23:30"))
    assert moment == hours.Moment(True, at("2026-11-23 08:00"))
    overlapping = service(([MO], "09:00", "16:00"), ([MO], "09:00", "18:00"))
    assert hours.at(overlapping, CITY, at("2026-11-23 10:00")).changes_at == at("2026-11-23 18:00")
    last_minute = service(([MO], "23:59", "23:59"))
    assert hours.at(last_minute, CITY, at("2026-11-23 23:59")).changes_at == at("2026-11-24 00:00")
