"""How to reach a service in writing, or by phone: for whoever cannot or will not do the other."""

from __future__ import annotations

from bot.answers import blocks, phones
from bot.answers.days import not_confirmed
from bot.answers.here import Here
from bot.directory import districts
from bot.directory.model import Service
from bot.words import followups, texts
from bot.words.catalogue import Words


def writable_first(services: list[Service]) -> list[Service]:
    """Return those that read messages first, then those with a website or an address, then none."""
    return sorted(services, key=lambda one: (not reads_messages(one), not _has_page_or_door(one)))


def callable_first(services: list[Service]) -> list[Service]:
    """Return those with a number that is answered by voice first."""
    return sorted(services, key=lambda service: service.voice_number is None)


def in_writing(words: Words, service: Service, here: Here) -> str:
    """Return a service with every way to write to it; one that has none says so."""
    links = (
        (texts.CHAT, {"url": service.chat}),
        (texts.EMAIL, {"address": service.email}),
        (texts.WEBSITE, {"url": service.website}),
        (followups.LETTER, {"address": _address(service, here)}),
    )
    ways = [
        *_text_messages(words, service, here),
        *(words.say(text, **values) for text, values in links if all(values.values())),
    ]
    return _paragraph(words, service, here, ways or [words.say(followups.NO_WRITTEN_WAY)])


def by_phone(words: Words, service: Service, here: Here) -> str:
    """Return a service with its numbers; one that has none says so."""
    numbers = blocks.phone_lines(words, service, here, ("voice",))
    return _paragraph(words, service, here, numbers or [words.say(followups.NO_PHONE)])


def _paragraph(words: Words, service: Service, here: Here, lines: list[str]) -> str:
    named = blocks.heading(words, service)
    return "\n".join((named, *lines, *not_confirmed(words, service, here)))


def _text_messages(words: Words, service: Service, here: Here) -> list[str]:
    """Return the numbers for text messages; what they are for stands on a line of its own."""
    return [
        line
        for phone in service.phones
        if phone.kind == "sms"
        for line in (
            words.say(texts.PHONE_TEXT, number=phones.to_call(phone.number, here.city.country)),
            *((phone.note.in_language(words.language),) if phone.note else ()),
        )
    ]


def _address(service: Service, here: Here) -> str | None:
    if service.address_is_secret:
        return None
    places = districts.nearest_first(service, here.asked.near)
    return next((place.address for place in places if place.address), None)


def reads_messages(service: Service) -> bool:
    """Tell whether a service has an e-mail address, a chat, or a number for text messages."""
    written = any(phone.kind == "sms" for phone in service.phones)
    return bool(service.email or service.chat or written)


def _has_page_or_door(service: Service) -> bool:
    return bool(service.website or (service.address and not service.address_is_secret))
