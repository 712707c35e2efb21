"""Walks of people through the whole assistant on Telegram, from a greeting to the right door."""

from __future__ import annotations

import pytest
from shown import number_shown
from support.city import BRUSSELS, can_be_reached, names, services_named
from support.phrases import GREETINGS, NEEDS, WHERE

from bot.words import doors, languages, texts
from bot.words.catalogue import words

pytestmark = pytest.mark.slow

LANGUAGES = languages.supported()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_greeting_is_answered_with_who_speaks_and_the_emergency_number(meet, language):
    # Given somebody whose phone speaks another language
    person = meet(phone="pl")
    # When they greet
    seen = person.writes(GREETINGS[language])
    # Then a program says in their language what it is, what it keeps, and whom to call in danger
    city = BRUSSELS.city.names[language]
    assert seen.language == language
    assert seen.says(texts.INTRODUCTION, language, city=city)
    assert seen.says(texts.INTRODUCTION_PRIVACY, language)
    assert seen.says(texts.INTRODUCTION_INVITATION, language, number="112")
    # And there is a button for each kind of need
    assert {words(language).say(name) for name in doors.GROUP_NAMES.values()} <= set(seen.labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_need_ends_with_real_services_in_every_language(meet, language):
    text, route = NEEDS[language]
    # Given somebody who greeted
    person = meet()
    person.writes(GREETINGS[language])
    # When they say what they need
    seen = person.writes(text)
    # Then they see services of the city's directory for just this, and how to reach them
    services = services_named(seen, language)
    assert 1 <= len(services) <= 3
    assert all(route in service.routes for service in services)
    assert any(can_be_reached(service, seen) for service in services)
    # And the reply is in their language, with ways on
    assert seen.says(doors.LEADS[route], language)
    assert seen.language == language
    for label in (texts.WHERE_WHEN, texts.WHAT_HAPPENS_BUTTON, texts.NOT_HELPFUL_BUTTON):
        assert words(language).say(label) in seen.labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_lead_from_a_need_to_details_and_back(meet, language):
    # Given somebody who sees services
    person = meet()
    person.writes(NEEDS[language][0])
    first = names(person.latest, language)
    # When they press for more, they see other services
    second = names(person.presses(texts.MORE), language)
    assert second
    assert not second & first
    # When they ask where and when, they read address, hours and date of checking of those shown
    seen = person.presses(texts.WHERE_WHEN)
    assert names(seen, language) == second
    assert all(service.source in seen.text for service in services_named(seen, language))
    # When they go back and ask what happens, they read it about the same services
    assert names(person.presses(texts.BACK_TO_SERVICES), language) == second
    seen = person.presses(texts.WHAT_HAPPENS_BUTTON)
    assert names(seen, language) == second
    assert seen.says(texts.WHAT_HAPPENS_HERE, language)
    # When they want something else, they can choose another topic
    assert person.presses(texts.SOMETHING_ELSE).says(texts.MENU, language)
    seen = person.presses(doors.GROUP_NAMES["services"])
    assert seen.says(texts.MENU_GROUP, language)
    seen = person.presses_door("language_course")
    assert all("language_course" in one.routes for one in services_named(seen, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_did_not_help_leads_to_other_services_and_to_a_person(meet, language):
    # Given somebody who sees services that do not help
    person = meet()
    person.writes(NEEDS[language][0])
    first = names(person.latest, language)
    # When they say so, they are offered other services and a person
    assert person.presses(texts.NOT_HELPFUL_BUTTON).says(texts.NOT_HELPFUL, language)
    assert not names(person.presses(texts.MORE), language) & first
    person.presses(texts.NOT_HELPFUL_BUTTON)
    # Then a person answers on each of the lines they are shown
    seen = person.presses(texts.HUMAN_BUTTON)
    assert seen.says(texts.HUMAN, language)
    assert names(seen, language) == set(BRUSSELS.city.human_lines)
    assert all(number_shown(one) in seen.text for one in services_named(seen, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_is_it_is_answered_about_what_was_just_shown(meet, language):
    # Given somebody who sees the second page of services
    person = meet()
    person.writes(NEEDS[language][0])
    shown = names(person.presses(texts.MORE), language)
    # When they type the question instead of pressing the button
    seen = person.writes(WHERE[language])
    # Then it is answered about the services they have before their eyes
    assert names(seen, language) == shown
    assert all(one.source in seen.text for one in services_named(seen, language))


def test_where_is_it_without_any_services_before_leads_to_the_menu(meet):
    seen = meet().writes(WHERE["en"])
    assert seen.says(texts.MENU, "en")
    assert doors.GROUP_NAMES["services"].english in seen.labels


def test_all_more_services_can_be_reached_and_the_end_is_no_dead_end(meet):
    # Given somebody who presses for more again and again
    person = meet()
    seen = person.writes(NEEDS["en"][0])
    shown = [service.id for service in services_named(seen, "en")]
    while texts.MORE.english in seen.labels and len(shown) < len(BRUSSELS.services):
        seen = person.presses(texts.MORE)
        shown += [service.id for service in services_named(seen, "en")]
    # Then every service for this was shown, each once
    wanted = [one.id for one in BRUSSELS.services.values() if "legal_help" in one.routes]
    assert sorted(shown) == sorted(wanted)
    # And there is still a way on
    assert texts.SOMETHING_ELSE.english in seen.labels


def test_a_language_chosen_by_button_wins_over_the_language_of_later_messages(meet):
    # Given somebody who wrote in English
    person = meet()
    person.writes("I am looking for a lawyer")
    # When they choose Dutch with the language button
    assert {"English", "Français", "Nederlands", "العربية"} <= set(person.presses_language().labels)
    seen = person.presses("Nederlands")
    # Then the bot says so in Dutch, and shows in Dutch what they were about to read
    assert seen.says(texts.LANGUAGE_SET, "nl", language="Nederlands")
    assert words("nl").say(texts.WHERE_WHEN) in seen.labels
    # And everything later is Dutch, whatever language they write in
    assert person.writes("I am looking for a lawyer").says(doors.LEADS["legal_help"], "nl")
    assert person.writes(NEEDS["fr"][0]).says(doors.LEADS["housing_help"], "nl")
    assert person.writes(NEEDS["ar"][0]).says(doors.LEADS["job_help"], "nl")


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("please write in Dutch", "nl"),
        ("parlez-vous néerlandais ?", "nl"),
        ("kunnen we in het Frans verder", "fr"),
        ("تكلم بالفرنسية من فضلك", "fr"),
        ("in english please", "en"),
    ],
)
def test_a_language_wished_for_in_words_is_set_and_kept(meet, wish, language):
    # Given somebody who sees services
    person = meet()
    person.writes(NEEDS["fr"][0])
    # When they wish for another language in their own words
    seen = person.writes(wish)
    # Then it is set at once
    assert seen.language == language
    assert not seen.says(texts.WHICH_LANGUAGE, language)
    # And it stays, also when they write in a third language
    for other in ("en", "fr", "nl", "ar"):
        assert person.writes(NEEDS[other][0]).language == language


def test_a_wish_without_a_name_lets_choose_the_language(meet):
    person = meet()
    seen = person.writes("can we change the language")
    assert {"English", "Français", "Nederlands", "العربية"} <= set(seen.labels)
    assert person.presses("العربية").says(texts.LANGUAGE_SET, "ar", language="العربية")


def test_without_a_choice_the_reply_follows_the_language_of_each_message(meet):
    person = meet(phone="pl")
    for language in ("ar", "fr", "en", "nl"):
        assert person.writes(NEEDS[language][0]).language == language
