"""From where somebody asks: what is near stands first, and only the district is remembered."""

from __future__ import annotations

import dataclasses

import pytest
from replies import CITY, MORNING, assert_sound, presses, respond

from bot import routes
from bot.answers import urgent
from bot.answers.model import DANGER, LOST, SURE, UNSURE, Memory, Turn
from bot.answers.payload import NEAR, Press
from bot.words import languages, texts
from bot.words.catalogue import words

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
KNOWN = Memory(introduced=True)
ASKED = dataclasses.replace(KNOWN, last_route="money_food_help")
HERE = "ixelles"


def named(language: str) -> str:
    name = CITY.city.districts[HERE].name_in(language)
    return words(language).say(texts.NEAR_SET, district=name)


@LANGUAGES
def test_every_service_offers_to_look_nearby_and_shows_the_districts(language):
    services = respond("money_food_help", language).reply
    assert Press("ask_where_when", NEAR) in presses(services)
    asked = respond("ask_where_when", language, view=NEAR).reply
    assert asked.paragraphs[0] == words(language).say(texts.NEAR_ASK)
    offered = {press.choice for press in presses(asked) if press.view == NEAR}
    assert offered == set(CITY.city.districts)
    assert_sound(asked)


@LANGUAGES
def test_a_chosen_district_shows_again_what_was_asked_for_last(language):
    answer = respond("ask_where_when", language, ASKED, view=NEAR, choice=HERE)
    assert answer.reply.paragraphs[0] == named(language)
    assert answer.reply.headings
    assert answer.memory.district == HERE
    assert answer.memory.last_route == "money_food_help"
    assert answer.outcome is None, "the same need is not counted twice"


@LANGUAGES
def test_a_district_before_any_need_leads_to_the_menu(language):
    answer = respond("ask_where_when", language, view=NEAR, choice=HERE)
    assert answer.reply.paragraphs == (named(language), words(language).say(texts.MENU))
    assert answer.memory.district == HERE


@pytest.mark.parametrize("certainty", [SURE, UNSURE, LOST])
def test_a_place_alone_is_about_the_place_however_it_was_understood(certainty):
    answer = respond(
        "out_of_scope", "en", ASKED, certainty=certainty, district=HERE, words_beside=0
    )
    assert answer.reply.paragraphs[0] == named("en")


def test_a_need_with_a_place_is_answered_as_the_need_with_what_is_near_first():
    answer = respond("money_food_help", "fr", district="anderlecht", words_beside=3)
    assert answer.reply.headings[0].startswith("CPAS d'Anderlecht")
    assert answer.memory.district == "anderlecht"


@pytest.mark.parametrize(
    ("route", "certainty"),
    [("emergency_now", SURE), ("threat_of_attack", DANGER), ("health_care", DANGER)],
)
def test_danger_with_a_place_stays_danger(route, certainty):
    doors = (route, "emergency_now")
    told = {"certainty": certainty, "doors": doors, "district": HERE, "words_beside": 0}
    answer = respond(route, "en", **told)
    assert CITY.emergency_number in answer.reply.text
    assert named("en") not in answer.reply.paragraphs


@pytest.mark.parametrize("route", ["affirm", "deny", "talk_to_human", "ask_privacy"])
def test_an_answer_with_a_place_stays_an_answer(route):
    told = {"district": HERE, "words_beside": 2}
    assert named("en") not in respond(route, "en", KNOWN, **told).reply.paragraphs
    asked = dataclasses.replace(KNOWN, asked=True, offered=("emergency_now", "show_menu"))
    answer = respond("affirm", "en", asked, **told)
    assert CITY.emergency_number in answer.reply.text


@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_after_an_urgent_card_a_place_brings_the_numbers_again(route):
    before = dataclasses.replace(KNOWN, last_route=route, card_language="en")
    turn = {"certainty": LOST, "district": HERE, "words_beside": 0}
    answer = respond("out_of_scope", "en", before, **turn)
    lines = urgent.card_lines(Turn(route, "en", MORNING), CITY, route)
    assert answer.reply.paragraphs[0] == urgent.numbers(words("en"), lines, "BE")
    assert answer.memory.last_route == route


def test_a_district_that_is_not_there_is_asked_for_again():
    answer = respond("ask_where_when", "en", ASKED, view=NEAR, choice="atlantis")
    assert answer.reply.paragraphs[0] == words("en").say(texts.NEAR_ASK)
    assert answer.memory.district is None
