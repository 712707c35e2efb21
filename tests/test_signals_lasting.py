"""What was not found is named when it stays week after week, not when noise shows it once."""

from __future__ import annotations

import math

import numpy as np
import pytest
from dashboard_data import Staff, add_release, site, text_of
from test_dashboard_pages import rows_of

from bot.signals import budget, noise, tables
from bot.signals.lasting import SHOWN, WEEKS, lasting
from bot.signals.reading import Cell
from bot.words import dashboard_pages as texts


def weeks_of(*values: int | None) -> list[list[Cell]]:
    return [[Cell("topic_outcome", "health_care", "unmet", one, None, None)] for one in values]


@pytest.mark.parametrize(
    ("values", "stays"),
    [
        ((20, 20, 20, 20), True),
        ((20, None, 20, 20), True),
        ((None, 20, 20, 20), False),
        ((20, 20, None, None), False),
        ((20, None, None, 20, 20, 20), False),
        ((20, 20), False),
        ((20, 20, 20), True),
    ],
)
def test_three_of_four_weeks_are_enough_and_this_one_is_among_them(values, stays):
    found = lasting(weeks_of(*values))
    assert found == ({("health_care", "unmet")} if stays else set())


def test_noise_alone_is_hardly_ever_named():
    # A thousand times four weeks of the 105 empty cells that the page looks at.
    plan, table, rounds = budget.Plan(), "topic_outcome", 1000
    empty = 2 * len(tables.topics())
    drawn = np.array(noise.added([0] * (rounds * WEEKS * empty), plan.scale(table)))
    shown = (drawn >= plan.hide_below(table)).reshape(rounds, WEEKS, empty)
    named = shown[:, 0] & (shown.sum(axis=1) >= SHOWN)
    # Six deviations of a mean of so many draws: the numbers are drawn anew in each run.
    deviation = math.sqrt(budget.EMPTY_SHOWN / shown.size)
    assert shown.mean() <= budget.EMPTY_SHOWN + 6 * deviation
    assert named.sum() <= rounds * empty / 8_000


def test_a_number_of_one_week_stands_apart_and_is_said_to_be_chance(tmp_path):
    def once(table, first, second, weeks_ago):
        if table != "topic_outcome" or second != "unmet":
            return None
        if first == "legal_help":
            return 80
        return 75 if first == "health_care" and weeks_ago == 0 else None

    at = site(tmp_path, weeks=0)

    for weeks_ago in range(WEEKS):
        add_release(at.engine, weeks_ago, once)
    staff = Staff(at)
    staff.sign_in()
    page = staff.get("/unmet?language=en").text
    assert list(rows_of(page, texts.UNMET_TABLE.english)) == ["Legal help"]
    assert rows_of(page, texts.UNMET_OTHERS.english)["Doctor and health insurance"].startswith(
        "75 between"
    )
    assert texts.UNMET_OTHERS_LEAD.english in text_of(page)
