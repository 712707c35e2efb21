"""A pressed button is answered at once, also an old one or one that is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.rasa_server import CANNED
from fakes.stage import ALEX, Stage, hurry, noticed, payload

from bot.words import texts

FOREIGN = [
    "yes",
    "/inform",
    "/restart",
    '/mental_health{"view":"secret","choice":""}',
    '/mental_health{"city":"Brussels"}',
    "/mental_health ",
    "//mental_health",
    "mental_health",
    "/" + "x" * 63,
    "\N{GLOBE WITH MERIDIANS}",
]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path) as built:
        yield built


def test_every_button_of_a_reply_reaches_rasa_as_it_was_made(stage):
    stage.ask(ALEX, "I feel alone")
    made = [button.payload for row in CANNED.buttons for button in row]
    for data in made:
        assert stage.press(ALEX, data).plain == CANNED.text
    assert stage.rasa.texts[1:] == made
    assert len(stage.api.answers) == len(made)


def test_the_clock_on_a_button_stops_before_the_answer_is_looked_for(stage):
    stage.ask(ALEX, "I feel alone")
    stage.rasa.hold()
    stage.api.press_label(ALEX, "Something else")
    assert stage.api.wait_until(lambda: stage.api.answers)
    assert len(stage.api.sent(ALEX)) == 1
    stage.rasa.release()
    assert len(stage.api.wait_for(ALEX, 2)) == 2


def test_a_button_carries_the_language_of_the_phone_until_one_is_known(stage):
    stage.ask(ALEX, "I feel alone", language_code="nl")
    stage.press(ALEX, "/show_menu", language_code="nl")
    # The phone's language at first, then that of the reply before, should Rasa have forgotten it.
    heard = [one["metadata"] for one in stage.rasa.received]
    assert heard == [{"locale": "nl"}, {"locale": CANNED.language}]
    assert stage.rasa.received[-1]["sender"] == stage.rasa.received[0]["sender"]


@pytest.mark.parametrize("data", FOREIGN)
def test_a_button_that_is_not_ours_is_answered_with_the_menu(stage, data):
    stage.ask(ALEX, "I feel alone")
    message = stage.press(ALEX, data, stale=True, language_code="fr")
    # The language of the conversation goes before the phone's.
    assert message.plain == noticed(texts.OLD_BUTTON, "en")
    assert message.buttons
    assert stage.api.wait_until(lambda: len(stage.api.answers) == 1)
    assert stage.rasa.texts == ["I feel alone"]


def test_an_old_button_whose_message_is_gone_still_opens_its_door(stage):
    message = stage.press(ALEX, "/housing_help", stale=True)
    assert message.plain == CANNED.text
    assert stage.api.wait_until(lambda: len(stage.api.answers) == 1)
    assert stage.rasa.texts == [payload("housing_help")]


@pytest.mark.parametrize("place", [{}, {"inline_message_id": "AAAA"}])
def test_a_tap_without_data_or_message_is_answered_in_private(stage, place):
    alex = {"id": ALEX, "is_bot": False, "first_name": "Alex", "language_code": "nl"}
    stage.ask(ALEX, "/nothing", language_code="nl")
    tap = {"id": "77", "from": alex, "chat_instance": "1", "game_short_name": "chess", **place}
    stage.api.raw_update({"callback_query": tap})
    assert stage.api.wait_for(ALEX, 2)[-1].plain == noticed(texts.OLD_BUTTON, "nl")
    assert stage.api.wait_until(lambda: stage.api.answers)
    assert [answer.callback_query_id for answer in stage.api.answers] == ["77"]


def test_a_tap_that_telegram_has_forgotten_is_answered_all_the_same(stage):
    # Telegram takes an answer to a tap for a few minutes only.
    stage.ask(ALEX, "I feel alone")
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    stage.api.fail_next("answerCallbackQuery", 400, old)
    assert stage.press(ALEX, "/show_menu").plain == CANNED.text
    assert stage.acknowledged()
    assert stage.rasa.texts == ["I feel alone", "/show_menu"]
