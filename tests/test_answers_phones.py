"""Every number is read in a form that a phone can call at a touch."""

from __future__ import annotations

import dataclasses
import re

import pytest
from replies import CITY, MORNING

from bot import routes
from bot.answers import blocks, kinds, phones
from bot.answers.here import Here
from bot.answers.model import Memory, Turn
from bot.answers.payload import WHERE
from bot.directory import pack, search
from bot.directory.model import Place, Point
from bot.settings import cities
from bot.words import languages
from bot.words.catalogue import words

EVERY_CITY = pytest.mark.parametrize("city", cities())
# In the international form of E.123: a plus, the country, groups of digits.
INTERNATIONAL = re.compile(r"\+[1-9]\d{0,2}( [\d-]+)+")


def numbers_of(city: str) -> set[str]:
    services = pack.load(city).services.values()
    return {phone.number for service in services for phone in service.phones}


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


@pytest.mark.parametrize(
    ("number", "country", "shown"),
    [
        ("02 535 45 42", "BE", "+32 2 535 45 42"),
        ("+32 2 648 40 14", "BE", "+32 2 648 40 14"),
        ("0492 40 84 84", "BE", "+32 492 40 84 84"),
        ("86 12 34 56", "DK", "+45 86 12 34 56"),
        ("720-913-2000", "US", "+1 720-913-2000"),
        ("+44 20 7946 0958", "BE", "+44 20 7946 0958"),
    ],
)
def test_a_number_that_can_be_called_from_abroad_is_international(number, country, shown):
    assert phones.to_call(number, country) == shown


@pytest.mark.parametrize(
    ("number", "country"),
    [
        *(("112", country) for country in ("BE", "DK", "US")),
        *(("911", "US"), ("988", "US"), ("101", "BE"), ("116 000", "BE"), ("1813", "BE")),
        *(("0800 32 123", "BE"), ("80 200 500", "DK"), ("1-800-799-7233", "US")),
        *(("078 150 300", "BE"), ("56003", "US"), ("439311", "US"), ("898-211", "US")),
        *(("", "BE"), ("ask at the desk", "BE"), ("02 11", "BE"), ("303-894-2997 ext. 5", "US")),
        *(("02 535 45 42 / 02 535 45 43", "BE"), ("02 535 45 42 (ask for Ann)", "BE")),
        *(("02 535 45 42;02 535 45 43", "BE"), ("720-913-HELP", "US")),
    ],
)
def test_a_number_for_danger_a_short_or_a_free_one_stays_as_it_is_printed(number, country):
    assert phones.to_call(number, country) == number


@EVERY_CITY
def test_every_number_of_a_city_stays_the_same_number(city):
    country = pack.load(city).city.country
    prefix = {"BE": "32", "DK": "45", "US": "1"}[country]
    assert numbers_of(city)
    for number in numbers_of(city):
        shown = phones.to_call(number, country)
        if shown == number:
            continue
        assert INTERNATIONAL.fullmatch(shown), shown
        # Nothing is added but the country, nothing is left out but the zero of long distance.
        assert digits(shown).removeprefix(prefix) == digits(number).lstrip("0").removeprefix(prefix)


@EVERY_CITY
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_reply_shows_a_number_in_any_other_form(city, language):
    here = pack.load(city)
    changed = {n for n in numbers_of(city) if phones.to_call(n, here.city.country) != n}
    # A printed number may end another one: 02 535 ... stands in +32 2 535 ... only without zero.
    wrong = [re.compile(rf"(?<![\d-]){re.escape(n)}(?!\d)") for n in changed]
    wrong = [w for w, n in zip(wrong, changed) if n[0] != "+" and len(digits(n)) > 6]
    for route in routes.service_ids():
        for view in ("", WHERE):
            turn = Turn(route, language, MORNING, view=view, memory=Memory(introduced=True))
            shown = re.sub(r"\+\d[\d -]*", "", kinds.respond(turn, here).reply.text)
            assert not [one.pattern for one in wrong if one.search(shown)], route


@EVERY_CITY
def test_the_number_for_danger_is_as_short_as_it_is_printed(city):
    here = pack.load(city)
    assert phones.in_danger(here) == here.emergency_number
    assert len(digits(phones.in_danger(here))) == 3


PIN = r"Map: https://www\.openstreetmap\.org/\?mlat=(-?\d+\.\d{5})&mlon=(-?\d+\.\d{5})#map=17/\1/\2"
SEARCH = r"Map: https://www\.openstreetmap\.org/search\?query=[\w%.~-]+"


@pytest.mark.parametrize(("is_exact", "form"), [(True, PIN), (False, SEARCH)])
def test_a_map_has_a_pin_on_a_known_point_and_else_looks_for_the_address(is_exact, form):
    here = Here(CITY.city, search.Asked("en", MORNING))
    place = Place("House", "Rue Haute / Hoogstraat 1", Point(50.84, 4.35), is_exact=is_exact)
    house = dataclasses.replace(next(iter(CITY.services.values())), places=(place,))
    lines = blocks.where_and_when(words("en"), house, here).split("\n")
    (shown,) = [line for line in lines if line.startswith("Map: ")]
    assert re.fullmatch(form, shown)


def test_every_address_that_is_shown_comes_with_a_map():
    here = Here(CITY.city, search.Asked("en", MORNING))
    visited = [one for one in CITY.services.values() if one.address and not one.address_is_secret]
    assert visited
    for service in visited:
        assert "openstreetmap" in blocks.where_and_when(words("en"), service, here), service.id


@pytest.mark.parametrize("language", languages.supported())
def test_no_map_leads_to_a_secret_address(language):
    here = Here(CITY.city, search.Asked(language, MORNING))
    place = Place("Refuge", "Rue Haute 1", Point(50.84, 4.35), is_exact=True)
    open_house = dataclasses.replace(next(iter(CITY.services.values())), places=(place,))
    secret = dataclasses.replace(open_house, address_is_secret=True)
    say = words(language)
    assert "mlat=50.84000&mlon=4.35000" in blocks.where_and_when(say, open_house, here)
    assert "openstreetmap" not in blocks.where_and_when(say, secret, here)
