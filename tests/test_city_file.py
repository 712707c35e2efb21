"""A city.yml that does not fit is named field by field, and never ends the check in a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from pack_copy import PackCopy

NOBODY = "00000000-0000-4000-8000-000000000000"
WRONG_KINDS = {
    "time_zone": ("time_zone: .*", "time_zone: 5"),
    "name": ("name: .*", "name: Brussels"),
    "areas": ("areas: .*", "areas: [Brussels, Belgium]"),
    "areas, a number": ("areas: .*", "areas: {Brussels: 1}"),
    "first_lines": (r"first_lines:(\n  .*)+", "first_lines: [emergency_now]"),
    "first_lines, a text": (r"emergency_now: \[.*\]", "emergency_now: 112"),
    "official_languages": ("official_languages: .*", "official_languages: fr"),
    "human_lines": (r"human_lines:(\n  - .*)+", "human_lines: somebody"),
}
UNKNOWN_LINES = {
    "emergency_service": ("emergency_service: .*", f"emergency_service: {NOBODY}"),
    "human_lines": (r"human_lines:\n", f"human_lines:\n  - {NOBODY}\n"),
    "first_lines.emergency_now": (r"emergency_now: \[", f"emergency_now: [{NOBODY}, "),
}


@pytest.fixture
def copy(tmp_path: Path) -> PackCopy:
    return PackCopy("brussels", tmp_path)


@pytest.mark.parametrize("kind", WRONG_KINDS)
def test_a_value_of_the_wrong_kind_is_named(copy, kind):
    copy.rewrite_city(WRONG_KINDS[kind])
    (fault,) = copy.faults()
    assert fault.startswith(f"brussels/city.yml: {kind.split(',')[0]}: ")
    assert "allowed: " in fault


@pytest.mark.parametrize(
    "given",
    [
        "1255795",
        "{count: 1255795}",
        "{count: 0, year: 2025, source: 'https://x.org'}",
        "{count: many, year: 2025, source: 'https://x.org'}",
        "{count: true, year: 2025, source: 'https://x.org'}",
        "{count: 1255795, year: 25, source: 'https://x.org'}",
        "{count: 1255795, year: 2025, source: Statbel}",
        "{count: 1255795, year: 2025, source: 'https://x.org', by: me}",
    ],
)
def test_how_many_live_there_needs_a_count_a_year_and_a_source(copy, given):
    copy.rewrite_city((r"inhabitants:(\n  .*)+", f"inhabitants: {given}"))
    (fault,) = copy.faults()
    assert fault.startswith("brussels/city.yml: inhabitants: ")
    assert "a count, its source (a web address) and its year" in fault


@pytest.mark.parametrize("field", ["name", "time_zone", "country", "areas", "human_lines"])
def test_a_missing_field_is_named(copy, field):
    copy.rewrite_city((rf"(?m)^{field}:.*(\n  - .*)*\n", ""))
    (fault,) = copy.faults()
    assert fault.startswith(f"brussels/city.yml: {field}: is missing; allowed: ")


@pytest.mark.parametrize("field", UNKNOWN_LINES)
def test_a_line_without_a_number_to_call_is_named(copy, field):
    copy.rewrite_city(UNKNOWN_LINES[field])
    (fault,) = copy.faults()
    assert fault.startswith(f"brussels/city.yml: {field}: '{NOBODY}'")


def test_a_language_in_which_the_city_has_no_name_is_named(copy):
    copy.rewrite_city((", ar: [^}]*", ""))
    (fault,) = copy.faults()
    assert fault.startswith("brussels/city.yml: name: ")


@pytest.mark.parametrize("content", [b"", b"- a\n- b\n", b"name: [", b"\x00", b"name: \xe9"])
def test_a_file_that_holds_no_fields_is_named(copy, content):
    (copy.folder / "city.yml").write_bytes(content)
    (fault,) = copy.faults()
    assert fault.startswith("brussels/city.yml: file: ")


def test_a_missing_file_is_named(copy):
    (copy.folder / "city.yml").unlink()
    (fault,) = copy.faults()
    assert fault.startswith("brussels/city.yml: file: FileNotFoundError")
