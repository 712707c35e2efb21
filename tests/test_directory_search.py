"""Which service stands first, and that none gets lost: the ranking, one rule at a time."""

from __future__ import annotations

import datetime
import itertools
from zoneinfo import ZoneInfo

import pytest
from pack_copy import PackCopy

from bot import routes, settings
from bot.directory import pack, search
from bot.directory.model import Area, City, LocalText, Opening, Pack, Phone, Service
from bot.words import languages

NOW = datetime.datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Brussels"))
MONDAY = frozenset([NOW.weekday()])
OPEN = (Opening(MONDAY, datetime.time(9), datetime.time(17)),)
CLOSED = (Opening(MONDAY, datetime.time(14), datetime.time(17)),)
ALWAYS = (Opening(frozenset(range(7)), datetime.time(0), datetime.time(23, 59)),)
NUMBER = (Phone("112", "voice", None),)
SMS = (Phone("8686", "sms", None),)
NOBODY = "00000000-0000-4000-8000-000000000000"
CALM, URGENT = "housing_help", "crisis_self_harm"


def service(id_: str, *, mainly: bool = True, urgent: bool = False, **facts: object) -> Service:
    route = URGENT if urgent else CALM
    told = {"area": Area.COUNTRY, "openings": (), "languages": (), "phones": (), **facts}
    return Service(
        *(id_, {}, id_, None, LocalText({})),
        routes=(route, "legal_help") if mainly else ("legal_help", route),
        source="https://example.org",
        checked_on=datetime.date(2026, 11, 20),
        **told,
    )


def directory(*services: Service, first: tuple[str, ...] = (), human: tuple[str, ...] = ()) -> Pack:
    city = City(
        *("somewhere", {}, NOW.tzinfo, "BE", ("fr",), "none"),
        first_lines={URGENT: first},
        human_lines=human,
    )
    return Pack(city, {service.id: service for service in services})


def ranked(*services: Service, language: str = "ar", **more: tuple[str, ...]) -> list[str]:
    route = next(route for route in services[0].routes if route != "legal_help")
    orders = {
        tuple(
            s.id
            for s in search.for_route(directory(*order, **more), route, search.Asked(language, NOW))
        )
        for order in itertools.permutations(services)
    }
    assert len(orders) == 1, "the rank depends on the order in the table"
    return list(orders.pop())


def test_a_service_that_speaks_the_persons_language_stands_first():
    speaks = service("speaks", languages=("fr", "ar"), openings=CLOSED, area=Area.UNION)
    silent = service("silent", languages=("fr",), openings=OPEN, area=Area.CITY)
    unknown = service("unknown", languages=(), openings=OPEN, area=Area.UNION)
    assert ranked(speaks, silent, unknown) == ["speaks", "silent", "unknown"]
    assert ranked(speaks, silent, language="nl") == ["silent", "speaks"]


def test_open_stands_before_unknown_and_unknown_before_closed():
    services = [
        service("open", openings=OPEN),
        service("unknown"),
        service("shut", openings=CLOSED),
    ]
    assert ranked(*services) == ["open", "unknown", "shut"]


def test_day_and_night_is_open():
    services = [service("always", openings=ALWAYS), service("unknown")]
    assert ranked(*services) == ["always", "unknown"]


def test_the_citys_own_stands_before_the_countrys_and_that_before_the_unions():
    services = [service(area.name, area=area) for area in Area]
    assert ranked(*services) == ["CITY", "REGION", "COUNTRY", "UNION"]


def test_open_now_counts_more_than_near():
    near_but_shut = service("near", area=Area.CITY, openings=CLOSED)
    far_but_open = service("far", area=Area.UNION, openings=OPEN)
    assert ranked(near_but_shut, far_but_open) == ["far", "near"]


def test_what_a_service_is_mainly_for_counts_last():
    assert ranked(service("also", mainly=False), service("mainly")) == ["mainly", "also"]
    nearer = service("nearer", mainly=False, area=Area.CITY)
    assert ranked(nearer, service("mainly")) == ["nearer", "mainly"]


def test_only_services_of_the_route_are_found_and_all_of_them():
    other = service("other", urgent=True)
    found = directory(service("one"), other, service("two"))
    shown = search.for_route(found, CALM, search.Asked("fr", NOW))
    assert {found.id for found in shown} == {"one", "two"}
    assert search.for_route(found, "job_help", search.Asked("fr", NOW)) == []


def test_in_danger_the_lines_that_the_city_puts_first_stand_first_in_its_order():
    lines = [service(name, urgent=True, phones=NUMBER) for name in ("101", "112")]
    better = service("better", urgent=True, phones=NUMBER, languages=("ar",), openings=ALWAYS)
    assert ranked(*lines, better, first=("112", "101")) == ["112", "101", "better"]


def test_in_danger_a_number_stands_before_a_page():
    page = service("page", urgent=True, languages=("ar",), openings=ALWAYS, area=Area.CITY)
    text = service("text", urgent=True, phones=SMS, languages=("ar",), openings=ALWAYS)
    number = service("number", urgent=True, phones=NUMBER, area=Area.UNION, mainly=False)
    assert ranked(page, number)[0] == "number"
    assert ranked(text, number)[0] == "number"


def test_in_danger_a_line_day_and_night_stands_before_one_that_is_only_open_now():
    day = service("day", urgent=True, phones=NUMBER, openings=OPEN, languages=("ar",))
    always = service("always", urgent=True, phones=NUMBER, openings=ALWAYS)
    assert ranked(day, always) == ["always", "day"]


def test_in_danger_a_line_that_speaks_the_language_stands_before_another():
    speaks = service("speaks", urgent=True, phones=NUMBER, languages=("ar",), mainly=False)
    silent = service("silent", urgent=True, phones=NUMBER, languages=("fr",))
    assert ranked(speaks, silent) == ["speaks", "silent"]


def test_in_danger_a_line_for_just_this_counts_more_than_a_near_one():
    near = service("near", urgent=True, phones=NUMBER, area=Area.CITY, mainly=False)
    far = service("far", urgent=True, phones=NUMBER, area=Area.UNION)
    nearer = service("nearer", urgent=True, phones=NUMBER, area=Area.CITY)
    assert ranked(near, far) == ["far", "near"]
    assert ranked(far, nearer) == ["nearer", "far"]


def test_the_people_to_talk_to_stand_in_the_citys_order_those_who_speak_the_language_first():
    lines = [service("a", languages=("fr",)), service("b", languages=("nl",)), service("c")]
    found = directory(*lines, human=("c", "a", "b"))
    assert [line.id for line in search.human_lines(found, "ar")] == ["c", "a", "b"]
    assert [line.id for line in search.human_lines(found, "nl")] == ["b", "c", "a"]


@pytest.mark.parametrize("city", settings.cities())
@pytest.mark.parametrize("route", routes.service_ids())
def test_no_service_of_a_city_is_lost_or_shown_twice(city, route):
    found = pack.load(city)
    wanted = {id_ for id_, service in found.services.items() if route in service.routes}
    wanted |= set(search.first_ids(found.city, route))
    for language in languages.supported():
        shown = [
            service.id for service in search.for_route(found, route, search.Asked(language, NOW))
        ]
        assert sorted(shown) == sorted(wanted)


@pytest.mark.parametrize("city", settings.cities())
def test_staff_with_a_concern_see_the_path_of_the_city_in_its_order(city):
    found = pack.load(city)
    assert len(found.city.escalation) >= 3
    for language in ("en", "ar"):
        shown = search.for_route(found, "staff_concern_pupil", search.Asked(language, NOW))
        ids = [service.id for service in shown]
        assert ids[: len(found.city.escalation)] == list(found.city.escalation)


def test_an_escalation_to_nobody_is_a_fault(tmp_path):
    copy = PackCopy("brussels", tmp_path)
    copy.rewrite_city((r"escalation:\n", f"escalation:\n  - {NOBODY}\n"))
    (fault,) = copy.faults()
    assert fault.startswith(f"brussels/city.yml: escalation: '{NOBODY}' is no shown service")
