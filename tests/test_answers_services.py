"""The services of a city as a person reads them: what they do, what happens there, how to reach."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from replies import CITY, MORNING, assert_sound, press, presses, respond
from shown import number_shown

from bot import routes
from bot.answers import blocks, kinds
from bot.answers.here import Here
from bot.answers.model import ANSWERED, RESIDENT, STAFF, UNMET, Memory, Turn
from bot.answers.payload import AFTER, MORE, WHERE, Press
from bot.directory import search
from bot.directory.model import LocalText, Opening, Pack, Phone, Place, Service
from bot.words import cldr, doors, languages, texts
from bot.words.catalogue import Words, words

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
CALM = [id_ for id_ in routes.service_ids() if not routes.get(id_).urgent]
KNOWN = Memory(introduced=True)
CALM_ROUTE, HOME = "housing_help", "ixelles"


def everywhere(text: str) -> LocalText:
    return LocalText(dict.fromkeys(languages.supported(), text))


# All that a service can say about itself, one fact after the other taken away in the tests.
RICH = dataclasses.replace(
    next(iter(CITY.services.values())),
    phones=(Phone("02 111 11 11", "voice", None), Phone("0470 11 11 11", "sms", None)),
    website="https://door.example",
    email="door@door.example",
    chat="https://chat.example",
    places=(Place("Door", "Rue Haute 1, 1000 Brussels", step_free=everywhere("a ramp")),),
    openings=(Opening(frozenset((0, 1, 2, 4)), datetime.time(9), datetime.time(12, 30)),),
    hours_notes=(),
    languages=("fr", "nl"),
    cost=everywhere("free of charge"),
    audience=everywhere("everyone"),
    interpreters=everywhere("on request"),
    how_to_come=everywhere("by appointment"),
    to_bring=(everywhere("an identity card"),),
    anonymous=True,
    what_happens=everywhere("We listen."),
    checked_on=datetime.date(2026, 11, 20),
    source="https://source.example",
    source_year=2020,
)
SECRET = dataclasses.replace(RICH, places=(), address_is_secret=True)


def found(route: str, language: str) -> list[Service]:
    return search.for_route(CITY, route, search.Asked(language, MORNING))


def after_of(say: Words, service: Service) -> tuple[str, str]:
    anonymous = {
        True: texts.ANONYMOUS_YES,
        False: texts.ANONYMOUS_NO,
        None: texts.ANONYMOUS_UNKNOWN,
    }[service.anonymous]
    if not service.what_happens:
        return say.say(anonymous), say.say(texts.WHAT_HAPPENS_UNKNOWN)
    explained = service.what_happens.in_language(say.language)
    return say.say(anonymous), say.say(texts.WHAT_HAPPENS, explanation=explained)


@LANGUAGES
@pytest.mark.parametrize("route", CALM)
def test_a_need_is_answered_with_a_lead_and_the_three_best_services(route, language):
    answer = respond(route, language, KNOWN)
    best = found(route, language)[:3]
    say = words(language)
    assert answer.reply.paragraphs[0] == say.say(doors.LEADS[route])
    for service, paragraph in zip(best, answer.reply.paragraphs[1:]):
        lines = paragraph.split("\n")
        assert lines[0] == blocks.heading(say, service)
        assert lines[1] == service.description.in_language(language)
    assert answer.reply.headings == tuple(blocks.heading(say, service) for service in best)
    assert answer.outcome == ANSWERED


@LANGUAGES
@pytest.mark.parametrize("route", CALM)
def test_more_leads_page_by_page_to_every_service_and_then_says_that_it_was_all(route, language):
    services, shown, answer = found(route, language), [], respond(route, language, KNOWN)
    while True:
        shown += answer.reply.headings
        left = len(services) - len(shown)
        page = str(answer.memory.page)
        offered = presses(answer.reply)
        assert {Press(route, WHERE, page), Press(route, AFTER, page)} <= set(offered)
        more = [found.payload for found in offered if found.view == MORE]
        assert bool(more) is (left > 0)
        if not more:
            break
        assert words(language).say(texts.MORE_LEFT, count=left) in answer.reply.paragraphs
        answer = press(more[0], language, answer.memory)
        assert answer.outcome is None, "a next page is no new demand"
        assert answer.reply.paragraphs[0].split("\n")[0] == answer.reply.headings[0]
    assert shown == [blocks.heading(words(language), service) for service in services]
    beyond = press(Press(route, MORE, "99").payload, language, answer.memory).reply
    assert beyond.paragraphs == (words(language).say(texts.NO_MORE),)


@LANGUAGES
@pytest.mark.parametrize("route", routes.ids("reporting"))
def test_before_any_reporting_door_it_says_who_gets_it_and_whether_one_stays_anonymous(
    route, language
):
    say = words(language)
    for page in range((len(found(route, language)) + 2) // 3):
        reply = press(Press(route, MORE, str(page)).payload, language).reply
        services = found(route, language)[3 * page : 3 * page + 3]
        blocks_of = [p for p in reply.paragraphs if p.split("\n")[0] in reply.headings]
        assert len(blocks_of) == len(services)
        for service, block in zip(services, blocks_of):
            anonymous, happens = after_of(say, service)
            lines = block.split("\n")
            ways_in = [n for n, line in enumerate(lines) if is_way_in(say, line)]
            assert lines.index(anonymous) < lines.index(happens) < min(ways_in, default=99)


def is_way_in(say: Words, line: str) -> bool:
    forms = (texts.PHONE, texts.PHONE_TEXT, texts.CHAT, texts.EMAIL, texts.WEBSITE)
    begins = [say.say(form, number="", url="", address="").strip() for form in forms]
    return line.startswith(tuple(begins))


@LANGUAGES
@pytest.mark.parametrize("route", routes.service_ids())
def test_what_happens_is_told_for_the_services_that_were_shown(route, language):
    say = words(language)
    reply = press(Press(route, AFTER, "0").payload, language).reply
    for service, paragraph in zip(found(route, language)[:3], reply.paragraphs):
        lines = paragraph.split("\n")
        assert lines[0] == blocks.heading(say, service)
        assert set(after_of(say, service)) <= set(lines)
    assert reply.paragraphs[-1] == say.say(texts.WHAT_HAPPENS_HERE)
    assert Press(route, MORE, "0") in presses(reply), "the way back"


@LANGUAGES
@pytest.mark.parametrize("route", routes.service_ids())
def test_every_fact_is_shown_with_its_source_and_the_day_it_was_checked(route, language):
    reply = press(Press(route, WHERE, "0").payload, language).reply
    for service, paragraph in zip(found(route, language)[:3], reply.paragraphs):
        day = cldr.date(service.checked_on, language)
        checked = words(language).say(texts.CHECKED, date=day, url=service.source)
        assert checked in paragraph.split("\n")


HERE = Here(CITY.city, search.Asked("en", MORNING))


@LANGUAGES
def test_all_that_is_known_about_a_service_is_said(language):
    say = words(language)
    short = blocks.summary(say, RICH, "housing_help", HERE)
    long = blocks.where_and_when(say, RICH, HERE)
    assert say.say(texts.PHONE, number="02 111 11 11") in short
    assert say.say(texts.PHONE_TEXT, number="+32 470 11 11 11") in short
    assert say.say(texts.CHAT, url=RICH.chat) in short
    assert say.say(texts.EMAIL, address=RICH.email) in short
    assert say.say(texts.WEBSITE, url=RICH.website) in short
    assert say.say(texts.COST, cost="free of charge") in short
    assert say.say(texts.OPEN_NOW, time=cldr.time(datetime.time(12, 30), language)) in short
    assert say.say(texts.ADDRESS, address=RICH.address) in long
    assert say.say(texts.AUDIENCE, audience="everyone") in long
    assert say.say(texts.SOURCE_YEAR, year=2020) in long
    assert cldr.language_name("nl", language) in short
    assert say.say(texts.INTERPRETERS, interpreters="on request") in short
    assert say.say(texts.HOW_TO_COME, how="by appointment") in long
    assert say.say(texts.TO_BRING, documents="an identity card") in long
    assert say.say(texts.STEP_FREE, access="a ramp") in long


UNKNOWN = {
    "openings": ((), texts.HOURS_UNKNOWN),
    "languages": ((), texts.LANGUAGES_UNKNOWN),
    "cost": (None, texts.COST_UNKNOWN),
    "places": ((), texts.ADDRESS_UNKNOWN),
    "places, a way in": ((Place("Door", "Rue Haute 1"),), texts.STEP_FREE_UNKNOWN),
    "anonymous": (None, texts.ANONYMOUS_UNKNOWN),
    "what_happens": (None, texts.WHAT_HAPPENS_UNKNOWN),
}


@LANGUAGES
@pytest.mark.parametrize("fact", UNKNOWN)
def test_what_is_not_known_is_said_to_be_unknown(fact, language):
    nothing, text = UNKNOWN[fact]
    service, say = dataclasses.replace(RICH, **{fact.split(",")[0]: nothing}), words(language)
    told = [
        blocks.summary(say, service, "report_hate_crime", HERE),
        blocks.where_and_when(say, service, HERE),
    ]
    assert any(say.say(text) in block.split("\n") for block in told)
    known = blocks.summary(say, RICH, "report_hate_crime", HERE)
    assert say.say(text) not in (known + blocks.where_and_when(say, RICH, HERE))


def test_a_source_that_is_old_is_shown_as_old_and_a_new_one_is_not():
    say = words("en")
    for year, told in ((2020, True), (2024, True), (2025, False), (2026, False), (None, False)):
        service = dataclasses.replace(RICH, source_year=year)
        assert ("That page is from" in blocks.where_and_when(say, service, HERE)) is told


def test_hours_are_said_as_people_say_them():
    told = blocks.summary(words("en"), RICH, "housing_help", HERE)
    assert "Hours: Monday to Wednesday and Friday 09:00 to 12:30" in told
    evening = MORNING.replace(hour=20)
    assert "Closed now. Opens on Tuesday at 09:00." in blocks.summary(
        words("en"), RICH, "housing_help", Here(CITY.city, search.Asked("en", evening))
    )


@LANGUAGES
def test_how_far_a_service_is_is_said_from_the_persons_district_alone(language):
    say, ixelles = words(language), CITY.city.districts["ixelles"]
    here = Here(CITY.city, search.Asked(language, MORNING, ixelles))
    name = ixelles.name_in(language)
    near = dataclasses.replace(RICH, places=(Place("Near", "1", ixelles.point, "ixelles"),))
    assert say.say(texts.IN_DISTRICT, district=name) in blocks.summary(say, near, CALM_ROUTE, here)
    anderlecht = CITY.city.districts["anderlecht"].point
    far = dataclasses.replace(RICH, places=(Place("Far", "2", anderlecht, "anderlecht"),))
    distance = cldr.distance(4.1, "BE", language)
    told = say.say(texts.DISTANCE, distance=distance, district=name)
    assert told in blocks.summary(say, far, CALM_ROUTE, here)
    assert name not in blocks.summary(say, far, CALM_ROUTE, HERE)


def test_of_several_places_the_nearest_is_told_first_and_all_with_their_names():
    districts = CITY.city.districts
    places = [Place(id_, f"Street of {id_}", districts[id_].point, id_) for id_ in ("jette", HOME)]
    service = dataclasses.replace(RICH, places=tuple(places))
    here = Here(CITY.city, search.Asked("en", MORNING, districts[HOME]))
    told = blocks.where_and_when(words("en"), service, here)
    assert told.index(f"{HOME}, Street of {HOME}") < told.index("jette, Street of jette")
    short = blocks.summary(words("en"), service, CALM_ROUTE, here)
    assert words("en").say(texts.IN_DISTRICT, district="Ixelles") in short


def test_distances_are_said_in_the_measure_of_the_country():
    assert cldr.distance(8, "BE", "en") == "8 km"
    assert cldr.distance(8, "US", "en") == "5 mi"
    assert cldr.distance(0.2, "DK", "da") == "1 km"


def test_a_secret_address_is_called_secret_and_never_unknown():
    told = blocks.where_and_when(words("en"), SECRET, HERE)
    assert words("en").say(texts.ADDRESS_SECRET) in told
    assert words("en").say(texts.ADDRESS_UNKNOWN) not in told


def test_on_a_holiday_nobody_is_said_to_be_open():
    christmas = MORNING.replace(month=12, day=25)
    here = Here(CITY.city, search.Asked("en", christmas))
    told = blocks.summary(words("en"), RICH, CALM_ROUTE, here)
    assert words("en").say(texts.HOLIDAY) in told
    assert "Open now" not in told


def test_what_nobody_has_confirmed_for_a_year_is_said_so():
    for days, stale in ((365, False), (366, True)):
        checked = MORNING.date() - datetime.timedelta(days=days)
        service = dataclasses.replace(RICH, checked_on=checked)
        told = blocks.summary(words("en"), service, CALM_ROUTE, HERE)
        assert ("Nobody has confirmed this since" in told) is stale


@LANGUAGES
def test_a_route_without_services_says_so_and_leads_to_people(language):
    empty = Pack(CITY.city, {id_: CITY.services[id_] for id_ in CITY.city.human_lines})
    answer = kinds.respond(Turn("housing_help", language, MORNING, memory=KNOWN), empty)
    city = CITY.city.names[language]
    assert answer.reply.paragraphs[0] == words(language).say(texts.NOTHING_KNOWN, city=city)
    assert all(number_shown(CITY.services[id_]) in answer.reply.text for id_ in empty.services)
    assert answer.outcome == UNMET
    assert_sound(answer.reply)


@pytest.mark.parametrize("route", CALM)
def test_who_asks_as_a_professional_is_counted_as_staff_from_then_on(route):
    for_staff = routes.get(route).group == "frontline" or route == "staff_wellbeing"
    after = respond(route, "en", KNOWN).memory
    assert after.audience == (STAFF if for_staff else RESIDENT)
    assert respond("housing_help", "en", after).memory.audience == after.audience
