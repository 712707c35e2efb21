"""What the counters hold after a walk: the sums of the topics, and nothing else."""

from __future__ import annotations

import datetime
import sqlite3

import pytest
from fakes.update_queue import FIRST_UPDATE_ID
from support.city import BRUSSELS
from support.sums import Sum

from bot.words import texts

pytestmark = pytest.mark.slow


def today() -> str:
    return datetime.datetime.now(BRUSSELS.city.time_zone).date().isoformat()


def counted(route: str, language: str, audience: str, outcome: str) -> Sum:
    return Sum(today(), "brussels", route, language, audience, "none", "telegram", outcome)


def test_the_counters_hold_exactly_the_sums_of_a_walk(stack, meet):
    before = today()
    with stack.counted_apart() as sums:
        # Given somebody who greets, asks in English, looks closer, and is not helped
        person = meet()
        person.writes("hello")
        person.writes("I am looking for a lawyer")
        person.presses(texts.MORE)
        person.presses(texts.WHERE_WHEN)
        person.writes("where is it?")
        person.presses(texts.BACK_TO_SERVICES)
        person.presses(texts.NOT_HELPFUL_BUTTON)
        # And who asks in French, too, then edits that, sends a sticker and an unknown command
        person.writes("je cherche un logement")
        person.writes("je cherche un logement svp", edited=True)
        person.sends("sticker")
        person.writes("/nonsense")
        person.writes("/menu")
        # And given a teacher, and somebody in danger who presses on for more
        teacher = meet()
        teacher.writes("I am looking for a lawyer")
        teacher.writes("/start staff_training")
        teacher.writes("hello")
        other = meet()
        other.writes("mijn man slaat mij")
        other.presses(texts.MORE)
    # Then the sums are these and no others: each topic once in each conversation, and what did
    # not help as that
    assert before == today(), "it was midnight; run again"
    assert sums == {
        counted("greet", "en", "unknown", "answered"): 1,
        counted("legal_help", "en", "resident", "answered"): 1,
        counted("legal_help", "en", "resident", "not_helpful"): 1,
        counted("housing_help", "fr", "resident", "answered"): 1,
        counted("show_menu", "fr", "resident", "answered"): 1,
        counted("staff_training", "en", "staff", "answered"): 1,
        counted("greet", "en", "staff", "answered"): 1,
        counted("abuse_at_home", "nl", "unknown", "answered"): 1,
    }


def test_what_is_vague_or_unmet_is_counted_as_such(stack, meet):
    with stack.counted_apart() as sums:
        person = meet()
        person.writes("asdf ghjkl")
        person.presses_language()
        person.presses("Français")
    outcomes = {(one.route, one.outcome) for one in sums}
    assert ("change_language", "answered") in outcomes
    assert sums[counted("change_language", "en", "unknown", "answered")] == 1
    assert sum(count for one, count in sums.items() if one.outcome in ("unmet", "clarified")) == 1
    assert sum(sums.values()) == 2


def test_a_district_is_counted_by_its_id_and_nothing_finer(stack, meet):
    with stack.counted_apart() as sums:
        person = meet()
        person.writes("I am looking for a lawyer in 1050 Ixelles")
    assert {one.district for one in sums} == {"ixelles"}


def test_the_database_has_no_place_for_anything_but_sums(stack, meet):
    with stack.counted_apart():
        meet().writes("hello")
        database = stack.given["DATABASE_URL"].removeprefix("sqlite:///")
    connection = sqlite3.connect(database)
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql > ''")
    ]
    columns = [row[1] for row in connection.execute("PRAGMA table_info(demand)")]
    progress = connection.execute("SELECT * FROM progress").fetchall()
    connection.close()
    assert set(tables) == {"demand", "progress", "raw_version"}
    # Of Telegram's numbers only those of the last batch, and no chat
    assert {channel for channel, _ in progress} <= {"telegram brussels"}
    assert all(number >= FIRST_UPDATE_ID for _, number in progress)
    assert columns == [*Sum._fields, "count"]
