"""A rumour's file that does not fit is named field by field, not shown, and stops nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from pack_copy import PackCopy

from bot import command
from bot.rumours import library, reading
from bot.rumours.model import STATES
from bot.settings import ROOT
from bot.words import languages

EXAMPLE = ROOT / "tests" / "rumours" / "marrowby" / "rumours" / "water_poisoned.yml"
ALL = languages.supported()
LONG_AGO = "1999-01-01"
WRONG: dict[str, Any] = {
    "id": "Water!",
    "claim": {"xx": "no language"},
    "also_told": {"en": "no list"},
    "state": "perhaps",
    "fact": {"en": 5},
    "why_it_misleads": "in no language",
    "fact_again": {"en": "two\nlines"},
    "source": ["no address"],
    "messenger": {"who": {"en": "without agreement"}},
    "signed_by": "",
    "signed_on": "yesterday",
    "date_published": "soon",
    "next_check": 5,
    "routes": ["greet"],
    "surprise": "unknown",
}


def content() -> dict[str, Any]:
    return yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))


def faults(folder: Path, given: object, name: str = "water_poisoned.yml") -> list[str]:
    place = folder / "town" / "rumours" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    text = given if isinstance(given, str) else yaml.safe_dump(given, allow_unicode=True)
    place.write_text(text, encoding="utf-8")
    return list(reading.read(folder / "town", ALL).faults)


def test_the_example_has_no_faults(tmp_path):
    assert faults(tmp_path, content()) == []


def test_all_faults_of_all_fields_are_named_at_once(tmp_path):
    found = faults(tmp_path, {**content(), **WRONG, "state": False})
    named = {fault.split(": ")[1] for fault in found}
    assert named == set(WRONG) - {"state"}
    for fault in found:
        assert fault.startswith("town/rumours/water_poisoned.yml: ")
        assert "; allowed: " in fault


@pytest.mark.parametrize(
    "field", [name for name in content() if name not in ("also_told", "routes")]
)
def test_a_missing_field_is_named(tmp_path, field):
    found = faults(tmp_path, {name: value for name, value in content().items() if name != field})
    assert any(f": {field}: is missing; allowed: " in fault for fault in found)


@pytest.mark.parametrize("field", ["claim", "fact", "why_it_misleads", "fact_again"])
def test_a_shown_text_that_lacks_a_promised_language_is_named(tmp_path, field):
    given = content()
    del given[field]["sk"], given[field]["uk"]
    (fault,) = faults(tmp_path, given)
    assert f"{field}: is missing in sk, uk; allowed: " in fault


def test_other_wordings_may_lack_any_language(tmp_path):
    assert faults(tmp_path, {**content(), "also_told": {"da": []}}) == []


@pytest.mark.parametrize(
    ("state", "faulty"),
    [
        (True, {"what_to_do", "why_it_misleads", "fact_again"}),
        ("not_known_yet", {"why_it_misleads", "fact_again"}),
    ],
)
def test_each_state_has_its_own_fields(tmp_path, state, faulty):
    found = faults(tmp_path, {**content(), "state": state})
    assert {fault.split(": ")[1] for fault in found} == faulty
    assert STATES == ("true", "false", "not_known_yet")


@pytest.mark.parametrize(
    ("field", "day"),
    [("signed_on", "2999-01-01"), ("date_published", LONG_AGO), ("next_check", LONG_AGO)],
)
def test_days_in_an_order_that_cannot_be_are_named(tmp_path, field, day):
    given = yaml.safe_dump({**content(), field: "DAY"}, allow_unicode=True)
    found = faults(tmp_path, given.replace("DAY", day))
    assert any(f": {field}: is too early or too late; allowed: " in fault for fault in found)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("[1, 2", "a.yml"),
        ("- a list", "a.yml"),
        ("", "a.yml"),
        ("a: &x [1]\nb: *x", "a.yml"),
        ("? [a]\n: b", "a.yml"),
        ("notes", "notes.txt"),
        ("#" * 200_001, "a.yml"),
    ],
)
def test_a_file_that_holds_no_fields_is_named_and_ends_nothing(tmp_path, given, name):
    (fault,) = faults(tmp_path, given, name)
    assert fault.startswith(f"town/rumours/{name}: file: ")


def test_a_file_under_another_name_than_its_id_is_named(tmp_path):
    (fault,) = faults(tmp_path, content(), "other.yml")
    assert fault.endswith("id: is not the file's name; allowed: other")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    copy = PackCopy("brussels", tmp_path)
    folder = copy.folder / "rumours"
    shutil.rmtree(folder)
    shutil.copytree(EXAMPLE.parent, folder)
    return copy.folder


def test_a_broken_rumour_is_left_out_and_the_city_is_served_all_the_same(town):
    from bot.directory import pack

    (town / "rumours" / "old_bridge.yml").write_text("id: [", encoding="utf-8")
    found = pack.read(town)
    assert found.emergency_number == "112"
    served = library.of(found)
    assert "old_bridge" not in served.rumours
    assert len(served.rumours) == 11
    assert len(served.faults) == 1


def test_check_names_faults_and_ends_with_1(town, capsys):
    assert command.main(["rumours", "check", str(town)]) == 0
    assert "no faults in 12 rumours" in capsys.readouterr().out
    (town / "rumours" / "old_bridge.yml").write_text("id: [", encoding="utf-8")
    assert command.main(["rumours", "check", str(town)]) == 1
    assert "brussels/rumours/old_bridge.yml: file: " in capsys.readouterr().err


def test_check_tells_drafts_and_what_must_be_looked_at_again(town, capsys):
    path = town / "rumours" / "old_bridge.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2026-11", "2019-11").replace("2027-02", "2020-02"), "utf-8")
    draft = town / "rumours" / "mill_school.yml"
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("Marrowby Information Office", "none"), "utf-8")
    assert command.main(["rumours", "check", str(town)]) == 0
    told = capsys.readouterr().out
    assert "old_bridge: should have been checked on 2020-02-15" in told
    assert "mill_school: a draft that nobody has signed" in told


def test_try_shows_which_rumour_a_text_finds(town, capsys):
    assert command.main(["rumours", "try", str(town), "is the tap water poisoned"]) == 0
    assert "found: water_poisoned (en, alike " in capsys.readouterr().out
    assert command.main(["rumours", "try", str(town), "do cows fly", "--language", "en"]) == 0
    assert "found: none" in capsys.readouterr().out


def test_export_is_claim_review_of_signed_rumours_only(town, capsys):
    draft = town / "rumours" / "mill_school.yml"
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("Marrowby Information Office", "none"), "utf-8")
    assert command.main(["rumours", "export", str(town)]) == 0
    reviews = json.loads(capsys.readouterr().out)
    assert len(reviews) == 11 * len(ALL)
    assert {one["@type"] for one in reviews} == {"ClaimReview"}
    water = next(
        r for r in reviews if (r["identifier"], r["inLanguage"]) == ("water_poisoned", "en")
    )
    assert water["claimReviewed"] == "The tap water has been poisoned."
    assert water["reviewRating"]["alternateName"] == "False"
    assert water["author"]["name"] == "Marrowby Information Office"
    assert water["datePublished"] == "2026-11-17"
    assert water["url"] == "https://marrowby.example/checked/water_poisoned"
