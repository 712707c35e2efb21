"""While Rasa is down, slow or confused, nobody is left without numbers, words and buttons."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.rasa_server import CANNED, DEMAND
from fakes.stage import ALEX, GROUP, ROBIN, Stage, hurry, payload, said
from shown import number_shown

from bot.answers.model import Reply
from bot.directory import pack
from bot.words import doors, languages, texts
from bot.words.catalogue import words

TROUBLES: dict[str, Callable[[Stage], None]] = {
    "down": lambda stage: stage.rasa.go_down(),
    "hanging": lambda stage: stage.rasa.hold(),
    "without its action server": lambda stage: stage.rasa.answer_instead("[]"),
    "failing": lambda stage: stage.rasa.answer_instead("Internal error", status=500),
    "sending garbage": lambda stage: stage.rasa.answer_instead("<html>"),
}
DANGER_NUMBER = "112"
CRISIS_NUMBERS = {"en": "0800 32 123", "fr": "0800 32 123", "nl": "1813", "ar": "0800 32 123"}
CRIES = {
    "I want to kill myself": ("crisis_self_harm", "en"),
    "je veux mourir": ("crisis_self_harm", "fr"),
    "mijn man slaat me": ("abuse_at_home", "nl"),
    "أريد أن أنتحر": ("crisis_self_harm", "ar"),
}


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path, patience_seconds=0.3) as built:
        yield built


@pytest.fixture
def broken(stage: Stage) -> Stage:
    stage.rasa.answer_instead("[]")
    return stage


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_ails_rasa_a_text_gets_the_numbers_and_the_menu_until_it_is_back(stage, trouble):
    # Given a conversation in Dutch
    stage.rasa.reply = Reply("nl", ("Hallo.",), CANNED.buttons)
    stage.ask(ALEX, "hallo", language_code="en")
    # When Rasa has trouble
    TROUBLES[trouble](stage)
    message = stage.ask(ALEX, "ik zoek een dokter", language_code="en")
    # Then the person learns so in Dutch, and whom to call
    assert message.plain.startswith(said(texts.OUTAGE, "nl"))
    assert DANGER_NUMBER in message.plain
    assert CRISIS_NUMBERS["nl"] in message.plain
    pressable = [data for row in message.buttons for _, data in row]
    assert payload("show_menu", "group", "services") in pressable
    assert payload("change_language") in pressable
    # And afterwards all is as before
    stage.rasa.recover()
    stage.rasa.release()
    if trouble == "down":
        stage.rasa.come_back()
    assert stage.ask(ALEX, "ik zoek een dokter").plain == "Hallo."


@pytest.mark.parametrize(
    ("text", "phone", "language"),
    [
        ("ik zoek een dokter", "nl", "nl"),
        ("ik zoek een dokter", "nl-BE", "nl"),
        ("أبحث عن طبيب", "en", "ar"),
        ("je cherche un médecin", "fr", "fr"),
        ("szukam lekarza", "pl", "en"),
        ("I need a doctor", None, "en"),
    ],
)
def test_a_stranger_is_answered_by_script_or_in_the_language_of_the_phone(
    broken, text, phone, language
):
    message = broken.ask(ALEX, text, language_code=phone)
    assert message.plain.startswith(said(texts.OUTAGE, language))
    assert DANGER_NUMBER in message.plain
    assert CRISIS_NUMBERS[language] in message.plain


@pytest.mark.parametrize("cry", CRIES)
def test_a_cry_for_help_gets_its_card_in_the_language_it_was_written_in(broken, cry):
    route, language = CRIES[cry]
    message = broken.ask(ALEX, cry, language_code="en")
    sentences = said(texts.URGENT[route], language, number=DANGER_NUMBER)
    assert sentences in message.plain
    # The numbers stand first.
    first_line = message.plain.split("\n")[0]
    lines = pack.load("brussels").services.values()
    numbers = [number_shown(line) for line in lines if route in line.routes and line.voice_number]
    assert any(number in first_line for number in numbers)
    assert message.buttons


def test_a_cry_that_many_languages_share_is_answered_in_the_language_of_the_person(broken):
    for chat, language in enumerate(("fr", "nl", "en"), start=ALEX):
        message = broken.ask(chat, "suicide", language_code=language)
        assert said(texts.URGENT["crisis_self_harm"], language) in message.plain


def test_a_cry_for_help_behind_a_slash_or_under_a_photo_gets_its_card(broken):
    card = said(texts.URGENT["crisis_self_harm"], "en")
    assert card in broken.ask(ALEX, "/help I want to kill myself").plain
    broken.api.send_media(ROBIN, "photo", caption="I want to kill myself")
    assert card in broken.api.wait_for(ROBIN, 1)[-1].plain


@pytest.mark.parametrize("language", languages.supported())
def test_buttons_lead_from_the_menu_to_the_services_without_rasa(broken, language):
    # Given the menu under the reply to a text
    broken.ask(ALEX, "12 34", language_code=language)
    # When the person goes through it, down to a service
    groups = broken.press(ALEX, payload("show_menu", "group", "services"), language_code=language)
    assert groups.plain == said(texts.MENU_GROUP, language)
    label = said(doors.NAMES["housing_help"], language)
    assert label in [label for row in groups.buttons for label, _ in row]
    services = broken.press(ALEX, "/housing_help", language_code=language)
    # Then the answer is the whole one
    assert services.plain.startswith(said(doors.LEADS["housing_help"], language))
    assert len(services.formatted.entities) == 3
    more = broken.press(ALEX, payload("housing_help", "more", "1"), language_code=language)
    where = broken.press(ALEX, payload("housing_help", "where", "0"), language_code=language)
    assert len({services.plain, more.plain, where.plain}) == 3
    assert len(broken.api.answers) == 4


def test_a_language_chosen_during_the_outage_stays_chosen(broken):
    broken.ask(ALEX, "hello", language_code="en")
    broken.press(ALEX, "/change_language")
    chosen = broken.press(ALEX, payload("change_language", "", "nl"))
    assert chosen.plain.startswith(words("nl").say(texts.LANGUAGE_SET, language="Nederlands"))
    assert broken.ask(ALEX, "hello").plain.startswith(said(texts.OUTAGE, "nl"))
    assert broken.ask(ROBIN, "hello").plain.startswith(said(texts.OUTAGE, "en"))


@pytest.mark.parametrize("command", ["/start", "/help", "/menu", "/language", "/privacy"])
def test_commands_are_answered_in_full_during_the_outage(broken, command):
    message = broken.ask(ALEX, command, language_code="fr")
    assert said(texts.OUTAGE, "fr") not in message.plain
    assert message.buttons


def test_an_outage_is_counted_once_for_each_message_and_with_its_own_outcome(broken):
    today = datetime.datetime.now(pack.load("brussels").city.time_zone).date()
    for chat in (ALEX, ROBIN):
        broken.ask(chat, "my room is damp", language_code="fr")
    broken.press(ALEX, "/show_menu", stale=True)
    broken.ask(ALEX, "I want to kill myself")
    same = {"day": today, "city": "brussels", "audience": "unknown", "district": "none"}
    same |= {"channel": "telegram"}
    rows = sorted(broken.counts(), key=lambda row: row["route"])
    assert rows == [
        {**same, "route": route, "language": language, "outcome": "outage", "count": count}
        for route, language, count in [
            ("crisis_self_harm", "en", 1),
            ("not_understood", "fr", 2),
            ("show_menu", "fr", 1),
        ]
    ]


def test_what_was_not_a_new_demand_is_not_counted(broken):
    broken.ask(ALEX, "hello")
    # Given an edit, a sticker, a text without words, an unknown button, a group
    broken.ask(ALEX, "hello there", edited=True)
    broken.api.send_media(ALEX, "sticker")
    broken.ask(ALEX, "+32 470 12 34 56")
    broken.press(ALEX, "/drop", stale=True)
    broken.ask(GROUP, "hello")
    assert [row["count"] for row in broken.counts()] == [1]


def test_an_outage_is_counted_once_also_when_its_reply_was_hard_to_send(broken):
    broken.api.drop_next("sendMessage", times=5)
    broken.ask(ALEX, "hello")
    assert broken.acknowledged()
    assert [row["count"] for row in broken.counts()] == [1]


def test_what_rasa_answered_is_counted_as_rasa_says_and_nothing_else_is(stage):
    stage.ask(ALEX, "hello")
    stage.rasa.demand = DEMAND
    stage.ask(ALEX, "I feel alone")
    stage.ask(ROBIN, "so alone")
    [row] = stage.counts()
    assert {name: row[name] for name in DEMAND} == DEMAND
    assert (row["count"], row["channel"]) == (2, "telegram")


def test_an_answer_that_came_too_late_is_counted_as_an_outage_only(stage):
    stage.rasa.demand = DEMAND
    stage.rasa.hold()
    stage.ask(ALEX, "I feel alone")
    stage.rasa.release()
    assert [(row["outcome"], row["count"]) for row in stage.counts()] == [("outage", 1)]
