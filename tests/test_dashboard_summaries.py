"""Whoever does not see a picture reads the same: highest, lowest, changed, how surely, hidden."""

from __future__ import annotations

import datetime
import re

import pytest

from bot.dashboard import summaries
from bot.dashboard.figures import Bar, Place, Point
from bot.signals.change import FELL, ROSE, UNCLEAR, Change
from bot.words import dashboard_summaries as texts
from bot.words import languages
from bot.words.catalogue import words

FIRST = datetime.date(2026, 9, 7)


def weeks(*values: int | None) -> list[Point]:
    return [
        Point(FIRST + datetime.timedelta(weeks=n), value, value and value - 5, value and value + 5)
        for n, value in enumerate(values)
    ]


def test_a_line_tells_highest_lowest_last_and_how_many_are_hidden():
    change = Change(ROSE, 1, 40.4, 90.2, 30.6, 69.9)
    told = summaries.topic(weeks(40, 35, None, None, 90), change, "en")
    assert "The highest number is 90, in the week of 5 October 2026." in told
    assert "The lowest number that is shown is 35, in the week of 14 September 2026." in told
    assert "2 weeks are hidden" in told
    assert "In the week of 5 October 2026 it is about 90." in told
    assert "between 85 and 95" in told
    assert told.endswith(
        "It rose from about 40 to about 90 a week."
        " The rise is most likely between 31 and 70 a week."
    )


def test_a_fall_is_told_by_how_much_less_it_is():
    told = summaries.changed(Change(FELL, 2, 100, 40, -80, -40), "en")
    assert told == (
        "It fell from about 100 to about 40 a week."
        " The fall is most likely between 40 and 80 a week."
    )


def test_a_change_from_or_to_hidden_weeks_tells_no_number_they_stand_for():
    told = summaries.changed(Change(FELL, 1, 100, 5, -115, -75, is_hidden=True), "en")
    assert told == "75 to 115 fewer a week."


def test_what_may_be_chance_is_not_told_as_a_change():
    told = summaries.changed(Change(UNCLEAR, 1, 40, 60, -10, 50), "en")
    assert told == texts.NOT_CLEAR.english
    assert not re.search(r"\d", told)
    assert summaries.changed(None, "en") == texts.TOO_FEW_WEEKS.english


def test_a_hidden_last_week_is_said_to_be_hidden():
    told = summaries.topic(weeks(40, None), None, "en")
    assert "The number of the week of 14 September 2026 is hidden" in told
    assert " 0" not in told


def test_what_is_all_hidden_or_not_there_is_told_without_numbers():
    assert summaries.topic(weeks(None, None), None, "en") == texts.ALL_HIDDEN.english
    assert summaries.bars([Bar("A", None, None, None)], "en") == texts.ALL_HIDDEN.english
    assert summaries.topic([], None, "en") == texts.NO_RELEASE.english
    assert summaries.bars([], "en") == texts.NO_RELEASE.english


def test_bars_tell_who_may_be_higher_in_truth():
    close = [Bar("Work", 95, 85, 105), Bar("Housing", 100, 90, 110), Bar("Care", None, None, None)]
    told = summaries.bars(close, "en")
    assert "about 100, for this: Housing." in told
    assert "may be higher: Work" in told
    assert "1 number is hidden" in told
    far = [Bar("Work", 20, 10, 30), Bar("Housing", 100, 90, 110)]
    assert "may be higher" not in summaries.bars(far, "en")
    assert "The lowest number that is shown is about 20, for this: Work." in summaries.bars(
        far, "en"
    )


def test_districts_are_told_like_bars():
    places = [Place("Haren", 50.8, 4.4, 20, 10, 30), Place("Evere", 50.8, 4.4, None, None, None)]
    told = summaries.districts(places, "en")
    assert "Haren" in told
    assert "1 number is hidden" in told


@pytest.mark.parametrize("language", languages.supported())
def test_every_language_tells_its_numbers(language):
    change = Change(ROSE, 1, 1040, 2090, 1030, 1069)
    told = summaries.topic(weeks(1040, None, 2090), change, language)
    plain = re.sub(r"[^\d ]", "", told)
    assert "2090" in plain.replace(" ", "") or "2090" in re.sub(r"\D", "", told)
    assert "{" not in told
    assert words(language).say(texts.NOT_CLEAR) == summaries.changed(
        Change(UNCLEAR, 1, 1, 1, 0, 0), language
    )
