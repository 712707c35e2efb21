"""In the middle of a chat: who speaks, what was meant, another language, yes, no, not that."""

from __future__ import annotations

import itertools

import pytest
from replies import CITY, MORNING, NIGHT, buttons, press, presses, respond, routes_offered
from shown import number_shown

from bot import routes
from bot.answers.model import CLARIFIED, LOST, NOT_HELPFUL, UNMET, UNSURE, Memory
from bot.answers.payload import GROUP, MORE, START, Press
from bot.directory import search
from bot.words import doors, languages, telegram, texts
from bot.words.catalogue import words
from bot.words.marks import Text

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
NEW, KNOWN = Memory(), Memory(introduced=True)
RANKING = ("housing_help", "legal_help", "greet", "job_help", "thank", "health_care")
CALM = [id_ for id_ in routes.ids() if not routes.get(id_).urgent]


def said(code: str, text: Text, /, **values: object) -> str:
    return words(code).say(text, **values)


@LANGUAGES
@pytest.mark.parametrize("route", CALM)
def test_the_first_reply_says_that_i_am_a_program_and_keep_nothing(route, language):
    answer = respond(route, language, NEW)
    short = said(language, texts.INTRODUCTION_SHORT)
    city = CITY.city.names[language]
    whole = said(language, texts.INTRODUCTION, city=city), said(language, texts.ABOUT_ME, city=city)
    assert (short in answer.reply.paragraphs) or set(whole) & set(answer.reply.paragraphs)
    again = respond(route, language, answer.memory)
    assert short not in again.reply.paragraphs


def test_the_english_introductions_name_a_program_no_person_and_a_number_for_danger():
    for route in CALM:
        text = respond(route, "en", NEW).reply.text
        assert "I am a computer program, not a person." in text
        assert "no names" in text or "do not keep your name" in text
    assert "In danger now? Call 112." in respond("greet", "en", NEW).reply.text


@LANGUAGES
def test_a_greeting_introduces_once_and_then_greets(language):
    first = respond("greet", language, NEW)
    second = respond("greet", language, first.memory)
    assert said(language, texts.INTRODUCTION_PRIVACY) in first.reply.paragraphs
    assert second.reply.paragraphs == (said(language, texts.GREETING),)
    assert first.reply.buttons == second.reply.buttons


@LANGUAGES
def test_start_introduces_every_time(language):
    start = Press("show_menu", START).payload
    assert said(language, texts.INTRODUCTION_PRIVACY) in press(start, language, KNOWN).reply.text


@LANGUAGES
@pytest.mark.parametrize("group", doors.GROUP_NAMES)
def test_the_menu_leads_to_every_door_of_a_group(group, language):
    menu = respond("show_menu", language, KNOWN).reply
    assert Press("show_menu", GROUP, group) in presses(menu)
    shown = press(Press("show_menu", GROUP, group).payload, language).reply
    offered = [id_ for id_ in routes_offered(shown) if id_ in doors.NAMES]
    assert sorted(offered) == sorted(routes.ids(group))


@LANGUAGES
@pytest.mark.parametrize("first", routes.ids())
def test_when_unsure_the_likeliest_doors_are_offered_by_name_and_a_way_out(first, language):
    ranking = (first, *(id_ for id_ in RANKING if id_ != first))
    answer = respond(first, language, KNOWN, certainty=UNSURE, doors=ranking)
    offered = answer.memory.offered
    assert 2 <= len(offered) <= 3
    assert set(offered) <= set(ranking)
    assert routes_offered(answer.reply)[: len(offered)] == list(offered)
    labels = {
        found.route: b.label for found, b in zip(presses(answer.reply), buttons(answer.reply))
    }
    for door in set(offered) & set(doors.NAMES):
        assert labels[door] == said(language, doors.NAMES[door])
    assert {"show_menu", "talk_to_human", "change_language"} <= set(routes_offered(answer.reply))
    assert said(language, texts.UNSURE) in answer.reply.paragraphs
    assert CITY.emergency_number in answer.reply.text
    assert answer.outcome == CLARIFIED


def test_the_doors_stand_in_the_order_of_likelihood():
    answer = respond("housing_help", "en", KNOWN, certainty=UNSURE, doors=RANKING)
    assert answer.memory.offered == ("housing_help", "legal_help", "job_help")
    assert routes_offered(answer.reply)[:3] == list(answer.memory.offered)


@LANGUAGES
def test_when_lost_the_menu_a_person_and_the_number_for_danger_are_offered(language):
    before = Memory(introduced=True, offered=("legal_help",))
    answer = respond("job_help", language, before, certainty=LOST, doors=RANKING)
    menu = respond("show_menu", language, KNOWN).reply
    assert said(language, texts.LOST) in answer.reply.paragraphs
    assert answer.reply.buttons == menu.buttons
    assert "talk_to_human" in routes_offered(answer.reply)
    assert CITY.emergency_number in answer.reply.text
    assert answer.outcome == UNMET
    assert answer.memory.offered == ()


@pytest.mark.parametrize(("before", "after"), itertools.permutations(languages.supported(), 2))
def test_another_language_is_set_and_confirmed_in_one_step(before, after):
    answer = respond("change_language", before, KNOWN, choice=after)
    name = languages.table()[after].name
    assert answer.reply.language == after
    assert said(after, texts.LANGUAGE_SET, language=name) == answer.reply.paragraphs[0]
    assert (answer.memory.chosen_language, answer.memory.last_language) == (after, after)


@LANGUAGES
def test_the_language_picker_names_every_language_in_its_own_words(language):
    reply = respond("change_language", language, KNOWN).reply
    labels = {button.label: button.payload for button in buttons(reply)}
    for code in languages.supported():
        chosen = press(labels[languages.table()[code].name], language)
        assert chosen.memory.chosen_language == code
    assert "show_menu" in routes_offered(reply)


@LANGUAGES
def test_words_that_no_native_speaker_has_checked_are_not_passed_off_as_checked(language):
    row = languages.table()[language]
    admitted = said(language, texts.NOT_REVIEWED, language=row.name)
    wanted = row.reviewed_by == "none" and language != languages.SOURCE_LANGUAGE
    for route in ("change_language", "are_you_a_bot"):
        reply = respond(route, language, KNOWN, choice=language).reply
        assert (admitted in reply.paragraphs) is wanted, route


@LANGUAGES
def test_the_services_shown_before_are_shown_again_after_changing_the_language(language):
    before = respond("job_help", "en", KNOWN).memory
    reply = respond("change_language", "en", before, choice=language).reply
    again = respond("job_help", language, before, view=MORE, choice="0").reply
    assert reply.headings == again.headings
    assert reply.buttons == again.buttons
    assert set(again.paragraphs) <= set(reply.paragraphs)


@LANGUAGES
def test_where_and_when_is_about_the_services_shown_last(language):
    for route, page in itertools.product(("worried_about_someone", "abuse_at_home"), (0, 1)):
        memory = press(Press(route, MORE, str(page)).payload, language, KNOWN).memory
        answer = respond("ask_where_when", language, memory)
        found = search.for_route(CITY, route, search.Asked(language, MORNING))[
            3 * page : 3 * page + 3
        ]
        shown = [paragraph.split("\n")[0] for paragraph in answer.reply.paragraphs]
        assert shown == [words(language).isolated(s.name_in(language)) for s in found]
        assert answer.memory.last_route == route
        assert answer.outcome is None, "not a new demand"


@LANGUAGES
def test_where_and_when_without_services_before_asks_what_it_is_about(language):
    answer = respond("ask_where_when", language, KNOWN)
    assert answer.reply.paragraphs == (said(language, texts.MENU),)
    assert answer.reply.buttons == respond("show_menu", language, KNOWN).reply.buttons


@LANGUAGES
def test_what_did_not_help_is_followed_by_more_services_other_doors_and_a_person(language):
    before = respond("housing_help", language, KNOWN).memory
    answer = respond("answer_not_helpful", language, before, doors=("ask_privacy", *RANKING))
    offered = presses(answer.reply)
    assert Press("housing_help", MORE, "1") in offered
    assert {"legal_help", "talk_to_human", "show_menu"} <= set(routes_offered(answer.reply))
    assert "ask_privacy" not in routes_offered(answer.reply)
    assert answer.outcome == NOT_HELPFUL


def test_no_more_services_are_promised_when_there_are_none():
    for route in routes.service_ids():
        if routes.get(route).urgent:
            continue
        count = len(search.for_route(CITY, route, search.Asked("en", MORNING)))
        for page in range(4):
            memory = Memory(introduced=True, last_route=route, page=page)
            offered = presses(respond("answer_not_helpful", "en", memory).reply)
            more = [found for found in offered if found.view == MORE]
            left = count > 3 * (page + 1)
            assert more == ([Press(route, MORE, str(page + 1))] if left else [])


@LANGUAGES
def test_yes_asks_which_of_the_offered_doors_was_meant(language):
    before = respond("job_help", language, KNOWN, certainty=UNSURE, doors=RANKING).memory
    answer = respond("affirm", language, before)
    assert answer.reply.paragraphs == (said(language, texts.WHICH_ONE),)
    assert routes_offered(answer.reply)[:3] == list(before.offered)


@LANGUAGES
def test_yes_after_services_and_no_after_anything_go_on_from_there(language):
    after_services = Memory(introduced=True, last_route="job_help")
    menu = respond("show_menu", language, KNOWN).reply.buttons
    for route, memory, text in (
        ("affirm", after_services, texts.GLAD),
        ("affirm", KNOWN, texts.MENU),
        ("deny", after_services, texts.NO_PROBLEM),
    ):
        reply = respond(route, language, memory).reply
        assert (reply.paragraphs, reply.buttons) == ((said(language, text),), menu)


@LANGUAGES
@pytest.mark.parametrize("now", [MORNING, NIGHT], ids=["morning", "night"])
def test_whoever_wants_a_person_gets_numbers_at_once(now, language):
    reply = respond("talk_to_human", language, KNOWN, now=now).reply
    lines = [CITY.services[id_] for id_ in CITY.city.human_lines]
    assert all(number_shown(line) in reply.text for line in lines)
    assert set(reply.headings) == {words(language).isolated(s.name_in(language)) for s in lines}


@LANGUAGES
def test_privacy_tells_what_is_kept_counted_passed_on_and_what_telegram_keeps(language):
    text = respond("ask_privacy", language, KNOWN).reply.text
    button = said(language, texts.WHAT_HAPPENS_BUTTON)
    assert said(language, texts.PRIVACY_POLICE, button=button) in text
    for told in (texts.PRIVACY_KEPT, texts.PRIVACY_COUNTED, telegram.PRIVACY_CHAT):
        assert said(language, told) in text


@LANGUAGES
def test_hate_is_not_answered_in_kind_and_a_way_to_help_stays_open(language):
    reply = respond("hostile_message", language, KNOWN).reply
    assert reply.paragraphs == (said(language, texts.HOSTILE),)
    assert {"report_hate_crime", "talk_to_human"} <= set(routes_offered(reply))


@LANGUAGES
def test_what_i_cannot_help_with_leads_to_the_menu_and_is_counted_as_unmet(language):
    answer = respond("out_of_scope", language, KNOWN)
    city = CITY.city.names[language]
    assert answer.reply.paragraphs == (said(language, texts.OUT_OF_SCOPE, city=city),)
    assert answer.reply.buttons == respond("show_menu", language, KNOWN).reply.buttons
    assert answer.outcome == UNMET
