"""What a person does in Telegram is answered, whatever it is, and in the person's language."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.rasa_server import CANNED, DEMAND
from fakes.stage import ALEX, GROUP, ROBIN, Stage, hurry, noticed, payload, said
from fakes.user_content import MEDIA
from replies import respond

from bot import routes
from bot.answers import reading
from bot.answers.model import Memory, Reply
from bot.directory import pack
from bot.gateway import commands, delivery
from bot.words import doors, languages, telegram, texts

START = payload("show_menu", "start")
CHAT = {"id": ALEX, "type": "private", "first_name": "Alex"}


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path) as built:
        yield built


def test_a_text_is_answered_with_the_paragraphs_the_names_in_bold_and_the_buttons(stage):
    message = stage.ask(ALEX, "I feel alone")
    assert message.plain == CANNED.text
    bold = {"type": "bold", "offset": message.plain.index("The Blue House"), "length": 14}
    assert message.formatted.entities == [bold]
    assert message.buttons == [
        [(button.label, button.payload) for button in row] for row in CANNED.buttons
    ]


def test_rasa_learns_nothing_about_the_person_but_the_words_and_the_language(stage):
    # Given two people, one of whom writes twice
    stage.ask(ALEX, "I feel alone", language_code="fr", name="Alexandra")
    stage.ask(ALEX, "and sad", language_code="fr", name="Alexandra")
    stage.ask(ROBIN, "I feel alone", language_code="nl", name="Robinson")
    # Then Rasa can tell them apart, and that is all
    first, second, other = stage.rasa.received
    assert first["sender"] == second["sender"] != other["sender"]
    metadata = {"locale": "fr"}
    assert first == {"sender": first["sender"], "message": "I feel alone", "metadata": metadata}
    told = json.dumps(stage.rasa.received)
    assert not [one for one in (str(ALEX), str(ROBIN), "Alexandra", "Robinson") if one in told]


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        ("/start", START),
        ("/help", START),
        ("/menu", "/show_menu"),
        ("/language", "/change_language"),
        ("/privacy", "/ask_privacy"),
        ("/forget", payload("ask_privacy", "forget")),
        ("/menu@rightdoor_test_bot", "/show_menu"),
        ("/MENU", "/show_menu"),
        ("/menu please", "/show_menu"),
    ],
)
def test_a_command_is_answered_as_its_button_would_be(stage, command, sent):
    assert stage.ask(ALEX, command).plain == CANNED.text
    assert stage.rasa.texts == [sent]


STAFF = payload("show_menu", "group", "frontline")


@pytest.mark.parametrize(
    ("topic", "sent", "chosen"),
    [
        ("mental_health", "/mental_health", None),
        ("report_hate_crime", "/report_hate_crime", None),
        ("crisis_self_harm", "/crisis_self_harm", None),
        ("teacher", STAFF, None),
        ("frontline", STAFF, None),
        ("support", payload("show_menu", "group", "support"), None),
        ("mental_health-fr", "/mental_health", "fr"),
        ("emergency_now-uk", "/emergency_now", "uk"),
        ("teacher-tr", STAFF, "tr"),
        ("services-fi", payload("show_menu", "group", "services"), "fi"),
        ("-ar", START, "ar"),
        ("Teacher-TR", STAFF, "tr"),
        ("mental_health-xx", "/mental_health", None),
        ("-xx", START, None),
        ("-", START, None),
        ("no_such_topic", START, None),
        ("no_such_topic-fr", START, None),
        ("mental_health-fr-fr", START, None),
        ("x" * 64, START, None),
        ("/greet", START, None),
        ('inform{"city":"x"}', START, None),
        ('ask_privacy{"view":"forget","choice":"yes"}', START, None),
    ],
)
def test_a_link_on_a_poster_opens_the_chat_with_its_topic_and_language(stage, topic, sent, chosen):
    stage.ask(ALEX, f"/start {topic}")
    assert stage.rasa.texts == [sent]
    assert stage.rasa.received[0]["metadata"].get("chosen") == chosen
    assert stage.rasa.received[0]["metadata"]["locale"] == (chosen or "en")


def test_every_route_and_group_can_stand_on_a_poster_in_every_language():
    for topic in (*routes.ids(), *doors.GROUP_NAMES, "teacher", ""):
        for language in languages.supported():
            opened = commands.read(f"/start {topic}-{language}")
            assert opened == commands.link(f"{topic}-{language}")
            assert opened.chosen == language
            assert topic in (opened.press.route, opened.press.choice, "teacher", "")


def test_the_language_of_a_poster_is_the_persons_choice_from_then_on():
    message = {
        "intent": {"name": "mental_health"},
        "text": "/mental_health",
        "metadata": {"locale": "fr", "chosen": "fr"},
    }
    turn = reading.turn_of(message, Memory(), pack.load("brussels"))
    assert (turn.language, turn.memory.chosen_language) == ("fr", "fr")
    message["metadata"]["chosen"] = "xx"
    turn = reading.turn_of(message, Memory(), pack.load("brussels"))
    assert turn.memory.chosen_language is None


def test_a_poster_speaks_its_language_also_while_rasa_is_down(stage):
    stage.rasa.go_down()
    message = stage.ask(ALEX, "/start crisis_self_harm-tr", language_code="en")
    assert said(texts.URGENT["crisis_self_harm"], "tr", number="112") in message.plain


@pytest.mark.parametrize("language", ["en", "fr", "nl", "ar"])
def test_an_unknown_command_is_answered_with_the_menu(stage, language):
    message = stage.ask(ALEX, "/settings", language_code=language)
    assert message.plain == noticed(texts.UNKNOWN_COMMAND, language)
    assert "show_menu" in message.keyboard[0][0]["callback_data"]
    assert not stage.rasa.received


@pytest.mark.parametrize(
    "text",
    [
        "/please find me a home",
        "/help my husband is at it again",
        "/help I want to die",
        "/start\nhe is going to kill me",
    ],
)
def test_words_behind_a_slash_are_understood_as_words(stage, text):
    stage.ask(ALEX, text)
    assert stage.rasa.texts == [text[1:]]


@pytest.mark.parametrize(
    "text", ["//greet", "/ greet", "/\tgreet", "/\u00a0greet", "/\u2003/greet", "/\r\n/greet", "/é"]
)
def test_typed_text_never_reaches_rasa_with_a_slash(stage, text):
    stage.ask(ALEX, text)
    # Rasa itself cuts white space before it looks for a slash.
    assert stage.rasa.texts == [text.lstrip("/ \t\r\n\u00a0\u2003")]


def test_an_edited_message_is_answered_but_not_counted_again(stage):
    stage.rasa.demand = DEMAND
    stage.ask(ALEX, "I fel alone")
    stage.ask(ALEX, "I feel alone", edited=True)
    assert stage.rasa.texts == ["I fel alone", "I feel alone"]
    assert [row["count"] for row in stage.counts()] == [1]


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "contact"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_is_no_text_gets_a_notice_in_the_language_of_the_phone(stage, kind, language):
    stage.api.send_media(ALEX, kind, language_code=language)
    [message] = stage.api.wait_for(ALEX, 1)
    assert message.plain == noticed(texts.ONLY_TEXT, language)
    assert message.buttons
    assert not stage.rasa.received


@pytest.mark.parametrize("kind", ["location", "venue"])
def test_of_a_shared_location_only_the_district_goes_any_further(stage, kind):
    place = {"latitude": 50.827417, "longitude": 4.371512}
    venue = {"venue": {"location": place, "title": "Home", "address": "Rue Secrète 7"}}
    shared = {"message": {"message_id": 7, "date": 1_700_000_000, "chat": CHAT, "location": place}}
    shared["message"] |= venue if kind == "venue" else {}
    stage.api.raw_update(shared)
    [message] = stage.api.wait_for(ALEX, 1)
    assert message.plain == CANNED.text
    assert stage.rasa.texts == [payload("ask_where_when", "near", "ixelles")]
    told = json.dumps(stage.rasa.received)
    assert not [one for one in ("50.8", "4.37", "Secr", "Home") if one in told]


NEAR = payload("ask_where_when", "near")
IXELLES = payload("ask_where_when", "near", "ixelles")


def ask_near(stage) -> None:
    stage.rasa.replies[NEAR] = respond("ask_where_when", "fr", view="near").reply
    stage.rasa.replies["near"] = stage.rasa.replies[NEAR]
    stage.api.write(ALEX, "near", language_code="fr")
    stage.api.wait_for(ALEX, 2)


def test_whoever_is_asked_for_a_district_can_share_a_location_with_a_button(stage):
    ask_near(stage)
    offered, asked = stage.api.sent(ALEX)
    # The button comes first, so that the districts stand at the end of the chat
    assert offered.plain == said(telegram.LOCATION_OFFERED, "fr")
    assert asked.plain == said(texts.NEAR_ASK, "fr")
    assert asked.buttons
    [[button]] = offered.reply_keyboard["keyboard"]
    assert button == {"text": said(telegram.LOCATION_BUTTON, "fr"), "request_location": True}
    assert offered.reply_keyboard["resize_keyboard"] is True
    assert offered.reply_keyboard["one_time_keyboard"] is True
    # When it is used
    stage.api.share_location(ALEX, 50.827417, 4.371512)
    gone, answer = stage.api.wait_for(ALEX, 4)[2:]
    # Then it disappears, and only the district went any further
    assert stage.api.location_button(ALEX) is None
    assert gone.reply_keyboard == {"remove_keyboard": True}
    assert answer.plain == CANNED.text
    assert stage.rasa.texts == ["near", IXELLES]


def test_the_button_for_a_location_disappears_with_any_other_answer_and_comes_once(stage):
    ask_near(stage)
    stage.api.press(ALEX, IXELLES)
    stage.api.wait_for(ALEX, 4)
    assert stage.api.location_button(ALEX) is None
    stage.ask(ALEX, "near")
    stage.ask(ALEX, "I feel alone")
    assert len(stage.api.sent(ALEX)) == 6
    assert stage.api.location_button(ALEX) is None


def test_asking_for_the_district_again_keeps_the_button(stage):
    ask_near(stage)
    stage.ask(ALEX, "near")
    assert stage.api.location_button(ALEX)
    assert len(stage.api.sent(ALEX)) == 3


def test_a_button_for_a_location_that_cannot_be_shown_holds_nothing_up(stage):
    stage.rasa.replies["near"] = respond("ask_where_when", view="near").reply
    stage.api.fail_next("sendMessage", 400, "Bad Request: no")
    assert stage.ask(ALEX, "near").plain == said(texts.NEAR_ASK, "en")
    assert stage.acknowledged()
    # And what never came is not said to be gone
    assert stage.ask(ALEX, "I feel alone").plain == CANNED.text
    assert len(stage.api.sent(ALEX)) == 2


def test_an_urgent_card_does_not_wait_until_the_button_is_put_away(stage, monkeypatch):
    monkeypatch.setattr(delivery, "ASIDE_SECONDS", 0.1)
    ask_near(stage)
    stage.rasa.replies["help"] = respond("emergency_now", "fr").reply
    stage.api.delay_next("sendMessage", 2)
    begin = time.monotonic()
    assert said(texts.URGENT["emergency_now"], "fr", number="112") in stage.ask(ALEX, "help").plain
    assert time.monotonic() - begin < 2
    # The button disappears all the same, as soon as Telegram can
    assert stage.api.wait_until(lambda: stage.api.location_button(ALEX) is None)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_location_elsewhere_gets_a_notice(stage, language):
    stage.api.send_media(ALEX, "location", language_code=language)
    [message] = stage.api.wait_for(ALEX, 1)
    assert message.plain == noticed(texts.NOT_HERE, language)
    assert not stage.rasa.received


def test_a_notice_comes_in_the_language_of_the_conversation_before_that_of_the_phone(stage):
    # Given a person with an English phone who is answered in Dutch
    stage.rasa.reply = Reply("nl", ("Hallo.",), CANNED.buttons)
    stage.ask(ALEX, "hallo", language_code="en")
    # When a sticker follows
    stage.api.send_media(ALEX, "sticker", language_code="en")
    # Then the notice is in Dutch, and nobody else's is
    assert stage.api.wait_for(ALEX, 2)[-1].plain == noticed(texts.ONLY_TEXT, "nl")
    stage.api.send_media(ROBIN, "sticker", language_code="en")
    assert stage.api.wait_for(ROBIN, 1)[-1].plain == noticed(texts.ONLY_TEXT, "en")


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": {"location": MEDIA["location"], "edit_date": 1_700_000_001}},
        {"message": {"pinned_message": {"message_id": 1, "date": 0, "chat": CHAT}}},
    ],
)
def test_a_moving_location_or_a_pin_is_no_message_to_answer(stage, update):
    [(kind, content)] = update.items()
    place = {"message_id": 2, "date": 1_700_000_000, "chat": CHAT}
    stage.api.raw_update({kind: {**place, **content}})
    assert stage.ask(ALEX, "I feel alone").plain == CANNED.text
    assert len(stage.api.sent(ALEX)) == 1


def test_the_words_under_a_photo_are_read(stage):
    stage.api.send_media(ALEX, "photo", caption="My husband did this to me")
    stage.api.wait_for(ALEX, 1)
    assert stage.rasa.texts == ["My husband did this to me"]


@pytest.mark.parametrize(
    "text",
    [
        "+32 470 12 34 56",
        "0470/12.34.56",
        "https://example.org/alex?id=7",
        "alex@example.org",
        "@alex_b",
        "BE71 0961 2345 6769",
        "٠٤٧٠١٢٣٤٥٦",
    ],
)
def test_a_text_of_only_numbers_or_links_gets_a_notice_and_goes_nowhere(stage, text):
    message = stage.ask(ALEX, text, language_code="nl")
    assert message.plain == noticed(texts.NO_WORDS, "nl")
    assert message.buttons
    assert not stage.rasa.received


def test_a_number_among_words_is_left_out_and_the_words_are_answered(stage):
    stage.ask(ALEX, "Call me on +32 470 12 34 56 about housing, or call 112")
    assert stage.rasa.texts == ["Call me on about housing, or call 112"]


@pytest.mark.parametrize("text", ["help " * 819 + "h", "\N{LOUDLY CRYING FACE}" * 2048])
def test_the_longest_text_that_telegram_allows_is_answered(stage, text):
    assert stage.ask(ALEX, text).plain == CANNED.text
    assert stage.rasa.texts == [text]


@pytest.mark.parametrize("text", ["hello all", "/start", "/start@rightdoor_test_bot"])
def test_a_group_is_asked_to_write_in_private_and_left(stage, text):
    message = stage.ask(GROUP, text, language_code="fr")
    assert message.plain == said(texts.PRIVATE_ONLY, "fr")
    assert not message.buttons
    assert stage.acknowledged()
    assert stage.calls("leaveChat") == len(stage.api.sent(GROUP)) == 1
    assert not stage.rasa.received


@pytest.mark.parametrize("chat_type", ["group", "supergroup", "channel"])
def test_a_bot_that_is_added_to_a_group_says_so_once_and_leaves(stage, chat_type):
    stage.api.add_to_group(GROUP, chat_type, service_message=chat_type != "channel")
    [message] = stage.api.wait_for(GROUP, 1)
    assert message.plain == said(texts.PRIVATE_ONLY, "en")
    assert stage.acknowledged()
    assert len(stage.api.sent(GROUP)) == 1
    assert stage.ask(ALEX, "I feel alone").plain == CANNED.text
