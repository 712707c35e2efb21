"""After an incident, people read what is known and where help is; danger stays first."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from incident_files import DURING, SERVICE, content, incident
from replies import CITY, MORNING, NIGHT, assert_sound, buttons, routes_offered

from bot import routes
from bot.answers import guidance, kinds
from bot.answers.converse import SMALL_TALK
from bot.answers.incident import BELOW, DOORS, below
from bot.answers.model import DANGER, LOST, SURE, UNSURE, Answer, Memory, Reply, Turn
from bot.answers.payload import AFTER, GROUP, GUIDE, MORE, START, WHERE, Press, read
from bot.incident import block, firsts
from bot.incident.model import LATER, MONTH, NOW, Shown
from bot.words import incident as sentences
from bot.words import languages
from bot.words.catalogue import words

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
PHASES = pytest.mark.parametrize("phase", [NOW, *LATER])
URGENT = pytest.mark.parametrize("route", routes.ids("urgent"))
REAL = incident()
KNOWN = Memory(introduced=True)


def reply_to(route: str, language: str = "en", phase: str | None = NOW, **more: object) -> Reply:
    return answer_to(route, language, phase, **more).reply


def answer_to(route: str, language: str = "en", phase: str | None = NOW, **more: object) -> Answer:
    told = more.pop("told", REAL)
    shown = Shown(told, phase) if phase else None
    given = {"now": DURING, "memory": KNOWN, "incident": shown, **more}
    return kinds.respond(Turn(route, language, **given), CITY)


def what(language: str = "en") -> str:
    return REAL.what.in_language(language)


def fact(number: int, language: str = "en") -> str:
    return REAL.facts[number].text.in_language(language)


def not_known(language: str = "en") -> str:
    return REAL.not_known.in_language(language)


@LANGUAGES
def test_whoever_begins_reads_what_happened_what_is_known_since_when_and_what_is_not(language):
    for memory in (Memory(), KNOWN):
        reply = reply_to("show_menu", language, view=START, memory=memory)
        assert_sound(reply)
        for told in (what(language), fact(0, language), fact(1, language), not_known(language)):
            assert told in reply.text
        assert reply.text.index(fact(0, language)) < reply.text.index(fact(1, language))
        assert words(language).say(sentences.HELP) in reply.text
        assert "+32 2 000 00 00" in reply.text
        assert routes_offered(reply)[: len(DOORS)] == list(DOORS)


def test_facts_stand_there_with_their_day_time_and_source():
    text = reply_to("greet", memory=Memory()).text
    assert "20 November 2026, 11:15: Some people were hurt." in text
    assert "(source: invented police office)" in text


@LANGUAGES
def test_whoever_begins_with_a_need_of_their_own_gets_its_answer_first(language):
    reply = reply_to("housing_help", language, memory=Memory())
    assert_sound(reply)
    plain = reply_to("housing_help", language, None, memory=Memory())
    assert reply.paragraphs[: len(plain.paragraphs) - 1] == plain.paragraphs[:-1]
    assert reply.text.index(what(language)) > reply.text.index(plain.headings[0])


@pytest.mark.parametrize("certainty", [UNSURE, LOST])
def test_whoever_begins_and_is_not_understood_reads_it_too(certainty):
    doors = ("housing_help", "job_help")
    reply = reply_to("housing_help", memory=Memory(), certainty=certainty, doors=doors)
    assert_sound(reply)
    assert what() in reply.text


def test_it_is_told_once_and_not_with_every_answer():
    for route in ("greet", "thank", "housing_help", "show_menu", "talk_to_human", "deny"):
        assert what() not in reply_to(route).text, route
    assert what() not in reply_to("show_menu", view=GROUP, choice="support").text


@LANGUAGES
def test_whoever_chooses_a_language_reads_it_in_that_language(language):
    picker = reply_to("change_language", memory=Memory())
    assert what() not in picker.text
    reply = reply_to("change_language", choice=language)
    assert_sound(reply)
    assert what(language) in reply.text


@LANGUAGES
@pytest.mark.parametrize("route", list(guidance.GUIDES))
def test_a_related_route_says_it_in_short_then_guidance_then_services(route, language):
    reply, plain = reply_to(route, language), reply_to(route, language, None)
    assert_sound(reply)
    assert what(language) in reply.paragraphs[0]
    assert fact(0, language) in reply.paragraphs[0]
    assert not_known(language) not in reply.text
    told = guidance.paragraphs(words(language), route)
    assert reply.paragraphs[1 : 1 + len(told)] == told
    assert plain.paragraphs[0] in reply.paragraphs[1 + len(told) :]
    assert set(plain.buttons) <= set(reply.buttons), "it keeps its buttons"
    assert answer_to(route, language).outcome == answer_to(route, language, None).outcome


@LANGUAGES
def test_every_page_of_guidance_can_be_opened_and_leads_back_to_the_services(language):
    opened = set()
    for route in guidance.GUIDES:
        for press in (read(button.payload) for button in buttons(reply_to(route, language))):
            if press.view == GUIDE:
                answer = answer_to(route, language, view=GUIDE, choice=press.choice)
                assert_sound(answer.reply)
                assert answer.outcome is None, "it is no new demand"
                assert Press(route, MORE, "0").payload in [b.payload for b in buttons(answer.reply)]
                opened.add(press.choice)
    assert opened == {"young", "older", "feelings", "rumours"}


def test_a_page_of_guidance_can_still_be_opened_when_the_incident_is_over():
    during = answer_to("parenting_support", view=GUIDE, choice="older")
    assert answer_to("parenting_support", phase=None, view=GUIDE, choice="older") == during
    other = answer_to("parenting_support", view=GUIDE, choice="nonsense")
    assert_sound(other.reply)
    assert other.reply.headings


def test_the_steps_of_a_guided_conversation_are_not_interrupted():
    under_way = Memory(introduced=True, flow="staff_wellbeing")
    told, plain = (reply_to("staff_wellbeing", phase=p, memory=under_way) for p in (NOW, None))
    assert told == plain


def test_details_and_further_pages_are_as_always():
    for view, route in itertools.product((MORE, WHERE, AFTER), guidance.GUIDES):
        if route in REAL.firsts[0].routes:
            continue
        more = {"view": view, "choice": "0"}
        assert reply_to(route, **more) == reply_to(route, phase=None, **more)


@LANGUAGES
@URGENT
@PHASES
def test_an_urgent_card_stands_first_and_unchanged(route, language, phase):
    for memory in (Memory(), KNOWN, Memory(introduced=True, last_route=route)):
        with_it = answer_to(route, language, phase, memory=memory)
        without = answer_to(route, language, None, memory=memory)
        assert_sound(with_it.reply)
        count = len(without.reply.paragraphs)
        assert with_it.reply.paragraphs[:count] == without.reply.paragraphs
        assert with_it.reply.buttons == without.reply.buttons
        assert with_it.memory == without.memory
        added = with_it.reply.paragraphs[count:]
        assert bool(added) is (route == BELOW), "only below the numbers of an emergency"


@URGENT
def test_what_is_said_after_a_card_and_the_question_about_danger_are_as_always(route):
    after = Memory(introduced=True, last_route=route)
    for said in (*SMALL_TALK, "ask_where_when", "change_language"):
        more = {"memory": after, "doors": ("job_help", said)}
        told = answer_to(said, told=incident(drill="yes"), **more)
        assert told == answer_to(said, phase=None, **more), said
    chosen = {"memory": after, "choice": "fr"}
    assert answer_to("change_language", **chosen) == answer_to(
        "change_language", phase=None, **chosen
    )
    for memory in (Memory(), KNOWN, after):
        more = {"memory": memory, "certainty": DANGER, "doors": (route, "mental_health")}
        assert answer_to(route, **more) == answer_to(route, phase=None, **more)
        more |= {"doors": ("mental_health", route)}
        assert answer_to("mental_health", **more) == answer_to("mental_health", phase=None, **more)
    asked = Memory(introduced=True, asked=True, offered=(route, "mental_health"))
    told, plain = (reply_to("affirm", phase=phase, memory=asked) for phase in (NOW, None))
    assert told.paragraphs[: len(plain.paragraphs)] == plain.paragraphs
    assert what() in reply_to("deny", memory=asked).text, "its door is related"


@LANGUAGES
@pytest.mark.parametrize("phase", LATER)
def test_a_week_a_month_and_a_year_later_it_is_said_in_short_without_old_facts(phase, language):
    reply = reply_to("show_menu", language, phase, view=START)
    assert_sound(reply)
    assert what(language) in reply.text
    assert words(language).say(sentences.LATER[phase]) in reply.text
    assert fact(0, language) not in reply.text
    assert routes_offered(reply)[: len(DOORS)] == list(DOORS)
    related = reply_to("trauma_support", language, phase)
    assert_sound(related)
    assert words(language).say(sentences.LATER[phase]) in related.text
    assert "+32 2 000 00 00" not in related.text, "the temporary line is gone"


@LANGUAGES
def test_every_reply_in_every_state_is_sound(language):
    certainties = [(SURE, ()), (UNSURE, ("job_help",)), (LOST, ()), (DANGER, routes.ids("urgent"))]
    memories = [Memory(), KNOWN, Memory(introduced=True, last_route="abuse_at_home")]
    drill = incident(drill="yes")
    for route, told, memory in itertools.product(routes.ids(), (REAL, drill), memories):
        for (certainty, doors), phase in itertools.product(certainties, (NOW, MONTH)):
            more = {"certainty": certainty, "doors": doors, "now": NIGHT}
            assert_sound(reply_to(route, language, phase, memory=memory, told=told, **more))


@LANGUAGES
@PHASES
def test_the_block_fits_a_phone(language, phase):
    drill, say = Shown(incident(drill="yes"), phase), words(language)
    assert 50 < block.length(say, drill, firsts.on(CITY, drill)) <= block.LONGEST == 900


def test_what_the_city_puts_first_stands_first_on_its_routes_and_nowhere_else():
    told = incident(
        routes_first=[
            *content()["routes_first"],
            {"service": SERVICE.id, "routes": ["trauma_support", "community_spaces"]},
        ]
    )
    trauma = reply_to("trauma_support", told=told)
    assert trauma.headings[:2] == ("Invented information line", SERVICE.name_in("en"))
    assert "Phone: +32 2 000 00 00" in trauma.text
    assert "Hours: every day from 8 to 22" in trauma.text
    assert reply_to("community_spaces", told=told).headings[0] == SERVICE.name_in("en")
    first = reply_to("greet", told=told, memory=Memory())
    assert f"{SERVICE.voice_number}: {SERVICE.name_in('en')}" in first.text
    plain = reply_to("housing_help", phase=None)
    assert reply_to("housing_help", told=told) == plain
    where = reply_to("trauma_support", told=told, view=WHERE, choice="0")
    assert where.headings[0] == "Invented information line"
    assert_sound(where)
    assert_sound(reply_to("trauma_support", told=told, view=AFTER, choice="0"))


def test_a_service_that_has_left_the_directory_is_left_out():
    told = incident(routes_first=[{"service": SERVICE.id, "routes": ["job_help"]}])
    services = {id_: one for id_, one in CITY.services.items() if id_ != SERVICE.id}
    smaller = dataclasses.replace(CITY, services=services)
    turn = Turn("job_help", "en", DURING, memory=KNOWN, incident=Shown(told, NOW))
    assert SERVICE.name_in("en") not in kinds.respond(turn, smaller).reply.headings


@LANGUAGES
def test_every_text_of_a_drill_begins_by_saying_so_but_for_numbers_in_danger(language):
    drill, sentence = incident(drill="yes"), words(language).say(sentences.DRILL)
    for route in routes.ids():
        for memory in (Memory(), KNOWN):
            reply = reply_to(route, language, told=drill, memory=memory)
            if routes.get(route).urgent:
                assert not reply.text.startswith(sentence)
            else:
                assert reply.text.startswith(sentence), route
            assert reply.text.count(sentence) == (not routes.get(route).urgent or route == BELOW)
    assert sentence not in reply_to("show_menu", language, view=START).text


@PHASES
def test_while_the_understanding_is_down_it_stands_below_the_numbers(phase):
    plain = Reply("en", ("numbers",), reply_to("show_menu", phase=None).buttons)
    told = below(Shown(REAL, phase), CITY, plain)
    assert told.paragraphs[0] == "numbers"
    assert what() in told.text
    assert routes_offered(told)[: len(DOORS)] == list(DOORS)
    assert_sound(told)
    assert below(None, CITY, plain) == plain


def test_without_an_incident_nothing_changes():
    for route in routes.ids():
        turn = Turn(route, "en", MORNING, memory=KNOWN)
        assert turn.incident is None
        assert what() not in kinds.respond(turn, CITY).reply.text


def test_the_guidance_promises_nothing_that_public_bodies_do_not_teach():
    told = [text.english for page in guidance.PAGES.values() for text in page.sentences]
    said = " ".join([*told, *(text.english for text in sentences.LATER.values())]).lower()
    for word in ("trauma", "ptsd", "disorder", "symptom", "therapy", "debrief", "diagnos", "must "):
        assert word not in said
    for page in ("feelings", "young", "older", "staff"):
        english = " ".join(text.english for text in guidance.PAGES[page].sentences)
        assert "longer than about a month" in english, page
