"""What keeps a pack from going live: facts that no office confirmed, lines and links that fail.

A pack without faults may be tried out; people may be led by it only when nothing is found here.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import phonenumbers

from bot import routes
from bot.directory import freshness
from bot.directory.model import Pack, Service
from bot.directory.tables import is_url
from bot.words import cldr
from bot.words.languages import SOURCE_LANGUAGE

NUMBERS = 2  # on each urgent route: one may be busy or fail
# Names that belong to nobody (RFC 2606, RFC 6761).
NOWHERE = re.compile(
    r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|local|localhost|localdomain)$"
)


def faults(pack: Pack, today: datetime.date) -> Iterator[str]:
    """Yield everything for which a pack must not go live yet."""
    for route in routes.ids("urgent"):
        yield from _route_faults(pack, route, today)
    for service in pack.services.values():
        yield from _phone_faults(service, pack.city.country)
        yield from _address_faults(service)
        yield from _language_faults(service)
    for code in pack.city.official_languages:
        if not is_known_language(code):
            yield f"city.yml: official_languages: {code!r} is unknown; allowed: a code of CLDR"


def of_route(pack: Pack, route: str) -> list[Service]:
    """Return the services that people are led to on a route, those that the city adds, too."""
    others = (service.id for service in pack.by_route.get(route, ()))
    ids = dict.fromkeys((*pack.city.first_lines.get(route, ()), *others))
    return [pack.services[id_] for id_ in ids]


def addresses(service: Service) -> dict[str, str]:
    """Return the web addresses of a service by what they are."""
    found = {"website": service.website, "chat": service.chat, "source": service.source}
    return {name: address for name, address in found.items() if address}


def is_live_address(address: str) -> bool:
    """Tell whether a web address looks as if it could be opened, without opening it."""
    if not is_url(address) or re.search(r"\s", address):
        return False
    host = urlsplit(address).hostname or ""
    return _is_public(host) and not NOWHERE.search(host) and "." in host.strip(".")


def is_callable(number: str, country: str) -> bool:
    """Tell whether a number can be called in a country; short ones and emergency numbers, too."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return False
    return (
        phonenumbers.is_possible_number(parsed)
        or phonenumbers.is_possible_short_number_for_region(parsed, country)
        or phonenumbers.is_emergency_number(number, country)
    )


def is_known_language(code: str) -> bool:
    """Tell whether CLDR knows a language."""
    return cldr.language_name(code, SOURCE_LANGUAGE) is not None


def _route_faults(pack: Pack, route: str, today: datetime.date) -> Iterator[str]:
    shown = of_route(pack, route)
    open_ = [one.default_name for one in shown if not freshness.is_confirmed(one, today)]
    if open_:
        wrong = f"not confirmed by an office within a year: {', '.join(open_)}"
        yield f"{route}: {wrong}; allowed: a check by an office, named in checked-by"
    numbers = {
        re.sub(r"\D", "", phone.number)
        for service in shown
        for phone in service.phones
        if phone.kind == "voice"
    }
    if len(numbers) < NUMBERS:
        yield f"{route}: has {len(numbers)} different numbers; allowed: {NUMBERS} at least"
    if not any(one.always_open and one.voice_number for one in shown):
        yield f"{route}: has no line open day and night; allowed: one at least"


def _phone_faults(service: Service, country: str) -> Iterator[str]:
    for phone in service.phones:
        if not is_callable(phone.number, country):
            yield _fault(service, "phone", phone.number, f"a number to call in {country}")


def _address_faults(service: Service) -> Iterator[str]:
    for name, address in addresses(service).items():
        if not is_live_address(address):
            yield _fault(service, name, address, "an address on the internet")
    host = (service.email or "").rpartition("@")[2]
    if service.email and (NOWHERE.search(host.lower()) or "." not in host):
        yield _fault(service, "email", service.email, "an address on the internet")


def _language_faults(service: Service) -> Iterator[str]:
    for code in service.languages:
        if not is_known_language(code):
            yield _fault(service, "language", code, "a code of CLDR")


def _fault(service: Service, name: str, value: str, allowed: str) -> str:
    return f"{service.default_name}, {service.id}: {name}: {value!r}; allowed: {allowed}"


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
