"""Facts that nobody has checked are kept in the pack and never shown, in whatever language."""

from __future__ import annotations

import csv
import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import routes, settings
from bot.answers import kinds
from bot.answers.model import Memory, Turn
from bot.answers.payload import AFTER, MORE, WHERE
from bot.answers.services import PAGE
from bot.directory import pack
from bot.directory.model import Pack, Service
from bot.directory.pack import PackError
from bot.words import languages

# A copy of a pack gets a canary into every unchecked text: none of them may ever sing.
TEXTS = {"cost": "fees_description", "audience": "eligibility_description"}
ADDRESSES = {"website": "url", "email": "email"}
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
    "chat": lambda service: service.chat is None,
    "address": lambda service: service.address is None,
    "audience": lambda service: service.audience is None,
}
CITIES = pytest.mark.parametrize("city", settings.cities())


class Tables:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = {path.stem: read(path) for path in folder.glob("*.csv")}
        self.codes = {row["id"]: row["code"] for row in self.rows["taxonomy_terms"]}

    def facts(self, code: str) -> list[dict[str, str]]:
        attributes = self.rows["attributes"]
        return [row for row in attributes if self.codes[row["taxonomy_term_id"]] == code]

    def unchecked(self) -> Iterator[tuple[str, str]]:
        return ((row["link_id"], row["value"]) for row in self.facts("unchecked"))

    def hide_only(self, *facts: str) -> None:
        shown = [row for row in self.facts("unchecked") if row["value"] not in facts]
        attributes = self.rows["attributes"]
        self.rows["attributes"] = [row for row in attributes if row not in shown]

    def of(self, table: str, **wanted: str) -> list[dict[str, str]]:
        found = self.rows[table]
        return [row for row in found if all(row[name] == text for name, text in wanted.items())]

    def save(self) -> None:
        for name, rows in self.rows.items():
            path = self.folder / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plant(tables: Tables) -> set[str]:
    planted = set()
    whole = {row["link_id"] for row in tables.facts("unchecked") if row["value"] == "entry"}
    for number, (service, fact) in enumerate(sorted(set(tables.unchecked()))):
        canary = f"canary{number:03}"
        for row, field in places(tables, service, fact):
            row[field] = canary if field not in ADDRESSES.values() else f"https://{canary}.example"
            if field == "email":
                row[field] = f"nobody@{canary}.example"
            planted |= {canary} if service not in whole else set()
    return planted


def places(tables: Tables, service: str, fact: str) -> Iterator[tuple[dict[str, str], str]]:
    kind, _, language = fact.partition(":")
    (row,) = tables.of("services", id=service)
    if fact in ADDRESSES and row[ADDRESSES[fact]]:
        yield row, ADDRESSES[fact]
    if fact in TEXTS and row[TEXTS[fact]]:
        yield row, TEXTS[fact]
        yield from translated(tables, service, TEXTS[fact])
    if fact == "address":
        for link in tables.of("service_at_location", service_id=service):
            for address in tables.of("addresses", location_id=link["location_id"]):
                yield address, "address_1"
    if fact in ("chat", "what-happens"):
        for attribute in (row for row in tables.facts(fact) if row["link_id"] == service):
            yield attribute, "value"
            yield from translated(tables, attribute["id"], "value")
    if kind == "name":
        yield from translated(tables, service, "name", language=language)


def translated(
    tables: Tables, id_: str, field: str, **more: str
) -> Iterator[tuple[dict[str, str], str]]:
    found = tables.of("translations", link_id=id_, field=field, **more)
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


@pytest.fixture
def copied(tmp_path: Path, city: str) -> Tables:
    return Tables(Path(shutil.copytree(settings.CITIES / city, tmp_path / city)))


@CITIES
def test_no_unchecked_fact_is_built_into_a_service(city):
    found = pack.load(city)
    for id_, fact in Tables(settings.CITIES / city).unchecked():
        service = found.services.get(id_)
        assert (fact == "entry") is (service is None), f"{id_}: {fact}"
        if service:
            assert is_hidden(service, fact), f"{service.default_name}: {fact}"


def is_hidden(service: Service, fact: str) -> bool:
    kind, _, detail = fact.partition(":")
    if not detail:
        return HIDDEN[fact](service)
    held = {"route": service.routes, "name": service.names, "language": service.languages}
    return detail not in held[kind]


@CITIES
def test_no_unchecked_text_is_said_on_any_route_in_any_view_in_any_language(copied):
    assert plant(copied)
    copied.save()
    assert "canary" not in everything_said(pack.read(copied.folder))


@CITIES
def test_the_same_texts_are_said_once_they_are_checked(copied):
    planted = plant(copied)
    copied.hide_only("entry")
    copied.save()
    said = everything_said(pack.read(copied.folder))
    silent = {canary for canary in planted if canary not in said}
    assert not silent


@CITIES
def test_a_service_that_is_unchecked_as_a_whole_is_nowhere_named(copied):
    mark = copied.facts("unchecked")[0]
    (service,) = copied.of("services", id=mark["link_id"])
    service["name"] = service["description"] = "canary"
    for row in copied.of("translations", link_id=service["id"]):
        row["text"] = "canary"
    copied.save()
    assert "canary" in everything_said(pack.read(copied.folder))

    mark["value"] = "entry"
    copied.save()
    assert "canary" not in everything_said(pack.read(copied.folder))


@CITIES
@pytest.mark.parametrize("mark", ["costs", "route:mental_helth", "name:", "language:english", ""])
def test_a_mark_that_would_hide_nothing_is_a_fault(copied, mark):
    copied.facts("unchecked")[0]["value"] = mark
    copied.save()
    with pytest.raises(PackError) as raised:
        pack.read(copied.folder)
    (fault,) = raised.value.faults
    assert f": value: {mark!r} is unknown" in fault
