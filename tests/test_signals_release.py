"""A release: what is counted into it, what one conversation can move, and that it is made once."""

from __future__ import annotations

import datetime
import json
import math
import threading
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from signals_data import (
    CITY,
    KNOWN,
    MONDAY,
    SATURDAY_AFTER,
    WEEK,
    Desk,
    by_key,
    cells,
    desk,
    row,
)
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.answers.model import OUTCOMES, RESIDENT, STAFF, UNKNOWN
from bot.database.released import CELL, RELEASE
from bot.signals import noise, reading, release, tables, weeks
from bot.signals.budget import SHARES, Plan
from bot.signals.faults import SignalsError
from bot.signals.weeks import Week

SAME_KEY = {"table_name": "topic", "first": "", "second": ""}
ANY_ROW = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in KNOWN.items()})
WEEKS_ROWS = st.lists(st.tuples(ANY_ROW, st.integers(1, 300)), max_size=30)
# Less six times the deviation of such a share of 20,000, which are drawn anew in each run.
NINE_OF_TEN = 0.9 - 6 * math.sqrt(0.09 / 20_000)
SHARE = st.lists(ANY_ROW, min_size=1, max_size=4, unique_by=lambda one: one["route"])


@pytest.fixture
def at(tmp_path) -> Desk:
    return desk(tmp_path)


def test_every_outcome_and_audience_that_is_counted_has_its_cells():
    assert set(tables.OUTCOMES) == set(OUTCOMES)
    assert set(tables.AUDIENCES) == {RESIDENT, STAFF, UNKNOWN}


def test_no_table_has_more_than_two_dimensions():
    assert all(len(dimensions) <= 2 for dimensions in tables.TABLES.values())


@settings(max_examples=60, deadline=None)
@given(WEEKS_ROWS, SHARE)
def test_one_conversation_more_costs_at_most_the_whole_budget(rows, share):
    with_it = [*rows, *((one, 1) for one in share)]
    before, after = tables.counted(rows, KNOWN), tables.counted(with_it, KNOWN)
    spent = Fraction(0)
    for name in tables.TABLES:
        moved = sum(abs(after[name][key] - before[name][key]) for key in before[name])
        assert moved == len(share)
        spent += Fraction(noise.measurement(Plan().scale(name)).map(moved))
    assert spent <= 1


@settings(max_examples=100, deadline=None)
@given(st.floats(0.001, 1, exclude_min=True), st.sampled_from((SHARES, dict.fromkeys(SHARES, 0))))
def test_whatever_the_budget_opendp_proves_no_more(epsilon, shares):
    shares = shares if sum(shares.values()) else {**dict.fromkeys(SHARES, 11), "total": 12}
    plan = Plan(epsilon, shares)
    proven = [Fraction(noise.proven_epsilon(plan.scale(name), 4)) for name in SHARES]
    assert sum(proven) <= Fraction(epsilon)


@pytest.mark.parametrize("epsilon", [0, -1, 1.01, float("nan"), float("inf")])
def test_no_budget_is_larger_than_one(epsilon):
    with pytest.raises(ValueError, match="epsilon: .* allowed: above 0, at most 1"):
        Plan(epsilon)


def test_shares_that_are_more_than_the_whole_are_refused():
    with pytest.raises(ValueError, match="together 100"):
        Plan(1, {**SHARES, "topic": 99})


@pytest.mark.parametrize("scale", [0.7, 7.408, 133.334])
def test_the_noise_is_discrete_laplace_and_its_reach_holds_nine_of_ten(scale):
    drawn = np.array(noise.added([0] * 40_000, scale))
    wanted = stats.dlaplace(1 / scale)
    middle = np.arange(-int(3 * scale) - 1, int(3 * scale) + 2)
    for limit in middle[:: max(1, len(middle) // 20)]:
        # Six times the deviation of such a share, which is drawn anew in each run.
        assert abs((drawn <= limit).mean() - wanted.cdf(limit)) < 6 * math.sqrt(0.25 / len(drawn))
    reach = noise.reach(scale)
    inside = wanted.cdf(reach) - wanted.cdf(-reach - 1)
    assert inside >= 0.9
    assert reach == 0 or wanted.cdf(reach - 1) - wanted.cdf(-reach) < 0.9


@pytest.mark.parametrize("count", [0, 4, 30, 400])
def test_nine_of_ten_intervals_hold_the_true_number_hidden_ones_among_them(count):
    plan = Plan()
    counts = {"topic": {(str(number), ""): count for number in range(20_000)}}
    most = plan.hide_below("topic") - 1 + noise.reach(plan.scale("topic"))
    held = [
        (cell.low or 0) <= count <= (most if cell.high is None else cell.high)
        for cell in release.protected(counts, plan)
    ]
    assert np.mean(held) > NINE_OF_TEN


@pytest.mark.parametrize("count", [0, 60, 400])
def test_intervals_hold_too_where_a_topic_has_one_cell_only(count):
    plan, keys = Plan(), [str(number) for number in range(20_000)]
    counts = {
        "topic": {(key, ""): count for key in keys},
        "topic_outcome": {(key, "answered"): count for key in keys},
    }
    most = plan.hide_below("topic_outcome") - 1 + noise.reach(plan.scale("topic_outcome"))
    pairs = [cell for cell in release.protected(counts, plan) if cell.table == "topic_outcome"]
    held = [
        (cell.low or 0) <= count <= (most if cell.high is None else cell.high) for cell in pairs
    ]
    assert np.mean(held) > NINE_OF_TEN


def test_an_empty_cell_of_a_small_topic_shows_nothing():
    rows = [row(20, route=route) for route in KNOWN["route"]]
    shown = [cell for cell in cells(rows) if cell.value and len(tables.TABLES[cell.table]) == 2]
    assert len(shown) < 6


def test_a_release_is_near_the_truth_where_the_truth_is_large(at):
    at.put([row(2000), row(1000, route="legal_help", language="ar", district="ixelles")])
    made = at.release()
    found = {cell.first: cell.value for cell in reading.table(at.both.released, made.id, "topic")}
    assert abs(found["housing_help"] - 2000) < 150
    assert abs(found["legal_help"] - 1000) < 150
    (total,) = reading.table(at.both.released, made.id, "total")
    assert total.low <= total.value <= total.high


def test_greetings_are_no_topic_and_are_in_no_table():
    counts = tables.counted([row(7), row(90, route="greet")], KNOWN)
    assert counts["total"]["", ""] == 7
    assert ("greet", "") not in counts["topic"]


def test_what_is_no_longer_known_is_left_out_where_it_would_be_shown():
    counts = tables.counted([row(7, district="given_up", language="xx")], KNOWN)
    assert counts["topic"]["housing_help", ""] == 7
    for name in ("district", "language", "topic_district", "topic_language"):
        assert not any(counts[name].values())


def test_only_the_days_of_the_week_in_this_city_are_counted(at, monkeypatch):
    seen = []
    counted = tables.counted
    monkeypatch.setattr(
        tables, "counted", lambda rows, known: seen.extend(rows) or counted(rows, known)
    )
    day = datetime.timedelta(days=1)
    for number, date in enumerate((MONDAY - day, MONDAY, MONDAY + 6 * day, MONDAY + 7 * day), 1):
        at.put([row(number)], date)
    at.put([row(50)], city="denver")
    at.release()
    assert sorted(count for _, count in seen) == [2, 3]


def test_a_release_says_how_it_was_made(at):
    at.put([row(20)])
    made = at.release()
    assert made.epsilon <= 1
    assert made.method == "discrete-laplace"
    assert made.settings["version"].startswith("opendp 0.")
    assert made.settings["bound"] == 4
    assert set(made.settings["tables"]) == set(tables.TABLES)
    assert made.hide_below("topic") == 10
    assert (made.city, made.year, made.week, made.first_day) == ("brussels", 2026, 46, MONDAY)
    assert not made.invented


def test_a_week_that_is_not_over_is_refused(at):
    at.put([row(20)], SATURDAY_AFTER)
    with pytest.raises(SignalsError, match="2026-W47 is not over in brussels; allowed"):
        at.release(Week(2026, 47))
    assert reading.releases(at.both.released, "brussels") == []


def test_a_week_without_counters_is_refused_as_it_would_look_like_a_week_without_need(at):
    with pytest.raises(SignalsError, match="no counters in brussels; allowed: none yet"):
        at.release()
    at.put([row(20)])
    with pytest.raises(SignalsError, match="2026-W45 has no counters"):
        at.release(Week(2026, 45))


def test_processes_that_release_at_once_store_one(at):
    at.put([row(300)])
    made, gate = [], threading.Barrier(8)

    def work() -> None:
        gate.wait()
        made.append(at.release())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len({json.dumps(one.settings) for one in made}) == len({one.id for one in made}) == 1
    with at.both.released.connect() as connection:
        assert connection.execute(select(func.count()).select_from(RELEASE)).scalar() == 1
        cells_stored = connection.execute(select(func.count()).select_from(CELL)).scalar()
    assert cells_stored == sum(len(tables.cells_of(name, KNOWN)) for name in tables.TABLES)


def test_a_release_that_breaks_off_leaves_nothing_behind(at, monkeypatch):
    at.put([row(300)])
    monkeypatch.setattr(release, "_row", lambda made, cell: {"release_id": made, **SAME_KEY})
    with pytest.raises(IntegrityError):
        at.release()
    assert reading.releases(at.both.released, "brussels") == []


def test_reading_gives_tables_and_series(at):
    at.put([row(300)])
    at.put([row(500)], MONDAY - datetime.timedelta(days=7))
    first, second = at.release(Week(2026, 45)), at.release()
    assert [one.week for one in reading.releases(at.both.released, "brussels")] == [46, 45]
    assert reading.releases(at.both.released, "denver") == []
    series = reading.series(at.both.released, "brussels", "topic", "housing_help")
    assert [one.id for one, _ in series] == [first.id, second.id]
    assert [cell.value > 400 for _, cell in series] == [True, False]
    assert reading.table(at.both.released, first.id, "no_such_table") == []
    histories = reading.histories(at.both.released, "brussels", "topic", 5)
    assert histories["housing_help", ""] == series
    assert len(histories) == len(tables.topics())
    newest = reading.histories(at.both.released, "brussels", "topic", 1)
    assert newest["housing_help", ""] == series[1:]
    pairs = reading.series(at.both.released, "brussels", "topic_language", "housing_help", "fr")
    assert [cell.second for _, cell in pairs] == ["fr", "fr"]


@pytest.mark.parametrize(
    "text", ["2026-W00", "2026-W54", "2025-W53", "2026-47", "w", "", "٢٠٢٦-W01"]
)
def test_what_is_no_week_is_named(text):
    with pytest.raises(ValueError, match="is no ISO week; allowed: one like 2026-W47"):
        weeks.parse(text)


def test_weeks_follow_each_other_over_the_new_year():
    assert weeks.parse("2026-W53").next == Week(2027, 1)
    assert str(weeks.of_day(datetime.date(2027, 1, 3))) == "2026-W53"
    assert not WEEK.is_closed(MONDAY + datetime.timedelta(days=6))
    assert WEEK.is_closed(MONDAY + datetime.timedelta(days=7))


def test_a_hidden_cell_has_no_bounds():
    found = by_key(cells([]))
    hidden = [cell for cell in found.values() if cell.value is None]
    assert hidden
    assert all(cell.low is None and cell.high is None for cell in hidden)
    assert CITY.id == "brussels"
