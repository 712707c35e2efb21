"""What is shown as risen or fallen: a need that doubles is seen, and chance is not."""

from __future__ import annotations

import dataclasses
import datetime

import numpy as np
import pytest
from signals_data import desk, row

from bot.signals import change, noise, reading, release
from bot.signals.budget import Plan
from bot.signals.reading import Cell, Release
from bot.signals.weeks import Week
from evaluation import signals, signals_city, signals_designs, signals_strength

MONDAY = datetime.date(2026, 1, 5)


def series(*values: int | None) -> list[tuple[Release, Cell]]:
    settings = release.settings_of(Plan())
    made = Release(1, "brussels", 2026, 1, MONDAY, MONDAY, 1.0, "discrete-laplace", settings, False)
    found = []
    for number, value in enumerate(values):
        day = MONDAY + datetime.timedelta(weeks=number)
        one = dataclasses.replace(made, id=number, first_day=day)
        found.append((one, Cell("topic", "housing_help", "", value, value, value)))
    return found


def test_a_need_that_doubles_has_risen_by_the_third_week():
    found = change.of(series(*[30] * 12, 60, 60, 60))
    assert (found.direction, found.weeks, found.before, found.now) == (change.ROSE, 3, 30, 60)
    assert 0 < found.low < 30 < found.high


def test_a_need_that_halves_has_fallen():
    assert change.of(series(*[100] * 12, 50, 50, 50)).direction == change.FELL


def test_a_large_rise_is_seen_at_once():
    assert change.of(series(*[30] * 12, 150)).direction == change.ROSE


def test_one_outlier_of_the_noise_is_no_rise():
    assert change.of(series(*[30] * 12, 55)).direction == change.UNCLEAR


def test_hidden_numbers_do_not_rise_or_fall():
    found = change.of(series(*[None] * 14))
    assert (found.direction, found.before, found.now) == (change.UNCLEAR, 5, 5)


def test_too_few_weeks_tell_nothing():
    assert change.of([]) is None
    assert change.of(series(30, 30, 30, 90)) is None
    assert change.of(series(30, 30, 30, 30, 90)) is not None


def test_the_order_does_not_matter_and_missing_weeks_are_left_out():
    given = series(*[30] * 12, 60, 60, 60)
    assert change.of(given[::-1]) == change.of(given)
    gap = [one for number, one in enumerate(given) if number not in (3, 5)]
    assert change.of(gap).direction == change.ROSE
    # This week itself is missing from none; the week before is.
    assert change.of([*given[:13], given[14]]) is not None


def test_older_weeks_than_the_rule_looks_at_do_not_matter():
    given = series(*[900] * 20, *[30] * 15)
    assert change.of(given).before == 30


def test_the_noise_of_the_simulation_is_that_of_the_releases():
    design = signals_designs.chosen()
    random = signals.np.random.default_rng(1)
    for name in ("topic", "topic_outcome", "total"):
        simulated = design._noise((40_000,), name, random)
        drawn = signals.np.array(noise.added([0] * 40_000, Plan().scale(name)))
        for limit in (-20, -5, 0, 5, 20):
            assert abs((simulated <= limit).mean() - (drawn <= limit).mean()) < 0.016
        assert design.hide_below(name) == Plan().hide_below(name)


def test_the_chosen_design_reaches_the_aim():
    design = signals_designs.chosen()
    random = signals.np.random.default_rng(3)
    seen = signals.measures.seen_by_week(design, signals.AIM_SIZE, 8000, random)
    rises, _ = signals.measures.false_changes(design, signals_city.needs(), 150, random)
    assert seen[signals.AIM_WEEKS - 1] >= signals.AIM_SHARE - 0.015
    assert rises <= signals.AIM_FALSE


def test_a_rise_is_found_in_real_releases(tmp_path):
    at, day = desk(tmp_path), datetime.date(2026, 8, 3)
    for number in range(15):
        count = 200 if number < 12 else 400
        at.put([row(count)], day + datetime.timedelta(weeks=number))
        week = Week(*(day + datetime.timedelta(weeks=number)).isocalendar()[:2])
        at.release(week)
    found = change.of(reading.series(at.both.released, "brussels", "topic", "housing_help"))
    assert found.direction == change.ROSE
    assert found.low < 200 < found.high or found.now == pytest.approx(400, abs=60)


def test_a_change_knows_when_one_of_its_sides_is_hidden():
    assert change.of(series(*[100] * 12, None, None, None)).is_hidden
    assert change.of(series(*[None] * 12, 100, 100, 100)).is_hidden
    assert not change.of(series(None, *[100] * 11, 50, 50, 50)).is_hidden


def test_the_simulation_judges_a_change_as_the_dashboard_does():
    chance, scale = np.random.default_rng(3), Plan().scale("topic")
    weeks = chance.poisson(40, (600, change.WEEKS)).astype(float)
    weeks[::2, -3:] *= chance.uniform(0.2, 3, (300, 1))
    # Some weeks have no release, some cells too few of them.
    weeks[::5, :6] = np.nan
    weeks[::7, :12] = np.nan
    weeks[::11, -2] = np.nan
    found = signals_strength.strength(weeks, scale)
    told = [change._strongest(list(row), scale) for row in weeks]
    assert {one.direction for one in told if one} == {change.ROSE, change.FELL, change.UNCLEAR}
    assert any(one is None for one in told)
    for sure, one in zip(found, told):
        wanted = change.ROSE if sure >= 1 else change.FELL if sure <= -1 else change.UNCLEAR
        assert (one.direction if one else change.UNCLEAR) == wanted
