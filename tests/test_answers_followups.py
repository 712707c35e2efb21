"""Answers to follow-ups: what was shown last, seen in another way; whoever is in danger first."""

from __future__ import annotations

import dataclasses
import datetime
import itertools

import pytest
from replies import CITY, MORNING, NIGHT, assert_sound, press, presses, respond, routes_offered

from bot import routes, settings
from bot.answers import days, kinds, urgent
from bot.answers.followups import ABOUT_CHAT
from bot.answers.model import DANGER, LOST, SURE, UNSURE, Answer, Memory, Turn
from bot.answers.payload import FORGET, MORE, NEAR, RESUME, SPEAKS, STEP, Press
from bot.directory import hours, pack, search
from bot.directory.model import Opening
from bot.words import cldr, followups, languages, texts
from bot.words.catalogue import words

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
KNOWN = Memory(introduced=True)
SHOWN = Memory(introduced=True, last_language="en", last_route="housing_help")
DAYS = ("today", "tomorrow", "day_after_tomorrow", "weekend")
ALL = (*DAYS, "in_writing", "by_phone", "closer", "write_in", "speaks", "language", *ABOUT_CHAT)
# Christmas: a holiday in all three cities.
CHRISTMAS_EVE = datetime.datetime(2026, 12, 24, 11, tzinfo=CITY.city.time_zone)


def follow(kind: str, language: str = "en", memory: Memory = SHOWN, **more: object):
    return respond("out_of_scope", language, memory, certainty=LOST, follow_up=kind, **more)


def shown(route: str, language: str = "en", page: int = 0, now=MORNING):
    found = search.for_route(CITY, route, search.Asked(language, now))
    return found[3 * page : 3 * page + 3]


@pytest.mark.parametrize("city", settings.cities())
@LANGUAGES
def test_every_follow_up_is_answered_soundly_in_every_city(city, language):
    found = pack.load(city)
    zone = found.city.time_zone
    moments = [
        datetime.datetime(2026, 11, 22, 3, tzinfo=zone),
        datetime.datetime(2026, 12, 24, 11, tzinfo=zone),
    ]
    for now, route, kind in itertools.product(moments, routes.service_ids(), (*ALL, "weekday")):
        for page, code in ((0, "tr"), (2, "pl")):
            memory = Memory(introduced=True, last_route=route, page=page)
            told = {"follow_up": kind, "weekday": 6, "choice": code, "memory": memory}
            answer = kinds.respond(Turn("greet", language, now, certainty=UNSURE, **told), found)
            assert_sound(answer.reply)
            assert answer.outcome is None, "not a new demand"


@LANGUAGES
def test_a_day_brings_the_same_services_with_their_hours_on_that_day(language):
    answer = follow("weekday", language, weekday=5)
    services = shown("housing_help", language)
    names = {words(language).isolated(one.name_in(language)) for one in services}
    assert set(answer.reply.headings) == names
    saturday = cldr.day_and_date(datetime.date(2026, 11, 28), language)
    assert all(saturday in told for told in answer.reply.paragraphs)
    assert answer.memory == dataclasses.replace(SHOWN, last_language=language, page=0), (
        "a follow-up changes nothing that is remembered"
    )


def test_those_open_on_the_day_stand_first_and_closed_ones_last():
    seen = set()
    for route, weekday in itertools.product(routes.service_ids(), range(7)):
        if routes.get(route).urgent or not shown(route):
            continue
        memory = dataclasses.replace(SHOWN, last_route=route)
        reply = follow("weekday", memory=memory, weekday=weekday).reply
        by_name = {one.name_in("en"): one for one in shown(route)}
        day = MORNING.date() + (weekday - MORNING.weekday()) % 7 * hours.DAY
        found = [
            0 if one.always_open or known else 1 if known is None else 2
            for one in (by_name[name] for name in reply.headings)
            for known in [hours.on(one, CITY.city, day)]
        ]
        assert found == sorted(found), (route, weekday)
        seen |= set(found)
    assert seen == {0, 1, 2}


def test_hours_of_a_day_are_those_of_the_directory():
    open_ones = [
        (one, route)
        for route in routes.service_ids()
        if not routes.get(route).urgent
        for one in shown(route)
        if one.openings and not one.always_open
    ]
    assert open_ones
    for one, route in open_ones:
        memory = dataclasses.replace(SHOWN, last_route=route)
        told = follow("tomorrow", memory=memory).reply.text
        for begin, end in hours.on(one, CITY.city, MORNING.date() + hours.DAY) or ():
            assert begin is None or cldr.time(begin, "en") in told
            assert cldr.time(end, "en") in told
        assert all(note.in_language("en") in told for note in one.hours_notes)


def test_on_a_holiday_no_hours_are_promised():
    for route in routes.service_ids():
        if routes.get(route).urgent:
            continue
        memory = dataclasses.replace(SHOWN, last_route=route)
        reply = follow("tomorrow", memory=memory, now=CHRISTMAS_EVE).reply
        by_name = {one.name_in("en"): one for one in shown(route, now=CHRISTMAS_EVE)}
        christmas = cldr.day_and_date(datetime.date(2026, 12, 25), "en")
        for told in reply.paragraphs[: len(by_name)]:
            one = by_name.get(told.split("\n")[0])
            if one and not one.always_open:
                assert words("en").say(followups.HOLIDAY_ON_DAY, day=christmas) in told


@pytest.mark.parametrize(
    ("now", "kind", "expected"),
    [
        (MORNING, "today", [23]), (MORNING, "tomorrow", [24]), (MORNING, "weekend", [28, 29]),
        (MORNING, "day_after_tomorrow", [25]), (NIGHT, "weekend", [22]),
        (MORNING + 5 * hours.DAY, "weekend", [28, 29]),
    ],
)  # fmt: skip
def test_a_day_is_the_next_one_of_its_name(now, kind, expected):
    found = days.dates(Turn("greet", "en", now, follow_up=kind))
    assert [day.day for day in found] == expected
    for weekday in range(7):
        (day,) = days.dates(Turn("greet", "en", now, follow_up="weekday", weekday=weekday))
        assert day.weekday() == weekday
        assert 0 <= (day - now.date()).days < 7


def test_a_night_that_began_the_day_before_counts_until_it_ends():
    night = dataclasses.replace(
        CITY.services[CITY.city.emergency_service],
        openings=(Opening(frozenset({4}), datetime.time(20), datetime.time(8)),),
    )
    friday = datetime.date(2026, 11, 27)
    assert hours.on(night, CITY.city, friday) == [(datetime.time(20), datetime.time(8))]
    assert hours.on(night, CITY.city, friday + hours.DAY) == [(None, datetime.time(8))]
    assert hours.on(night, CITY.city, friday + 2 * hours.DAY) == []
    assert hours.on(night, CITY.city, datetime.date(2026, 12, 25)) is None


@LANGUAGES
def test_whoever_cannot_call_reads_how_to_write_and_no_secret_address(language):
    for city in settings.cities():
        found = pack.load(city)
        for route in routes.service_ids():
            if routes.get(route).urgent:
                continue
            memory = dataclasses.replace(SHOWN, last_route=route)
            told = {"follow_up": "in_writing", "memory": memory, "certainty": LOST}
            reply = kinds.respond(Turn("greet", language, MORNING, **told), found).reply
            services = search.for_route(found, route, search.Asked(language, MORNING))[:3]
            for one in services:
                for way in (one.email, one.chat, one.website):
                    assert way is None or way in reply.text
                if one.address_is_secret:
                    assert words(language).say(followups.LETTER, address="").strip() not in [
                        part.strip() for part in reply.text.split("\n")
                    ]


def test_who_reads_messages_stands_first_and_who_has_a_number_too():
    for route in routes.service_ids():
        if routes.get(route).urgent:
            continue
        memory = dataclasses.replace(SHOWN, last_route=route)
        by_name = {one.name_in("en"): one for one in shown(route)}
        names = follow("in_writing", memory=memory).reply.headings
        written = [
            bool(one.email or one.chat or any(phone.kind == "sms" for phone in one.phones))
            for one in (by_name[name] for name in names)
        ]
        assert written == sorted(written, reverse=True)
        names = follow("by_phone", memory=memory).reply.headings
        called = [by_name[name].voice_number is not None for name in names]
        assert called == sorted(called, reverse=True)


@LANGUAGES
def test_who_speaks_a_language_is_shown_first(language):
    answer = follow("speaks", language, choice="ar")
    found = search.for_route(CITY, "housing_help", search.Asked(language, MORNING))
    speaking = [one for one in found if "ar" in one.languages]
    name = cldr.language_name("ar", language)
    text = followups.THEY_SPEAK if speaking else followups.NOBODY_KNOWN
    assert answer.reply.paragraphs[0] == words(language).say(text, language=name)
    assert answer.reply.language == language, "nothing is switched"
    french = follow("speaks", language, choice="fr").reply
    by_name = {one.name_in(language): one for one in found}
    speaking = {name for name, one in by_name.items() if "fr" in one.languages}
    assert speaking
    assert {name.strip("\u2068\u2069") for name in french.headings} <= speaking


@LANGUAGES
def test_the_name_of_a_language_alone_is_asked_about_with_two_buttons(language):
    reply = follow("language", language, choice="tr").reply
    assert presses(reply)[:2] == [
        Press("change_language", "", "tr"), Press("housing_help", SPEAKS, "tr"),
    ]  # fmt: skip
    speakers = press(Press("housing_help", SPEAKS, "tr").payload, language, SHOWN)
    assert speakers.reply.headings
    written = press(Press("change_language", "", "tr").payload, language, SHOWN)
    assert written.reply.language == "tr"


@LANGUAGES
def test_another_language_shows_again_what_was_shown_last(language):
    memory = dataclasses.replace(SHOWN, page=1)
    answer = follow("write_in", "en", memory, choice=language)
    assert answer.reply.language == language
    services = shown("housing_help", language, page=1)
    names = tuple(words(language).isolated(one.name_in(language)) for one in services)
    assert answer.reply.headings == names
    own = languages.table()[language].name
    assert answer.reply.paragraphs[0] == words(language).say(texts.LANGUAGE_SET, language=own)
    assert (answer.memory.page, answer.memory.chosen_language) == (1, language)


@LANGUAGES
@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_another_language_after_an_urgent_card_shows_its_numbers_first(route, language):
    memory = Memory(introduced=True, last_route=route, card_language="en")
    lines = urgent.card_lines(Turn(route, language, MORNING), CITY, route)
    for said in ("change_language", "out_of_scope"):
        answer = respond(said, "en", memory, choice=language, follow_up="write_in")
        assert answer.reply.paragraphs[0] == urgent.numbers(
            words(language), lines, CITY.city.country
        )
        assert_sound(answer.reply)


@LANGUAGES
@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_after_an_urgent_card_follow_ups_bring_its_numbers_again(route, language):
    memory = Memory(introduced=True, last_route=route, card_language=language)
    lines = urgent.card_lines(Turn(route, language, MORNING), CITY, route)
    for kind in {*ALL} - {"something_else", "forget", "write_in"}:
        answer = follow(kind, language, memory, choice="tr")
        assert answer.reply.paragraphs[0] == urgent.numbers(
            words(language), lines, CITY.city.country
        ), kind
        assert answer.memory.last_route == route
        assert_sound(answer.reply)


@pytest.mark.parametrize("kind", ALL)
def test_danger_wins_over_every_follow_up(kind):
    for route in routes.ids("urgent"):
        calm = respond(route, "en", SHOWN)
        assert respond(route, "en", SHOWN, follow_up=kind, choice="tr").reply == calm.reply
    doors = ("housing_help", "abuse_at_home")
    asked = {"certainty": DANGER, "doors": doors}
    calm = respond("housing_help", "en", SHOWN, **asked)
    assert respond("housing_help", "en", SHOWN, follow_up=kind, **asked).reply == calm.reply
    memory = dataclasses.replace(SHOWN, asked=True, offered=("emergency_now", "deny"))
    calm = respond("affirm", "en", memory)
    assert respond("affirm", "en", memory, follow_up=kind).reply == calm.reply


def in_a_step(**more: object) -> Answer:
    memory = Memory(
        introduced=True, last_route="leave_extremism", flow="leave_extremism", taken=("safe",)
    )
    known = {"typed": True, "certainty": UNSURE, "doors": ("job_help",)}
    return respond("job_help", "en", memory, **{**known, **more})


def test_in_a_guided_conversation_back_and_stop_move_in_it():
    assert in_a_step(follow_up="back").memory.taken == ()
    assert in_a_step(follow_up="continue").memory.taken == ("safe",)
    for kind in ("stop", "something_else"):
        assert in_a_step(follow_up=kind).memory.flow is None


@pytest.mark.parametrize("kind", ["weekend", "in_writing", "by_phone"])
def test_in_a_guided_conversation_the_services_shown_can_be_asked_about(kind):
    answer = in_a_step(follow_up=kind)
    assert answer.reply.headings
    assert (answer.memory.flow, answer.memory.taken) == ("leave_extremism", ("safe",))
    resume = Press("leave_extremism", STEP, RESUME)
    assert resume in presses(answer.reply)


@LANGUAGES
def test_back_shows_the_last_page_again_and_continue_the_next(language):
    memory = dataclasses.replace(SHOWN, page=1)
    again = respond("housing_help", language, memory, view=MORE, choice="1")
    assert follow("back", language, memory).reply == again.reply
    following = respond("housing_help", language, SHOWN, view=MORE, choice="1")
    assert follow("continue", language).reply == following.reply
    last = dataclasses.replace(SHOWN, page=99)
    assert follow("continue", language, last).reply.headings
    menu = respond("show_menu", language, KNOWN).reply
    for kind in ("back", "continue", "something_else"):
        assert follow(kind, language, KNOWN).reply == menu


@LANGUAGES
def test_stop_says_goodbye_with_the_number_and_ways_on(language):
    reply = follow("stop", language).reply
    assert reply.paragraphs[0] == words(language).say(followups.STOPPED)
    assert CITY.emergency_number in reply.text
    assert {"talk_to_human", "show_menu"} <= set(routes_offered(reply))


@LANGUAGES
def test_forget_leads_to_the_answer_of_its_own(language):
    wanted = respond("ask_privacy", language, SHOWN, view=FORGET).reply
    for memory in (SHOWN, dataclasses.replace(SHOWN, flow="housing_help")):
        assert follow("forget", language, memory).reply.paragraphs == wanted.paragraphs


@LANGUAGES
def test_something_closer_asks_for_the_district(language):
    near = respond("ask_where_when", language, SHOWN, view=NEAR).reply
    assert follow("closer", language).reply == near


def test_before_anything_was_shown_a_day_is_no_follow_up():
    for kind in (*DAYS, "in_writing", "speaks"):
        calm = respond("out_of_scope", "en", KNOWN, certainty=LOST)
        assert follow(kind, memory=KNOWN, choice="tr").reply == calm.reply


def test_a_city_that_knows_no_service_says_so_and_names_people():
    empty = dataclasses.replace(
        CITY,
        services={
            id_: dataclasses.replace(one, routes=tuple(r for r in one.routes if r != "job_help"))
            for id_, one in CITY.services.items()
        },
    )
    memory = dataclasses.replace(SHOWN, last_route="job_help")
    for kind in (*DAYS, "in_writing", "by_phone", "speaks", "back"):
        told = {"follow_up": kind, "choice": "tr", "memory": memory, "certainty": SURE}
        reply = kinds.respond(Turn("job_help", "en", MORNING, **told), empty).reply
        assert words("en").say(texts.NOTHING_KNOWN, city="Brussels") in reply.paragraphs
        assert_sound(reply)
