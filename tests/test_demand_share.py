"""One conversation moves the counters by little, whatever is written in it."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from demand_rows import MONDAY, counters, counts, rows, signal
from fakes.rasa_server import DEMAND
from fakes.stage import ALEX, ROBIN, Stage, hurry, payload
from fakes.update_queue import FIRST_UPDATE_ID
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from actions import turn
from bot.answers.model import Answer, Memory, Reply, Turn
from bot.database.engine import engine
from bot.database.raw import PROGRESS
from bot.demand.share import MOST_ROUTES, NOT_HELPFUL, Share
from bot.demand.signal import Count, Signal
from bot.directory import pack
from bot.gateway import telegram
from bot.gateway.conversation import Conversations, Incoming
from bot.gateway.rasa_client import Heard

ROUTES = [f"route_{number}" for number in range(7)]
OUTCOMES = ["answered", "clarified", "unmet", NOT_HELPFUL, "outage"]
MESSAGE = st.builds(
    signal,
    route=st.sampled_from(ROUTES),
    outcome=st.sampled_from(OUTCOMES),
    language=st.sampled_from(["fr", "ar"]),
    district=st.sampled_from(["none", "ixelles"]),
)


def took(share: Share, *messages: Signal, is_need: bool = True) -> list[Count | None]:
    return [share.take(one, None, is_need) for one in messages]


def sums(taken: list[Count | None]) -> Counter[Signal]:
    found: Counter[Signal] = Counter()
    for count in filter(None, taken):
        found[count.signal] += 1
        if count.instead_of:
            found[count.instead_of.signal] -= 1
    return found


@given(st.lists(st.tuples(MESSAGE, st.booleans()), max_size=60))
def test_whatever_is_written_a_conversation_adds_one_to_at_most_four_routes(messages):
    share = Share()
    taken = []
    for message, is_need in messages:
        taken.append(share.take(message, None, is_need))
        # At every moment: a release may be made at any.
        found = sums(taken)
        assert set(found.values()) <= {0, 1}
        routes = [one.route for one, count in found.items() if count]
        assert len(routes) == len(set(routes)) <= MOST_ROUTES


def test_a_route_counts_once_however_often_it_is_asked_for():
    assert took(Share(), signal(), signal(language="ar"), signal(district="ixelles"))[1:] == [
        None,
        None,
    ]


def test_what_did_not_help_takes_the_place_of_what_was_answered_and_stays():
    bad = signal(outcome=NOT_HELPFUL)
    taken = took(Share(), signal(), bad, signal(), bad)
    assert sums(taken) == {signal(): 0, bad: 1}


def test_a_fifth_route_is_not_counted():
    taken = took(Share(), *(signal(route=route) for route in ROUTES))
    assert [count is not None for count in taken] == [True] * 4 + [False] * 3


def test_a_need_takes_the_place_of_mere_talk_but_no_talk_that_of_a_need():
    share = Share()
    talk = took(share, *(signal(route=route) for route in ROUTES[:4]), is_need=False)
    [need] = took(share, signal(route="housing_help"))
    assert need is not None
    assert need.instead_of is talk[0]
    assert took(share, signal(route="greet"), is_need=False) == [None]


@pytest.fixture
def stage(tmp_path, monkeypatch):
    hurry(monkeypatch)
    with Stage(tmp_path) as built:
        built.rasa.demand = DEMAND
        yield built


def test_on_telegram_a_topic_counts_once_in_a_conversation(stage):
    for _ in range(3):
        stage.ask(ALEX, "I feel alone")
        stage.ask(ROBIN, "I feel alone")
    [row] = stage.counts()
    assert (row["count"], row["district"]) == (2, "ixelles")


@pytest.mark.parametrize("district", ["Rue Secrete 7", "", None, "aarhus_c"])
def test_only_a_district_of_the_city_is_counted(stage, district):
    stage.rasa.demand = {**DEMAND, "district": district}
    stage.ask(ALEX, "I feel alone")
    assert [row["district"] for row in stage.counts()] == ["none"]


def test_in_an_outage_the_district_of_a_button_is_counted(stage):
    stage.rasa.answer_instead("[]")
    stage.press(ALEX, payload("ask_where_when", "near", "ixelles"), stale=True)
    stage.press(ROBIN, payload("show_menu"), stale=True)
    found = {(row["route"], row["district"]) for row in stage.counts()}
    assert found == {("ask_where_when", "ixelles"), ("show_menu", "none")}


class Hearing:
    """Stands where Rasa's client stands, and says what a test wants counted."""

    patience_seconds = 10.0

    def __init__(self, heard: Heard) -> None:
        self.heard = heard

    async def ask(self, *_: object) -> Heard:
        return self.heard


async def test_midnight_in_the_middle_of_an_answer_leaves_the_share_as_it_is(tmp_path, monkeypatch):
    # Given an answer that begins on Monday and is counted when it is Tuesday
    city = pack.load("brussels")
    now = [datetime.datetime.combine(MONDAY, datetime.time(23, 59), city.city.time_zone)]
    monkeypatch.setattr(Conversations, "_now", lambda self: now[0])
    hearing = Hearing(Heard(Reply("en", ("Here.",), ()), DEMAND))

    async def ask(*_: object) -> Heard:
        now[0] = now[0] + datetime.timedelta(minutes=2)
        return hearing.heard

    address = f"sqlite:///{tmp_path}/demand.sqlite3"
    with counters(address) as opened:
        talk = Conversations("telegram", city, hearing, opened)
        await talk.reply_to(Incoming(ALEX, "I feel alone"))
        monkeypatch.setattr(hearing, "ask", ask)
        # When the same is said over midnight, and twice afterwards
        for _ in range(3):
            await talk.reply_to(Incoming(ALEX, "I feel alone"))
    # Then each day has its one
    assert [(row[0], row[-1]) for row in rows(address)] == [
        ("2026-11-23", 1),
        ("2026-11-24", 1),
    ]


def test_who_has_the_chat_forgotten_leaves_no_share_behind(stage):
    stage.ask(ALEX, "I feel alone")
    stage.rasa.reply = replace(stage.rasa.reply, forgets=True)
    stage.ask(ALEX, "forget")
    stage.rasa.reply = replace(stage.rasa.reply, forgets=False)
    stage.ask(ALEX, "I feel alone")
    assert counts_of(stage) == [2]


def test_an_update_that_is_answered_anew_after_a_fault_counts_once(stage, monkeypatch):
    deliver, faults = telegram.deliver, [ValueError("whatever it is")]

    async def fail_once(*given: Any) -> None:
        if faults:
            raise faults.pop()
        await deliver(*given)

    monkeypatch.setattr(telegram, "deliver", fail_once)
    stage.ask(ALEX, "I feel alone")
    assert stage.calls("sendMessage") == 1
    assert counts_of(stage) == [1]


def test_a_gateway_forgets_the_numbers_that_telegram_has_taken_back(stage):
    stage.ask(ALEX, "I feel alone")
    assert stage.acknowledged()
    stage.end()
    first = numbers(stage)
    stage.begin()
    stage.ask(ROBIN, "I feel alone")
    assert stage.acknowledged()
    stage.end()
    assert first == [FIRST_UPDATE_ID]
    assert numbers(stage) == [FIRST_UPDATE_ID + 1]


def numbers(stage: Stage) -> list[int]:
    reached = engine(stage.database_url)
    with reached.connect() as connection:
        found = connection.execute(select(PROGRESS)).all()
    reached.dispose()
    assert {source for source, _ in found} == {"telegram brussels"}
    return [number for _, number in found]


@pytest.mark.parametrize(("remembered", "counted"), [("ixelles", "ixelles"), (None, "none")])
def test_an_answer_tells_the_district_that_the_conversation_remembers(remembered, counted):
    now = datetime.datetime.now(datetime.timezone.utc)
    answer = Answer(Reply("en", ("Here.",), ()), Memory(district=remembered), "answered", "greet")
    told = turn.demand(Turn("greet", "en", now), answer)
    assert told == {
        "route": "greet",
        "audience": "unknown",
        "district": counted,
        "outcome": "answered",
    }


def counts_of(stage: Stage) -> list[int]:
    stage.end()
    return counts(stage.database_url)
