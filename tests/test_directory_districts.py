"""Where somebody is: no finer than a district, from a name, a postcode or a shared location."""

from __future__ import annotations

import pytest

from bot import settings
from bot.directory import districts, pack
from bot.directory.model import Point
from evaluation import messages

BRUSSELS = pack.load("brussels").city
NAMED = {
    "1070": "anderlecht",
    "je cherche une école à Schaerbeek": "schaerbeek",
    "ik woon in elsene en heb honger": "ixelles",
    "I live in saint gilles and I need food": "saint_gilles",
    "1000 Bruxelles, un médecin ?": "pentagon",
    "woluwe-saint-lambert": "woluwe_saint_lambert",
    "WOLUWE SAINT PIERRE": "woluwe_saint_pierre",
    "Forest": "forest",
    "haren": "haren",
    "a doctor in Forest please": "forest",
    "het is in Molenbeek gebeurd": "molenbeek",
    "ıxelles'de oturuyorum": "ixelles",
    "Saınt-Gılles": "saint_gilles",
    "1050 Brussels": "ixelles",
}
NOT_NAMED = [
    "", "1000 euro", "I need 1070 euros for the rent", "I was in the forest", "je jette tout",
    "I AM LOST IN THE FOREST", "Forest fires scare me", "ik slaap buiten in de vorst",
    "I owe 1050 euros to my landlord in Brussels", "ik heb geen laken op mijn bed",
    "from Ixelles to Uccle", "Schaerbeekse", "10700", "mijn haren vallen uit", "112",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_district_is_known_by_its_names_and_postcode(text):
    assert districts.mentioned(BRUSSELS, text).id == NAMED[text]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_no_district_is_guessed(text):
    assert districts.mentioned(BRUSSELS, text) is None


@pytest.mark.parametrize(
    ("text", "beside"), [("1070", 0), ("I am in Ixelles", 3), ("un médecin à Ixelles svp", 4)]
)
def test_the_words_beside_a_place_are_counted(text, beside):
    assert districts.words_beside(BRUSSELS, text) == beside


@pytest.mark.parametrize("city", settings.cities())
def test_every_name_and_the_middle_of_a_district_lead_to_it(city):
    found = pack.load(city).city
    for district in found.districts.values():
        assert districts.nearest(found, district.point) == district
        for name in (*district.names.values(), *district.aliases):
            assert districts.mentioned(found, name) == district, name
        for postcode in district.postcodes:
            assert districts.mentioned(found, postcode) == district
            assert districts.of_postcode(found, postcode) == district


def test_a_place_outside_the_city_has_no_district():
    assert districts.nearest(BRUSSELS, Point(51.21, 4.40)) is None
    assert districts.nearest(BRUSSELS, Point(0, 0)) is None


def test_distances_are_those_on_a_globe():
    # A degree of latitude is a sixtieth of 60 * 1.852 km; longitude shrinks to the poles.
    assert districts.distance_km(Point(50, 4), Point(51, 4)) == pytest.approx(111.2, abs=0.1)
    assert districts.distance_km(Point(60, 4), Point(60, 5)) == pytest.approx(55.6, abs=0.1)
    assert districts.distance_km(Point(50, 4), Point(50, 4)) == 0


# Districts that people of Brussels named in messages, on purpose.
MEANT = {"brussels"}


@pytest.mark.parametrize("city", sorted({*settings.cities()} - MEANT))
def test_no_message_of_another_city_names_a_district(city):
    # Training messages are those of anybody anywhere: a district found there is an ordinary word
    found = pack.load(city).city
    named = [
        (message.text, district.id)
        for message in messages.training()
        for district in [districts.mentioned(found, message.text)]
        if district
    ]
    assert len(named) <= 5, named[:20]
