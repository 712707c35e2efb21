"""Whoever wants a chat forgotten is asked once; then all goes that Telegram lets go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.rasa_server import CANNED
from fakes.stage import ALEX, ROBIN, Stage, hurry, payload, said
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from replies import respond

from actions.kinds import Converse
from bot import routes
from bot.answers.model import Memory
from bot.answers.payload import FORGET, Press
from bot.words import languages, telegram, texts

ASK = payload("ask_privacy", FORGET)
SURE = payload("ask_privacy", FORGET, "yes")
LANGUAGES = pytest.mark.parametrize("language", languages.supported())


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path) as built:
        built.rasa.replies = {
            ASK: respond("ask_privacy", view=FORGET).reply,
            SURE: respond("ask_privacy", view=FORGET, choice="yes").reply,
        }
        yield built


def forget(stage: Stage, chat: int = ALEX) -> str:
    stage.ask(chat, "/forget")
    return stage.press(chat, SURE).plain


def shown(stage: Stage, chat: int = ALEX) -> list[str]:
    return [message.plain for message in stage.api.shown(chat)]


@LANGUAGES
def test_privacy_offers_to_forget_and_forgetting_asks_once(language):
    offered = respond("ask_privacy", language).reply
    assert ASK in [button.payload for row in offered.buttons for button in row]
    asked = respond("ask_privacy", language, view=FORGET)
    assert asked.reply.paragraphs == (said(telegram.FORGET_ASK, language),)
    assert [button.payload for button in asked.reply.buttons[0]] == [SURE, "/deny"]
    assert not asked.reply.forgets
    assert asked.outcome is None


@LANGUAGES
def test_after_it_nothing_is_remembered_and_the_reply_says_what_telegram_may_keep(language):
    full = Memory("fr", language, "housing_help", 2, ("a",), True, "staff", "fr", False, "ixelles")
    answer = respond("ask_privacy", language, full, view=FORGET, choice="yes")
    assert answer.memory == Memory()
    assert answer.reply.forgets
    assert answer.reply.language == language
    assert said(telegram.FORGOTTEN_TELEGRAM, language) in answer.reply.text


def test_a_yes_that_is_typed_deletes_nothing_but_is_asked_again():
    asked = respond("ask_privacy", view=FORGET).memory
    again = respond("affirm", memory=asked)
    assert again.reply.paragraphs == (said(telegram.FORGET_ASK, "en"),)
    assert not again.reply.forgets
    # And a yes to anything else is no yes to this
    other = respond("affirm", memory=Memory(introduced=True, offered=("ask_privacy",)))
    assert said(telegram.FORGET_ASK, "en") not in other.reply.text


def test_no_keeps_the_numbers_of_an_urgent_card():
    card = respond("crisis_self_harm").memory
    asked = respond("ask_privacy", memory=card, view=FORGET)
    kept = respond("deny", memory=asked.memory)
    assert said(texts.URGENT_AGAIN, "en") in kept.reply.text


async def test_rasa_forgets_every_slot_and_the_whole_tracker():
    slots = {"last_route": "housing_help", "chosen_language": "fr", "introduced": True}
    entities = [{"entity": "view", "value": FORGET}, {"entity": "choice", "value": "yes"}]
    message = {"intent": {"name": "ask_privacy"}, "entities": entities, "text": SURE}
    tracker = Tracker("a", slots, message, [], False, None, {}, None)
    events = await Converse().run(CollectingDispatcher(), tracker, {})
    assert events == [{"event": "reset_slots", "timestamp": None}]


@LANGUAGES
def test_whoever_is_hurt_at_home_can_make_the_card_disappear(language):
    for route in routes.ids("urgent"):
        pressed = [b.payload for row in respond(route, language).reply.buttons for b in row]
        assert (ASK in pressed) is (route == "abuse_at_home")
        assert pressed[-1] == "/change_language"


def test_while_telegram_is_out_of_reach_nothing_is_said_to_be_deleted(stage):
    stage.ask(ALEX, "I feel alone")
    stage.ask(ALEX, "/forget")
    stage.api.drop_next("deleteMessages", times=4)
    assert said(telegram.FORGOTTEN, "en") in stage.press(ALEX, SURE).plain
    assert stage.calls("deleteMessages") == 5
    assert shown(stage) == [stage.rasa.replies[SURE].text]
    assert stage.api.written(ALEX) == []
    # It was forgotten once, not twice
    assert stage.rasa.texts.count(SURE) == 1


def test_all_messages_of_both_sides_are_deleted(stage):
    for text in ("I feel alone", "and sad", "/privacy"):
        stage.ask(ALEX, text)
    stage.api.send_media(ALEX, "sticker")
    stage.api.wait_for(ALEX, 4)
    assert said(telegram.FORGOTTEN, "en") in forget(stage)
    assert shown(stage) == [stage.rasa.replies[SURE].text]
    assert stage.api.written(ALEX) == []
    assert stage.calls("deleteMessages") == 1


def test_nobody_elses_messages_are_deleted(stage):
    stage.ask(ROBIN, "I feel alone")
    stage.ask(ALEX, "I feel alone")
    forget(stage)
    assert shown(stage, ROBIN) == [CANNED.text]
    assert len(stage.api.written(ROBIN)) == 1


def test_more_than_a_hundred_messages_need_more_than_one_call(stage):
    for number in range(60):
        stage.ask(ALEX, f"alone {number}")
    forget(stage)
    assert len(shown(stage)) == 1
    assert stage.api.written(ALEX) == []
    sizes = [
        len(one.parameters["message_ids"])
        for one in stage.api.requests
        if one.method == "deleteMessages"
    ]
    assert sizes == [100, 22]


def test_what_is_too_old_stays_and_all_the_rest_goes(stage):
    stage.ask(ALEX, "I feel alone")
    stage.api.let_two_days_pass(ALEX)
    stage.ask(ALEX, "still alone")
    forget(stage)
    assert shown(stage) == [CANNED.text, stage.rasa.replies[SURE].text]
    assert len(stage.api.written(ALEX)) == 1


@pytest.mark.parametrize(("status", "description"), [(400, "Bad Request: no"), (403, "Forbidden")])
def test_a_refusal_to_delete_does_not_silence_the_answer(stage, status, description):
    stage.ask(ALEX, "I feel alone")
    stage.ask(ALEX, "/forget")
    stage.api.fail_next("deleteMessages", status, description)
    stage.api.fail_next("deleteMessage", status, description, times=10)
    assert said(telegram.FORGOTTEN, "en") in stage.press(ALEX, SURE).plain
    assert stage.acknowledged()


def test_after_it_the_gateway_knows_nothing_of_the_conversation(stage):
    # Given a person with an English phone who is answered in Dutch
    stage.rasa.replies["hallo"] = respond("greet", "nl").reply
    stage.rasa.replies[SURE] = respond("ask_privacy", "nl", view=FORGET, choice="yes").reply
    stage.ask(ALEX, "hallo", language_code="en")
    assert said(telegram.FORGOTTEN, "nl") in forget(stage)
    # When somebody else takes the phone
    stage.ask(ALEX, "hello", language_code="en")
    # Then nothing tells what language was spoken, and nothing is left to delete but what is new
    assert stage.rasa.received[-1]["metadata"] == {"locale": "en"}
    before = stage.calls("deleteMessages")
    forget(stage)
    assert stage.calls("deleteMessages") == before + 1


def test_while_rasa_is_down_the_messages_go_and_rasa_forgets_as_soon_as_it_can(stage):
    stage.ask(ALEX, "I feel alone")
    stage.rasa.go_down()
    assert said(telegram.FORGOTTEN, "en") in forget(stage)
    assert len(shown(stage)) == 1
    assert stage.api.written(ALEX) == []
    stage.rasa.come_back()
    stage.ask(ALEX, "hello")
    assert stage.rasa.texts[1:] == [SURE, "hello"]
    stage.ask(ALEX, "and more")
    assert stage.rasa.texts[1:] == [SURE, "hello", "and more"]
    assert len({one["sender"] for one in stage.rasa.received}) == 1


def test_an_update_that_the_library_cannot_read_is_deleted_with_the_others(stage):
    chat = {"id": ALEX, "type": "private", "first_name": "Alex"}
    stage.ask(ALEX, "I feel alone")
    number = stage.api._log.receive(ALEX)
    stage.api.raw_update(
        {"message": {"message_id": number, "date": "yesterday", "chat": chat, "text": "hello"}}
    )
    stage.api.wait_for(ALEX, 2)
    forget(stage)
    assert stage.api.written(ALEX) == []


def test_the_button_for_a_location_goes_too(stage):
    stage.rasa.replies["near"] = respond("ask_where_when", view="near").reply
    stage.api.write(ALEX, "near")
    stage.api.wait_for(ALEX, 2)
    assert stage.api.location_button(ALEX)
    stage.api.press(ALEX, SURE, stale=True)
    assert stage.api.wait_until(lambda: shown(stage) == [stage.rasa.replies[SURE].text])
    assert stage.api.location_button(ALEX) is None


def test_no_log_tells_what_was_deleted(stage, caplog):
    caplog.set_level(logging.DEBUG)
    stage.ask(ALEX, "I feel alone")
    stage.api.let_two_days_pass(ALEX)
    forget(stage)
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("bot.")]
    numbers = [str(one.message_id) for one in stage.api.sent(ALEX)]
    assert not [line for line in ours for number in (*numbers, str(ALEX)) if number in line]


def test_the_payload_of_forgetting_fits_telegram():
    assert max(len(one.encode()) for one in (ASK, SURE)) <= 64
    assert Press("ask_privacy", FORGET).payload == '/ask_privacy{"view":"forget","choice":""}'
