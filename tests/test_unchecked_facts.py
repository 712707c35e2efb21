"""Facts that nobody has checked are kept in the pack and never shown, in whatever language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from pack_copy import PackCopy, Row

from bot import routes, settings
from bot.answers import kinds
from bot.answers.model import Memory, Turn
from bot.answers.payload import AFTER, MORE, WHERE
from bot.answers.services import PAGE
from bot.directory.model import Pack, Service
from bot.words import languages

# A copy of a pack gets a canary into every unchecked text: none of them may ever sing.
TEXTS = {"cost": "fees_description", "audience": "eligibility_description"}
ADDRESSES = {"website": "url", "email": "email"}
SONGS = {"website": "https://{}.example", "chat": "https://{}.example", "email": "a@{}.example"}
HIDDEN = {
    "organization": lambda service: service.organization is None,
    "website": lambda service: service.website is None,
    "email": lambda service: service.email is None,
    "phone": lambda service: service.phones == (),
    "hours": lambda service: (service.openings, service.hours_notes) == ((), ()),
    "languages": lambda service: (service.languages, service.language_notes) == ((), ()),
    "cost": lambda service: service.cost is None,
    "anonymous": lambda service: service.anonymous is None,
    "what-happens": lambda service: service.what_happens is None,
    "run-by": lambda service: service.run_by is None,
    "residence-asked": lambda service: service.residence_asked is None,
    "answer-within": lambda service: service.answer_within is None,
    "chat": lambda service: service.chat is None,
    "address": lambda service: service.address is None,
    "audience": lambda service: service.audience is None,
}
CITIES = pytest.mark.parametrize("city", settings.cities())


Place = tuple[Row, str]


@pytest.fixture
def copy(tmp_path: Path, city: str) -> PackCopy:
    return PackCopy(city, tmp_path)


def marks(copy: PackCopy) -> list[tuple[str, str]]:
    return sorted({(row["link_id"], row["value"]) for row in copy.facts("unchecked")})


def plant(copy: PackCopy) -> set[str]:
    planted = set()
    for number, (service, fact) in enumerate(marks(copy)):
        canary = f"canary{number:03}"
        for row, field in places(copy, service, fact):
            row[field] = SONGS.get(fact, "{}").format(canary)
            planted |= {canary} if (service, "entry") not in marks(copy) else set()
    return planted


def places(copy: PackCopy, service: str, fact: str) -> Iterator[Place]:
    kind, _, language = fact.partition(":")
    (row,) = copy.where("services", id=service)
    if fact in ADDRESSES and row[ADDRESSES[fact]]:
        yield row, ADDRESSES[fact]
    if fact in TEXTS and row[TEXTS[fact]]:
        yield row, TEXTS[fact]
        yield from translated(copy, service, TEXTS[fact])
    if fact == "address":
        for link in copy.where("service_at_location", service_id=service):
            for address in copy.where("addresses", location_id=link["location_id"]):
                yield address, "address_1"
    if fact in ("chat", "what-happens", "answer-within"):
        for attribute in (row for row in copy.facts(fact) if row["link_id"] == service):
            yield attribute, "value"
            yield from translated(copy, attribute["id"], "value")
    if kind == "name":
        yield from translated(copy, service, "name", language=language)


def translated(copy: PackCopy, id_: str, field: str, **more: str) -> Iterator[Place]:
    found = copy.where("translations", link_id=id_, field=field, **more)
    return ((translation, "text") for translation in found)


def everything_said(city_pack: Pack) -> str:
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=city_pack.city.time_zone)
    said = []
    for language in languages.supported():
        for route in routes.ids():
            for view, choice in views(city_pack, route):
                memory = Memory(last_route="mental_health", introduced=True)
                turn = Turn(route, language, now, view=view, choice=choice, memory=memory)
                said.append(kinds.respond(turn, city_pack).reply.text)
    return "\n".join(said)


def views(city_pack: Pack, route: str) -> list[tuple[str, str]]:
    count = sum(route in service.routes for service in city_pack.services.values())
    pages = [str(page) for page in range(count // PAGE + 1)]
    return [("", "")] + [(view, page) for view in (MORE, WHERE, AFTER) for page in pages]


@CITIES
def test_no_unchecked_fact_is_built_into_a_service(copy):
    found = copy.pack()
    assert len(found.unchecked) == len(marks(copy))
    for id_, fact in marks(copy):
        service = found.services.get(id_)
        if service:
            assert is_hidden(service, fact), f"{service.default_name}: {fact}"
        else:
            assert (id_, "entry") in marks(copy), f"{id_}: {fact}"


def is_hidden(service: Service, fact: str) -> bool:
    kind, _, detail = fact.partition(":")
    if not detail:
        return HIDDEN[fact](service)
    held = {"route": service.routes, "name": service.names, "language": service.languages}
    return detail not in held[kind]


@CITIES
def test_no_unchecked_text_is_said_on_any_route_in_any_view_in_any_language(copy):
    assert plant(copy)
    assert "canary" not in everything_said(copy.pack())


@CITIES
def test_the_same_texts_are_said_once_they_are_checked(copy):
    planted = plant(copy)
    checked = [row for row in copy.facts("unchecked") if row["value"] != "entry"]
    copy.drop("attributes", checked)
    said = everything_said(copy.pack())
    silent = {canary for canary in planted if canary not in said}
    assert not silent


@CITIES
def test_a_service_that_is_unchecked_as_a_whole_is_nowhere_named(copy):
    needed = (copy.folder / "city.yml").read_text(encoding="utf-8")
    mark = next(mark for mark in copy.facts("unchecked") if mark["link_id"] not in needed)
    (service,) = copy.where("services", id=mark["link_id"])
    service["name"] = service["description"] = "canary"
    for row in copy.where("translations", link_id=service["id"]):
        row["text"] = "canary"
    assert "canary" in everything_said(copy.pack())
    mark["value"] = "entry"
    assert "canary" not in everything_said(copy.pack())


@CITIES
@pytest.mark.parametrize("mark", ["costs", "route:mental_helth", "name:", "language:english", ""])
def test_a_mark_that_would_hide_nothing_is_a_fault(copy, mark):
    copy.facts("unchecked")[0]["value"] = mark
    (fault,) = copy.faults()
    assert f": value: {mark!r} is unknown" in fault
