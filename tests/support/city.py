"""What the city's directory says about the services that a reply names."""

from __future__ import annotations

from bot.answers import phones
from bot.directory import pack
from bot.directory.model import Service

from .person import ISOLATES, Seen

BRUSSELS = pack.load("brussels")


def services_named(seen: Seen, language: str) -> list[Service]:
    by_name = {
        service.name_in(language).translate(ISOLATES): service
        for service in BRUSSELS.services.values()
    }
    unknown = [heading for heading in seen.headings if heading not in by_name]
    assert not unknown, f"the directory knows no {unknown}"
    return [by_name[heading] for heading in seen.headings]


def can_be_reached(service: Service, seen: Seen) -> bool:
    ways = [phones.to_call(phone.number, "BE") for phone in service.phones]
    ways += [way for way in (service.website, service.chat, service.email) if way]
    return any(way in seen.text for way in ways)


def names(seen: Seen, language: str) -> set[str]:
    return {service.id for service in services_named(seen, language)}
