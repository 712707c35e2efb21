"""A menu fits a phone: short names side by side, long ones alone, danger first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replies import press

from bot import routes
from bot.answers import keyboard
from bot.answers.model import Button
from bot.answers.payload import GROUP, Press
from bot.words import doors, languages
from bot.words.catalogue import words

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
# With so many doors, ten rows need names that no language has.
CITY_SERVICES = "services"


def doors_of(group: str, language: str) -> list[list[str]]:
    rows = press(Press("show_menu", GROUP, group).payload, language).reply.buttons
    return [[button.label for button in row] for row in rows[:-2]]


@LANGUAGES
def test_danger_stands_first_and_alone_in_the_menu(language):
    first = keyboard.menu(words(language))[0]
    assert [button.payload for button in first] == [Press("show_menu", GROUP, "urgent").payload]


@LANGUAGES
@pytest.mark.parametrize("group", doors.GROUP_NAMES)
def test_names_stand_side_by_side_only_when_a_phone_shows_them_whole(group, language):
    rows = doors_of(group, language)
    assert all(len(row) <= 2 for row in rows)
    assert all(len(label) <= 20 for row in rows if len(row) == 2 for label in row)
    # Of the short ones, no two stand alone
    assert sum(len(label) <= 18 for row in rows if len(row) == 1 for label in row) <= 1


@LANGUAGES
@pytest.mark.parametrize("group", doors.GROUP_NAMES)
def test_a_group_needs_at_most_ten_rows_where_its_names_allow_it(group, language):
    rows = doors_of(group, language)
    short = sum(len(label) <= 20 for row in rows for label in row)
    if group != CITY_SERVICES:
        assert len(rows) + 2 <= keyboard.MOST_ROWS
    elif len(rows) + 2 > keyboard.MOST_ROWS:
        assert len(rows) == len(routes.ids(group)) - short // 2, "all that can stand in pairs does"


@given(st.lists(st.text(min_size=1, max_size=30), max_size=16), st.integers(5, 25))
def test_no_button_is_lost_and_the_first_of_each_row_keep_their_order(labels, short):
    buttons = [Button(label, str(number)) for number, label in enumerate(labels)]
    rows = keyboard.side_by_side(buttons, short)
    shown = [button for row in rows for button in row]
    assert sorted(int(button.payload) for button in shown) == list(range(len(buttons)))
    firsts = [int(row[0].payload) for row in rows]
    assert firsts == sorted(firsts)
