"""A secret address is never shown: it can cost a life."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from pack_copy import PackCopy

from bot.answers import blocks
from bot.answers.here import Here
from bot.directory import search
from bot.directory.disclosure import CONFIDENTIAL
from bot.words import languages
from bot.words.catalogue import words


@pytest.fixture
def copy(tmp_path: Path) -> PackCopy:
    return PackCopy("brussels", tmp_path)


def make_secret(copy: PackCopy) -> tuple[str, list[str]]:
    """Mark a service with an address; return its id and all that could lead there."""
    link = copy.tables["service_at_location"][0]
    term = copy.where("taxonomy_terms", code=CONFIDENTIAL)[0]
    copy.append(
        *("attributes", 2),
        id="00000000-0000-4000-8000-000000000001",
        link_id=link["service_id"],
        taxonomy_term_id=term["id"],
        value="yes",
    )
    place = copy.where("locations", id=link["location_id"])[0]
    place.update(latitude="50.8341", longitude="4.3471")
    for other in copy.tables["locations"]:
        other.setdefault("latitude", "")
        other.setdefault("longitude", "")
    address = copy.where("addresses", location_id=link["location_id"])[0]
    return link["service_id"], [address["address_1"], address["postal_code"], "50.83", "4.34"]


def test_a_service_with_a_secret_address_has_none(copy):
    assert any(service.address for service in copy.pack().services.values())
    id_, _ = make_secret(copy)
    service = copy.pack().services[id_]
    assert service.address is None
    assert service.point is None
    assert service.district is None
    assert service.address_is_secret


@pytest.mark.parametrize("language", languages.supported())
def test_no_answer_holds_anything_of_a_secret_address(copy, language):
    id_, secrets = make_secret(copy)
    pack = copy.pack()
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=pack.city.time_zone)
    for district in (None, *pack.city.districts.values()):
        here = Here(pack.city, search.Asked(language, now, district))
        say, service = words(language), pack.services[id_]
        told = blocks.summary(say, service, service.routes[0], here)
        told += blocks.where_and_when(say, service, here)
        assert not [secret for secret in secrets[:1] + secrets[2:] if secret in told]
        if district:
            assert district.name_in(language) not in told, "a distance would tell where it is"


def test_others_keep_their_address(copy):
    before = {id_: service.address for id_, service in copy.pack().services.items()}
    hidden, _ = make_secret(copy)
    after = {id_: service.address for id_, service in copy.pack().services.items()}
    assert {id_ for id_ in before if before[id_] != after[id_]} == {hidden}
