"""Every city pack holds together, and its check names every fault of a broken one at once."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import phonenumbers
import pytest

from bot import routes, settings
from bot.directory import __main__ as directory_check
from bot.directory import pack, tables
from bot.directory.pack import PackError
from bot.words import languages

NOBODY = "00000000-0000-4000-8000-000000000000"
Rows = list[dict[str, str]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(settings.CITIES / "brussels", tmp_path / "brussels")


def rows_of(folder: Path, table: str) -> Rows:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, rows: Rows) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def put(folder: Path, table: str, line: int, **values: str) -> None:
    rows = rows_of(folder, table)
    rows[line - 2].update(values)
    write(folder, table, rows)


def append(folder: Path, table: str, **values: str) -> int:
    rows = rows_of(folder, table)
    write(folder, table, [*rows, {**dict.fromkeys(rows[0], ""), **values}])
    return len(rows) + 2


def drop(folder: Path, table: str, **values: str) -> None:
    rows = rows_of(folder, table)
    kept = [row for row in rows if any(row[name] != value for name, value in values.items())]
    assert len(kept) < len(rows)
    write(folder, table, kept)


def rewrite_city(folder: Path, *changes: tuple[str, str]) -> None:
    path = folder / "city.yml"
    content = path.read_text(encoding="utf-8")
    for pattern, replacement in changes:
        content, found = re.subn(pattern, replacement, content)
        assert found == 1, pattern
    path.write_text(content, encoding="utf-8")


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackError) as raised:
        pack.read(folder)
    return raised.value.faults


def code_id(folder: Path, code: str) -> str:
    return next(row["id"] for row in rows_of(folder, "taxonomy_terms") if row["code"] == code)


def test_a_check_that_finds_no_fault_lets_the_copy_pass(copy):
    assert pack.read(copy).services


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


def test_every_fault_of_a_broken_pack_is_named_at_once(copy):
    term = append(
        copy,
        "taxonomy_terms",
        **{**rows_of(copy, "taxonomy_terms")[0], "id": NOBODY, "code": "mental_helth"},
    )
    assert term
    some = rows_of(copy, "services")
    wrong_route = append(
        copy,
        "attributes",
        id="00000000-0000-4000-8000-000000000001",
        link_id=some[20]["id"],
        taxonomy_term_id=NOBODY,
        link_entity="service",
    )
    drop(copy, "translations", link_id=some[8]["id"], field="description", language="nl")
    put(copy, "services", 2, url="320ruehaute")
    put(copy, "services", 3, assured_date="20-11-2026")
    put(copy, "services", 4, status="open")
    put(copy, "services", 5, organization_id="")
    put(copy, "phones", 2, id="phone-1")
    put(copy, "phones", 3, service_id=NOBODY)
    put(copy, "phones", 5, id=rows_of(copy, "phones")[2]["id"])
    put(copy, "phones", 6, number="call us", type="fax")
    put(copy, "schedules", 2, opens_at="25:00", byday="MO,DI")
    (copy / "languages.csv").unlink()
    broken = (copy / "addresses.csv").read_bytes().replace(b"Rue Haute", b"Rue Arr\xeat\xe9e")
    (copy / "addresses.csv").write_bytes(broken)
    rewrite_city(
        copy,
        ("Europe/Brussels", "Europe/Brussel"),
        ("country: BE\n", "mayor: someone\n"),
        ("Belgium: country", "Belgium: kingdom"),
        ("  abuse_at_home:", "  abuse_anywhere:"),
    )

    wanted = {
        "services.csv:2: url": "http",
        "services.csv:3: assured_date": "2026-11-20",
        "services.csv:4: status": "active, inactive",
        "services.csv:5: organization_id": "a value",
        "services.csv:10: description": "translations.csv",
        "phones.csv:2: id": "a UUID",
        "phones.csv:3: service_id": "an id of services.csv",
        "phones.csv:5: id": "an id of its own",
        "phones.csv:6: number": "digits",
        "phones.csv:6: type": "voice, sms",
        "schedules.csv:2: opens_at": "09:30",
        "schedules.csv:2: byday": "MO,TU,WE",
        f"attributes.csv:{wrong_route}: taxonomy_term_id": "a route",
        "languages.csv:1: file": "CSV",
        "addresses.csv:1: file": "UTF-8",
        "city.yml: time_zone": "Europe/Brussels",
        "city.yml: country": "BE",
        "city.yml: mayor": "emergency_service",
        "city.yml: areas": "city, country or union",
        "city.yml: first_lines": "urgent route",
    }
    told = {fault.removeprefix("brussels/"): fault for fault in faults_of(copy)}
    places = {place: [t for t in told if t.startswith(f"{place}: ")] for place in wanted}
    missing = [place for place, found in places.items() if len(found) != 1]
    assert not missing, "not named: " + "; ".join(missing)
    for place, allowed in wanted.items():
        assert allowed in places[place][0].partition("; allowed: ")[2], places[place]
    assert len(told) == len(wanted), sorted(set(told) - {found[0] for found in places.values()})


CITY_FAULTS = {
    "time_zone": ("time_zone: .*", "time_zone: 5"),
    "areas": ("areas: .*", "areas: [Brussels, Belgium]"),
    "areas, a number": ("areas: .*", "areas: {Brussels: 1}"),
    "name": ("name: .*", "name: Brussels"),
    "first_lines": (r"first_lines:(\n  .*)+", "first_lines: [emergency_now]"),
    "official_languages": ("official_languages: .*", "official_languages: fr"),
    "human_lines": (r"human_lines:(\n  - .*)+", "human_lines: somebody"),
}


@pytest.mark.parametrize("field", CITY_FAULTS)
def test_a_value_of_the_wrong_kind_in_city_yml_is_named(copy, field):
    rewrite_city(copy, CITY_FAULTS[field])
    name = field.split(",")[0]
    assert [f for f in faults_of(copy) if f.startswith(f"brussels/city.yml: {name}: ")]


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "name: [", "\x00"])
def test_a_city_yml_that_holds_no_fields_is_named(copy, content):
    (copy / "city.yml").write_text(content, encoding="utf-8")
    assert "brussels/city.yml: file: " in faults_of(copy)[0]


@pytest.mark.parametrize("field", ["emergency_service", "human_lines", "first_lines.emergency_now"])
def test_a_line_of_city_yml_without_a_number_to_call_is_named(copy, field):
    line = {"emergency_service": 2, "human_lines": 3, "first_lines.emergency_now": 4}[field]
    rewrite_city(
        copy,
        *{
            2: [("emergency_service: .*", f"emergency_service: {NOBODY}")],
            3: [(r"human_lines:\n", f"human_lines:\n  - {NOBODY}\n")],
            4: [(r"emergency_now: \[", f"emergency_now: [{NOBODY}, ")],
        }[line],
    )
    (fault,) = faults_of(copy)
    assert fault.startswith(f"brussels/city.yml: {field}: '{NOBODY}'")


@pytest.mark.parametrize("empty", ["opens_at", "closes_at", "byday"])
def test_opening_hours_that_lack_a_part_are_named(copy, empty):
    put(copy, "schedules", 2, **{empty: ""})
    (fault,) = faults_of(copy)
    assert fault.startswith(f"brussels/schedules.csv:2: {empty}: ")


@pytest.mark.parametrize("address", ["http://[::1", "https://x y.be", "ftp://x.be", "www.x.be"])
def test_a_web_address_that_cannot_be_opened_is_named(copy, address):
    put(copy, "services", 2, url=address)
    (fault,) = faults_of(copy)
    assert fault.startswith(f"brussels/services.csv:2: url: {address!r}")


def test_a_translation_of_nothing_is_named(copy):
    put(copy, "translations", 2, link_id=NOBODY)
    (fault,) = faults_of(copy)
    assert fault.startswith("brussels/translations.csv:2: link_id: ")


def test_a_route_that_leads_nowhere_is_named(copy):
    drop(copy, "attributes", taxonomy_term_id=code_id(copy, "check_rumour"))
    assert faults_of(copy) == [
        "brussels/attributes.csv: route: check_rumour has no service that is shown;"
        " allowed: one at least"
    ]


def test_an_urgent_route_needs_two_numbers_and_a_line_day_and_night(copy):
    term = code_id(copy, "crisis_self_harm")
    linked = [r for r in rows_of(copy, "attributes") if r["taxonomy_term_id"] == term]
    always = [service for service in pack.read(copy).services.values() if service.always_open]
    for row in linked:
        if row["link_id"] in {service.id for service in always}:
            drop(copy, "attributes", id=row["id"])
    told = "\n".join(faults_of(copy))
    assert "crisis_self_harm has no line open day and night; allowed: one at least" in told
    assert "crisis_self_harm has 1 numbers; allowed: two at least" in told


def test_make_check_prints_every_fault_and_fails(copy, monkeypatch, capsys):
    monkeypatch.setattr(settings, "CITIES", copy.parent)
    monkeypatch.setattr(pack, "CITIES", copy.parent)
    pack.load.cache_clear()
    put(copy, "phones", 2, number="call us")
    put(copy, "services", 2, url="nowhere")
    assert directory_check.main() == 1
    said = capsys.readouterr()
    assert "phones.csv:2: number" in said.err
    assert "services.csv:2: url" in said.err
    assert "2 faults" in said.out
    pack.load.cache_clear()
