"""Every city pack leads every route to services with a source, a date and numbers to call."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import phonenumbers
import pytest
import yaml

from bot import routes, settings
from bot.directory import companions, pack, tables
from bot.words import languages


@pytest.mark.parametrize("city", settings.cities())
def test_every_pack_is_whole(city):
    found = pack.load(city)
    assert found.city.id == city
    assert set(found.city.names) >= set(languages.supported())


@pytest.mark.parametrize("city", settings.cities())
def test_every_pack_says_its_version_its_licence_and_what_changed(city):
    folder = settings.CITIES / city
    told = yaml.safe_load((folder / companions.CITY).read_text(encoding="utf-8"))
    assert told["licence"] == "Apache-2.0"
    changes = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changes.partition("\n## ")[2].startswith(told["version"]), "the newest change first"


@pytest.mark.parametrize("city", settings.cities())
def test_every_route_leads_to_a_service_or_is_named_as_one_without(city):
    found = pack.load(city)
    assert set(found.by_route) | set(found.without_service) == set(routes.service_ids())
    # Most needs have a door in every city
    assert len(found.without_service) <= 3


@pytest.mark.parametrize("city", settings.cities())
@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_every_urgent_route_has_a_number_day_and_night(city, route):
    found = pack.load(city)
    lines = [service for service in found.by_route[route] if service.voice_number]
    assert any(service.always_open for service in lines)


@pytest.mark.parametrize("city", settings.cities())
def test_every_fact_has_a_source_and_a_date(city):
    for service in pack.load(city).services.values():
        assert tables.is_url(service.source), service.id
        assert 2025 <= service.checked_on.year <= 2100, service.id


@pytest.mark.parametrize("city", settings.cities())
def test_every_phone_number_can_be_called_in_its_country(city):
    found = pack.load(city)
    country = found.city.country
    wrong = [
        f"{service.default_name}: {phone.number}"
        for service in found.services.values()
        for phone in service.phones
        if not is_plausible(phone.number, country)
    ]
    assert not wrong, "\n".join(wrong)


def is_plausible(number: str, country: str) -> bool:
    parsed = phonenumbers.parse(number, country)
    return phonenumbers.is_valid_number(parsed) or phonenumbers.is_valid_short_number_for_region(
        parsed, country
    )


def numbers_in(text: str) -> Counter[str]:
    # However a language writes them; "24 hours" may become "day and night".
    digits = unicodedata.normalize("NFKC", re.sub(r"(?<=\d)[., \u00a0\u202f](?=\d{3}\b)", "", text))
    return Counter(str(int(number)) for number in re.findall(r"\d+", digits) if number != "24")


@pytest.mark.parametrize("city", settings.cities())
def test_no_number_is_lost_or_changed_in_translation(city):
    rows, _ = tables.read(settings.CITIES / city)
    english = {(row["id"], field): row[field] for table in rows.values() for row in table
               for field in row.values}  # fmt: skip
    wrong = [
        f"{row.place}: {row['text']}"
        for row in rows["translations"]
        if row["field"] != "name"
        and numbers_in(row["text"]) != numbers_in(english[row["link_id"], row["field"]])
    ]
    assert not wrong
