"""Every city answers every route in every language, day and night, with its own numbers."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from replies import assert_sound
from test_guided import OPENING, states

from bot import routes, settings
from bot.answers import kinds
from bot.answers.model import Memory, Turn
from bot.answers.payload import AFTER, BACK, NEAR, RESUME, STEP, STOP, WHERE
from bot.directory import pack
from bot.directory.model import Pack
from bot.flows import table
from bot.words import languages, texts
from bot.words.catalogue import words

KNOWN = Memory(introduced=True)


@pytest.mark.parametrize("city", settings.cities())
@pytest.mark.parametrize("language", languages.supported())
def test_every_route_and_view_is_answered_soundly(city, language):
    found = pack.load(city)
    for hour in (3, 10):
        now = datetime.datetime(2026, 11, 23, hour, tzinfo=found.city.time_zone)
        for route in routes.table():
            assert_sound(kinds.respond(Turn(route, language, now, memory=KNOWN), found).reply)
        for route in routes.service_ids():
            for view in (WHERE, AFTER):
                turn = Turn(route, language, now, view=view, choice="0", memory=KNOWN)
                assert_sound(kinds.respond(turn, found).reply)


@pytest.mark.parametrize("city", settings.cities())
@pytest.mark.parametrize("language", languages.supported())
def test_danger_leads_to_the_emergency_number_of_the_city(city, language):
    found = pack.load(city)
    now = datetime.datetime(2026, 11, 23, 3, tzinfo=found.city.time_zone)
    for route in routes.ids("urgent"):
        reply = kinds.respond(Turn(route, language, now, memory=KNOWN), found).reply
        assert found.emergency_number in reply.text
    others = {pack.load(other).emergency_number for other in settings.cities()}
    first = kinds.respond(Turn("emergency_now", language, now, memory=KNOWN), found).reply
    for number in others - {found.emergency_number}:
        assert number not in first.text.split()


@pytest.mark.parametrize("city", settings.cities())
@pytest.mark.parametrize("language", languages.supported())
def test_every_district_can_be_named_and_chosen(city, language):
    found = pack.load(city)
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=found.city.time_zone)
    for district in found.city.districts.values():
        turn = Turn("ask_where_when", language, now, view=NEAR, choice=district.id, memory=KNOWN)
        reply = kinds.respond(turn, found).reply
        name = district.name_in(language)
        assert reply.paragraphs[0] == words(language).say(texts.NEAR_SET, district=name)
        assert_sound(reply)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_city_that_says_as_little_as_may_be_guides_people_too(language):
    # No guidance, districts, holidays, escalation, lines or rumours: just the emergency number.
    known = pack.load("brussels")
    city = dataclasses.replace(
        known.city, districts={}, holidays=None, escalation=(), official_channel=None,
        first_lines={}, human_lines=(),
    )  # fmt: skip
    emergency = {city.emergency_service: known.services[city.emergency_service]}
    bare = Pack(city, emergency)
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=city.time_zone)
    for flow_id, route in OPENING:
        for at, taken in states(flow_id, route):
            memory = Memory(introduced=True, last_route=route, flow=route, taken=taken)
            for answer in (*table.table()[flow_id].steps[at], BACK, STOP, RESUME):
                turn = Turn(route, language, now, view=STEP, choice=answer, memory=memory)
                assert_sound(kinds.respond(turn, bare).reply)
    for route in routes.table():
        turn = Turn(route, language, now, typed=True, rumour="", memory=KNOWN)
        assert_sound(kinds.respond(turn, bare).reply)
