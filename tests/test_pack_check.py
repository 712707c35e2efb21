"""The check of a city pack names every fault of a broken one at once, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from pack_copy import PackCopy

from bot import settings
from bot.directory import __main__ as directory_check
from bot.directory import pack

NOBODY = "00000000-0000-4000-8000-000000000000"

# What is broken, and a word of what is allowed there.
BROKEN = {
    "services.csv:2: url": "http",
    "services.csv:3: assured_date": "2026-11-20",
    "services.csv:4: status": "active, inactive",
    "services.csv:5: organization_id": "a UUID",
    "services.csv:10: description": "translations.csv",
    "phones.csv:2: id": "a UUID",
    "phones.csv:3: service_id": "an id of services",
    "phones.csv:5: id": "an id of its own",
    "phones.csv:6: number": "digits",
    "phones.csv:6: type": "voice, sms",
    "schedules.csv:2: opens_at": "09:30",
    "schedules.csv:2: byday": "MO,TU",
    "attributes.csv:2: taxonomy_term_id": "a route",
    "languages.csv:1: file": "CSV",
    "addresses.csv:2: file": "UTF-8",
    "city.yml: time_zone": "Europe/Brussels",
    "city.yml: country": "BE",
    "city.yml: mayor": "emergency_service",
    "city.yml: areas": "city, country or union",
    "city.yml: first_lines": "urgent route",
}
WRONG_FACTS = {
    "source": "press release",
    "chat": "www.example.org/chat",
    "source-year": "last year",
    "anonymous": "maybe",
    "run-by": "the mayor",
    "residence-asked": "sometimes",
}


@pytest.fixture
def copy(tmp_path: Path) -> PackCopy:
    return PackCopy("brussels", tmp_path)


def break_rows(copy: PackCopy) -> None:
    undescribed = copy.tables["services"][8]["id"]
    lost = copy.where("translations", link_id=undescribed, field="description", language="nl")
    copy.drop("translations", lost)
    copy.append("taxonomy_terms", like=2, id=NOBODY, code="mental_helth")
    copy.put("attributes", 2, taxonomy_term_id=NOBODY)
    copy.put("services", 2, url="320ruehaute")
    copy.put("services", 3, assured_date="20-11-2026")
    copy.put("services", 4, status="open")
    copy.put("services", 5, organization_id="")
    copy.put("phones", 2, id="phone-1")
    copy.put("phones", 3, service_id=NOBODY)
    copy.put("phones", 5, id=copy.tables["phones"][2]["id"])
    copy.put("phones", 6, number="call us", type="fax")
    copy.put("schedules", 2, opens_at="25:00", byday="MO,DI")
    copy.save()


def break_files(copy: PackCopy) -> None:
    (copy.folder / "languages.csv").unlink()
    addresses = copy.folder / "addresses.csv"
    addresses.write_bytes(addresses.read_bytes().replace(b"Rue Haute", b"Rue Arr\xeat\xe9e"))
    copy.rewrite_city(
        ("Europe/Brussels", "Europe/Brussel"),
        ("country: BE\n", "mayor: someone\n"),
        ("Belgium: country", "Belgium: kingdom"),
        ("  abuse_at_home:", "  abuse_anywhere:"),
    )


def assert_only_fault(copy: PackCopy, place: str, *words: str) -> None:
    found = copy.faults()
    assert len(found) == 1, found
    assert found[0].startswith(f"brussels/{place}"), found
    assert all(word in found[0] for word in words), found
    assert "allowed: " in found[0]


def test_the_copy_that_these_tests_break_is_whole(copy):
    assert copy.pack().services


def test_every_fault_of_a_broken_pack_is_named_at_once(copy):
    break_rows(copy)
    break_files(copy)
    told = copy.faults()
    for place, allowed in BROKEN.items():
        named = [fault for fault in told if fault.startswith(f"brussels/{place}: ")]
        assert len(named) == 1, f"{place} is not named once: {named}"
        assert allowed in named[0].partition("; allowed: ")[2]
    assert len(told) == len(BROKEN), told


@pytest.mark.parametrize("empty", ["opens_at", "closes_at", "byday"])
def test_opening_hours_that_lack_a_part_are_named(copy, empty):
    copy.put("schedules", 2, **{empty: ""})
    told = copy.faults()
    assert f"brussels/schedules.csv:2: {empty}: is empty; allowed: a value" in told
    assert all(fault.startswith("brussels/schedules.csv:2: ") for fault in told)


@pytest.mark.parametrize("address", ["http://[::1", "https://x y.be", "ftp://x.be", "www.x.be"])
def test_a_web_address_that_cannot_be_opened_is_named(copy, address):
    copy.put("services", 2, url=address)
    assert_only_fault(copy, f"services.csv:2: url: {address!r}")


@pytest.mark.parametrize("wrong", ["2026-02-30", "yesterday", "20261120"])
def test_a_date_that_is_none_is_named(copy, wrong):
    copy.put("services", 2, assured_date=wrong)
    assert_only_fault(copy, f"services.csv:2: assured_date: {wrong!r}")


@pytest.mark.parametrize("code", WRONG_FACTS)
def test_a_fact_that_does_not_fit_is_named(copy, code):
    fact = copy.facts(code)[0]
    fact["value"] = WRONG_FACTS[code]
    line = copy.line_of("attributes", fact)
    assert_only_fault(copy, f"attributes.csv:{line}: value: {WRONG_FACTS[code]!r}")


def test_a_service_without_a_source_is_named(copy):
    service = copy.tables["services"][0]["id"]
    copy.drop("attributes", [row for row in copy.facts("source") if row["link_id"] == service])
    assert_only_fault(copy, "services.csv:2: source: has no source")


def test_an_area_that_the_city_does_not_have_is_named(copy):
    copy.put("service_areas", 2, name="Antwerp")
    areas = "Brussels, Belgium, European Union"
    assert_only_fault(copy, "services.csv:2: area: has the areas ['Antwerp']", areas)


def test_a_translation_of_nothing_is_named(copy):
    copy.put("translations", 2, link_id=NOBODY)
    assert_only_fault(copy, "translations.csv:2: link_id: ", "an id of services.csv")


def test_a_route_that_leads_nowhere_is_no_fault_but_named(copy):
    copy.drop("attributes", copy.facts("check_rumour"))
    assert copy.pack().without_service == ("check_rumour",)


def test_an_urgent_route_needs_a_line_day_and_night(copy):
    always = {service.id for service in copy.pack().services.values() if service.always_open}
    lines = copy.facts("crisis_self_harm")
    copy.drop("attributes", [row for row in lines if row["link_id"] in always])
    assert_only_fault(
        copy, "attributes.csv: route: crisis_self_harm has no line open day and night"
    )


def test_make_check_prints_every_fault_and_fails(copy, monkeypatch, capsys):
    monkeypatch.setattr(settings, "CITIES", copy.folder.parent)
    monkeypatch.setattr(pack, "load", lambda city: copy.pack())
    copy.put("phones", 2, number="call us")
    copy.put("services", 2, url="nowhere")
    assert directory_check.main() == 1
    said = capsys.readouterr()
    assert "phones.csv:2: number" in said.err
    assert "services.csv:2: url" in said.err
    assert "2 faults" in said.out


@pytest.mark.parametrize("lost", ["residence-asked", "residence-note"])
def test_what_is_said_of_residence_papers_is_never_half_of_it(copy, lost):
    told = copy.facts("residence-asked")[0]["link_id"]
    copy.drop("attributes", [row for row in copy.facts(lost) if row["link_id"] == told])
    if lost == "residence-note":
        known = {row["id"] for row in copy.tables["attributes"]}
        stale = [row for row in copy.where("translations", link_entity="attribute")
                 if row["link_id"] not in known]  # fmt: skip
        copy.drop("translations", stale)
    assert any("stands without the other of residence-asked" in one for one in copy.faults())


def test_a_service_is_not_run_by_two(copy):
    first = copy.facts("run-by")[0]
    line = copy.line_of("attributes", first)
    twice = {"police": "public"}.get(first["value"], "police")
    copy.append("attributes", like=line, id=NOBODY, value=twice)
    assert any(f"value: {twice!r} does not fit; allowed: police" in one for one in copy.faults())
