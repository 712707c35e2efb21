"""Updates are answered in order within a chat, side by side between chats, and never lost."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.rasa_server import CANNED
from fakes.stage import ALEX, GROUP, ROBIN, Stage, hurry, said

from bot.answers.model import Reply
from bot.gateway.polling import BOT_IN_USE, UNKNOWN_BOT, PollingError
from bot.words import doors, texts

CONFLICT = "Conflict: terminated by other getUpdates request"


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path) as built:
        yield built


def answer(number: int) -> Reply:
    return Reply("en", (f"Answer {number}",), CANNED.buttons)


def plain(stage: Stage, chat: int) -> list[str]:
    return [message.plain for message in stage.api.sent(chat)]


def message_of(chat: object, **content: object) -> dict[str, object]:
    place = {"id": chat, "type": "private", "first_name": "Alex"}
    return {"message": {"message_id": 1, "date": 1_700_000_000, "chat": place, **content}}


def test_messages_of_a_chat_are_answered_one_by_one_and_in_order(stage):
    # Given a chat whose first message takes its time
    stage.rasa.replies = {str(number): answer(number) for number in range(1, 6)}
    stage.rasa.hold("1")
    for number in range(1, 6):
        stage.api.write(ALEX, str(number))
    stage.rasa.wait_for(1)
    # Then the second is not even asked before the first is answered
    stage.api.write(ROBIN, "5")
    stage.api.wait_for(ROBIN, 1)
    assert stage.rasa.texts == ["1", "5"]
    stage.rasa.release()
    stage.api.wait_for(ALEX, 5)
    assert plain(stage, ALEX) == [f"Answer {number}" for number in range(1, 6)]


def test_a_slow_chat_does_not_hold_up_the_others(stage):
    # Given one chat that waits for its answer
    stage.rasa.hold("slow")
    stage.api.write(ALEX, "slow")
    stage.rasa.wait_for(1)
    # When twenty others write, before and after a long wait
    others = range(800, 820)
    for chat in others:
        stage.api.write(chat, "quick")
    # Then each has an answer while the first chat has none
    for chat in others:
        stage.api.wait_for(chat, 1)
    assert not plain(stage, ALEX)
    stage.rasa.release()
    assert stage.api.wait_for(ALEX, 1)
    assert stage.acknowledged()


def test_an_update_is_acknowledged_only_after_its_answer_was_sent(stage):
    stage.rasa.hold("slow")
    slow = stage.api.write(ALEX, "slow")
    quick = stage.api.write(ROBIN, "quick")
    stage.api.wait_for(ROBIN, 1)
    polls = stage.calls("getUpdates")
    assert stage.api.wait_until(lambda: stage.calls("getUpdates") > polls)
    assert stage.api.pending() == [slow, quick]
    stage.rasa.release()
    assert stage.acknowledged()
    assert stage.api.confirmed == quick
    assert len(plain(stage, ALEX)) == len(plain(stage, ROBIN)) == 1


def test_what_a_killed_gateway_left_open_is_answered_by_the_next_one(stage):
    # Given a gateway that is killed with two messages of one chat open
    stage.rasa.hold("one")
    open_ones = [stage.api.write(ALEX, text) for text in ("one", "two")]
    stage.rasa.wait_for(1)
    stage.kill()
    assert stage.api.pending() == open_ones
    assert not plain(stage, ALEX)
    # When the next one starts
    stage.rasa.release()
    stage.rasa.replies = {"one": answer(1), "two": answer(2)}
    stage.begin()
    # Then both are answered, in order, and once
    assert stage.acknowledged()
    assert plain(stage, ALEX) == ["Answer 1", "Answer 2"]


def test_a_gateway_that_is_ended_in_order_answers_and_acknowledges_what_is_open(stage):
    stage.rasa.hold()
    stage.api.write(ALEX, "one")
    stage.api.write(ROBIN, "one")
    stage.rasa.wait_for(2)
    stage.rasa.release()
    stage.end()
    assert len(plain(stage, ALEX)) == len(plain(stage, ROBIN)) == 1
    assert not stage.api.pending()
    assert stage.calls("sendMessage") == 2


def test_more_updates_than_one_answer_of_telegram_holds_are_all_taken(stage):
    stage.kill()
    for _ in range(230):
        stage.api.raw_update({"message": "broken"})
    stage.api.write(ALEX, "hello")
    stage.begin()
    assert stage.api.wait_for(ALEX, 1)
    assert stage.acknowledged()


UNREADABLE = [
    message_of(ALEX, date="yesterday", text="hi"),
    message_of(ALEX, text="hi", entities=[{"type": "bold"}]),
    message_of(ALEX, text=5),
    {"message": {"chat": {"id": ALEX}}},
    {"edited_message": {"chat": {"id": ALEX}, "text": "hi"}},
    {"callback_query": {"message": {"chat": {"id": ALEX}}}},
]


@pytest.mark.parametrize("broken", UNREADABLE)
def test_whoever_sent_an_unreadable_update_gets_the_numbers(stage, broken):
    # Given a broken update of a person, among good ones of hers and of another
    stage.ask(ALEX, "before")
    stage.api.raw_update(broken)
    stage.api.write(ALEX, "after")
    stage.api.write(ROBIN, "quick")
    # Then she gets the numbers that need no understanding, all others are answered, and nothing
    # stays behind
    first, numbers, last = [message.plain for message in stage.api.wait_for(ALEX, 3)]
    assert first == last == CANNED.text
    assert numbers.startswith(said(texts.OUTAGE, "en"))
    assert "112" in numbers
    assert [message.plain for message in stage.api.wait_for(ROBIN, 1)] == [CANNED.text]
    assert stage.acknowledged()


def test_what_can_be_read_of_an_unreadable_update_is_answered_for_what_it_says(stage):
    # Given a cry for help and a tap that the library cannot read
    sender = {"language_code": "nl"}
    tap = {"id": "7", "from": sender, "data": "/housing_help", "message": {"chat": {"id": ROBIN}}}
    stage.api.raw_update(message_of(ALEX, date="yesterday", text="ik wil dood", **{"from": sender}))
    stage.api.raw_update({"callback_query": tap})
    # Then each has its answer, in the language of the phone
    [card] = stage.api.wait_for(ALEX, 1)
    assert said(texts.URGENT["crisis_self_harm"], "nl") in card.plain
    [services] = stage.api.wait_for(ROBIN, 1)
    assert services.plain.startswith(said(doors.LEADS["housing_help"], "nl"))
    assert stage.acknowledged()


NOWHERE = [
    {},
    {"message": None},
    {"message": "hello"},
    {"message": [1, 2]},
    {"message": {"chat": "Alex", "text": "hi"}},
    {"message": {"chat": {"id": None}, "text": "hi"}},
    message_of([ALEX], text="hi"),
    message_of({"id": ALEX}, text="hi"),
    message_of("Alex", text="hi"),
    message_of(GROUP, date="yesterday"),
    {"callback_query": "tap"},
    {"callback_query": {"id": "7"}},
    {"my_chat_member": {"chat": 7}},
    {"story_shared": {"text": "a kind of update from the future"}},
]


@pytest.mark.parametrize("broken", NOWHERE)
def test_an_update_of_nobody_is_left_behind_and_the_others_are_answered(stage, broken):
    stage.api.raw_update(broken)
    assert stage.ask(ALEX, "after").plain == CANNED.text
    assert stage.acknowledged()
    assert len(stage.api.sent(ALEX)) == 1
    assert not stage.api.sent(GROUP)


def test_another_gateway_for_a_moment_does_not_end_this_one(stage):
    stage.api.fail_next("getUpdates", 409, CONFLICT, times=3)
    for text in ("one", "two"):
        assert stage.ask(ALEX, text).plain == CANNED.text
    # The count of conflicts begins anew after each success.
    stage.api.fail_next("getUpdates", 409, CONFLICT, times=3)
    for text in ("three", "four"):
        assert stage.ask(ALEX, text).plain == CANNED.text


def test_a_token_in_use_elsewhere_ends_the_gateway_with_a_clear_sentence(stage):
    stage.api.set_webhook("https://example.org/hook")
    stage.api.write(ALEX, "hello")
    error = stage.wait_for_end()
    assert isinstance(error, PollingError)
    assert str(error) == BOT_IN_USE


@pytest.mark.parametrize("status", [401, 404])
def test_a_token_that_telegram_withdraws_ends_the_gateway_with_a_clear_sentence(stage, status):
    stage.api.fail_next("getUpdates", status, "Unauthorized")
    stage.api.write(ALEX, "hello")
    error = stage.wait_for_end()
    assert isinstance(error, PollingError)
    assert str(error) == UNKNOWN_BOT


@pytest.mark.parametrize("status", [400, 500, 502])
def test_polling_goes_on_when_telegram_has_trouble(stage, status):
    stage.api.fail_next("getUpdates", status, "trouble", times=3)
    stage.api.drop_next("getUpdates", times=2)
    for text in ("one", "two"):
        assert stage.ask(ALEX, text).plain == CANNED.text
    assert stage.acknowledged()
    assert stage.calls("sendMessage") == 2


def test_polling_waits_as_long_as_telegram_asks(stage):
    stage.api.fail_next("getUpdates", 429, "Too Many Requests: retry after 1", retry_after=1)
    for text in ("one", "two"):
        assert stage.ask(ALEX, text).plain == CANNED.text
    polls = [request.at for request in stage.api.requests if request.method == "getUpdates"]
    assert max(after - before for before, after in itertools.pairwise(polls)) >= 1
    assert stage.acknowledged()
    assert stage.calls("sendMessage") == 2
