"""Every city pack leads every route to services with a source, a date and numbers to call."""

from __future__ import annotations

import phonenumbers
import pytest

from bot import routes, settings
from bot.directory import pack, tables
from bot.words import languages


@pytest.mark.parametrize("city", settings.cities())
def test_every_pack_is_whole(city):
    found = pack.load(city)
    assert found.city.id == city
    assert set(found.city.names) >= set(languages.supported())


@pytest.mark.parametrize("city", settings.cities())
@pytest.mark.parametrize("route", routes.service_ids())
def test_every_route_leads_to_a_service_that_is_shown(city, route):
    shown = [service for service in pack.load(city).services.values() if route in service.routes]
    assert shown
    if routes.get(route).urgent:
        numbers = {service.voice_number for service in shown if service.voice_number}
        assert len(numbers) >= 2
        assert any(service.always_open and service.voice_number for service in shown)


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
