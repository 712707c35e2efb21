"""A rumour is answered with what an office has checked: the fact first, no more than is known."""

from __future__ import annotations

import dataclasses
import datetime
import logging

import pytest
from replies import CITY, MORNING, assert_sound, buttons, respond, routes_offered

from bot import routes
from bot.answers import kinds, reading
from bot.answers.model import DANGER, UNMET, Answer, Memory, Turn
from bot.answers.payload import MORE
from bot.rumours import library
from bot.settings import ROOT
from bot.words import languages
from bot.words import rumours as texts
from bot.words.catalogue import words

# An invented town: its rumours are answered with the services of Brussels.
TOWN = dataclasses.replace(CITY, folder=ROOT / "tests" / "rumours" / "marrowby")
LANGUAGES = pytest.mark.parametrize("language", languages.supported())
RUMOURS = library.of(TOWN).rumours
SIGNED = RUMOURS["water_poisoned"].signed_on
SECRET = "zebrafinch"


def ask(rumour: str, language: str = "en", **more: object) -> Answer:
    known = {"now": MORNING, "memory": Memory(introduced=True), **more}
    return kinds.respond(Turn("check_rumour", language, rumour=rumour, **known), TOWN)


def turn_of(text: str, route: str = "check_rumour", language: str = "en") -> Turn:
    message = {
        "text": text,
        "intent": {"name": route},
        "language": {"code": language, "confidence": 0.9},
    }
    return reading.turn_of(message, Memory(), TOWN)


@LANGUAGES
@pytest.mark.parametrize("id_", RUMOURS)
@pytest.mark.parametrize("days", [0, 400])
def test_every_rumour_is_answered_soundly_in_every_language(id_, language, days):
    answer = ask(id_, language, now=MORNING + datetime.timedelta(days=days))
    assert_sound(answer.reply)
    assert RUMOURS[id_].fact.in_language(language) in answer.reply.text
    assert RUMOURS[id_].signed_by in answer.reply.text


def test_what_is_false_is_told_fact_first_and_the_claim_just_once_after_a_warning():
    rumour = RUMOURS["water_poisoned"]
    said = ask(rumour.id).reply.text
    parts = [
        *(rumour.fact.in_language("en"), texts.FALSE_FOLLOWS.english),
        *(rumour.claim.in_language("en"), rumour.why_it_misleads.in_language("en")),
        *(rumour.fact_again.in_language("en"), rumour.signed_by, rumour.sources[0]),
    ]
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
    assert said.count(rumour.claim.in_language("en")) == 1
    assert "15 February 2027" in said
    assert said.startswith(rumour.fact.in_language("en"))


def test_what_is_true_is_said_to_be_true_with_what_to_do():
    rumour = RUMOURS["mill_school"]
    said = ask(rumour.id).reply.paragraphs
    assert said[:3] == (
        texts.TRUE_INDEED.english,
        rumour.fact.in_language("en"),
        rumour.what_to_do.in_language("en"),
    )


def test_what_is_not_known_yet_is_neither_true_nor_false_and_has_a_day_of_the_next_check():
    said = ask("park_home").reply.text
    assert "Nobody knows yet" in said
    assert "They will check again on 15 February 2027." in said
    assert texts.TRUE_INDEED.english not in said
    assert texts.FALSE_FOLLOWS.english not in said


def test_a_messenger_is_named_with_why_people_know_them():
    assert "Doctor Amira Lund, who has vaccinated here" in ask("vaccine_chip").reply.text


def test_what_was_not_checked_again_in_time_says_so_first_and_where_to_ask():
    late = datetime.datetime(2027, 2, 16, 10, tzinfo=CITY.city.time_zone)
    on_time = late - datetime.timedelta(days=1)
    first, *_ = ask("water_poisoned", now=late).reply.paragraphs
    assert first == texts.STALE.english.format(date="16 November 2026")
    assert "They will check again" not in ask("water_poisoned", now=late).reply.text
    assert (
        CITY.services[CITY.city.official_channel].default_name
        in ask("water_poisoned", now=late).reply.text
    )
    assert "last checked" not in ask("water_poisoned", now=on_time).reply.text


@LANGUAGES
def test_a_rumour_that_nobody_knows_is_met_with_the_official_channel(language):
    answer = ask("", language)
    assert_sound(answer.reply)
    say = words(language)
    desk = CITY.services[CITY.city.official_channel]
    plainly, not_on, ask_here, channel, *rest = answer.reply.paragraphs
    assert plainly == say.say(texts.NOTHING_CHECKED)
    assert not_on == say.say(texts.DO_NOT_PASS_ON)
    assert ask_here == say.say(texts.ASK_HERE)
    assert desk.name_in(language) in channel
    shown = respond("check_rumour", language).reply.paragraphs
    assert [one for one in shown if one != channel] == rest
    assert answer.outcome == UNMET


def test_a_city_without_a_desk_of_its_own_names_the_lines_where_a_person_answers():
    city = dataclasses.replace(TOWN.city, official_channel=None)
    turn = Turn("check_rumour", "en", MORNING, rumour="", memory=Memory(introduced=True))
    said = kinds.respond(turn, dataclasses.replace(TOWN, city=city)).reply.text
    assert all(CITY.services[id_].name_in("en") in said for id_ in CITY.city.human_lines)


def test_buttons_lead_to_other_checks_related_doors_and_something_else():
    reply = ask("benefit_deported").reply
    assert {"check_rumour", "legal_help", "show_menu", "change_language"} <= set(
        routes_offered(reply)
    )
    assert buttons(reply)[0].label == texts.OTHER_CHECKS_BUTTON.english


def test_the_button_of_other_checks_shows_the_services_as_before():
    assert respond("check_rumour").reply == respond("check_rumour", rumour=None).reply
    again = respond("check_rumour", view=MORE, choice="0", rumour="water_poisoned")
    assert texts.FALSE_FOLLOWS.english not in again.reply.text


@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_danger_comes_first_whatever_rumour_it_sounds_like(route):
    turn = Turn(route, "en", MORNING, rumour="white_van", memory=Memory(introduced=True))
    assert kinds.respond(turn, TOWN).reply == respond(route).reply


def test_possible_danger_is_asked_about_before_any_rumour():
    doors = ("threat_of_attack", "check_rumour")
    reply = ask("white_van", certainty=DANGER, doors=doors).reply
    assert CITY.emergency_number in reply.paragraphs[0]
    assert RUMOURS["white_van"].fact.in_language("en") not in reply.text


@pytest.mark.parametrize("city", ["brussels"])
def test_a_draft_is_never_shown(city):
    from bot.rumours import reading

    drafts = reading.read(CITY.folder, languages.supported()).rumours
    assert len(drafts) == 2
    for draft in drafts.values():
        assert draft.is_draft
        claim = draft.claim.in_language("en")
        assert library.find(CITY, claim, "en", MORNING.date()) is None
        said = respond("check_rumour", rumour=draft.id).reply.text
        assert draft.fact.in_language("en") not in said
        assert texts.NOTHING_CHECKED.english in said


def test_nothing_is_shown_before_the_day_of_its_publication():
    before = datetime.date(2026, 11, 16)
    assert library.find(TOWN, "is the tap water poisoned", "en", before) is None
    assert library.get(TOWN, "water_poisoned", before) is None
    assert library.get(TOWN, "water_poisoned", MORNING.date())


def test_a_typed_question_finds_its_rumour_and_a_button_or_another_need_none():
    def rumour(*given: str) -> str | None:
        return turn_of(*given).rumour

    assert rumour("is it true that the tap water is poisoned") == "water_poisoned"
    assert rumour("is it true that cats can fly") == ""
    assert rumour("the tap water is poisoned", "housing_help") is None
    assert rumour("the tap water is poisoned", "threat_of_attack") is None
    assert rumour("/check_rumour") is None


def test_what_was_written_stays_in_no_turn_no_answer_and_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    for text in (f"is the tap water poisoned, says {SECRET}", f"{SECRET} flies over {SECRET}s"):
        turn = turn_of(text)
        answer = kinds.respond(turn, TOWN)
        assert SECRET not in f"{turn} {answer} {library.of(TOWN).matcher.__dict__}"
    assert SECRET not in caplog.text


@pytest.mark.parametrize("nobody", ["none", "None", " NONE "])
def test_nobody_is_no_office_however_it_is_written(nobody):
    unsigned = dataclasses.replace(RUMOURS["water_poisoned"], signed_by=nobody)
    assert unsigned.is_draft
    assert not unsigned.is_shown(MORNING.date())
