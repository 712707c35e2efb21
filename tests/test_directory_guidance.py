"""What staff should know of their city: sourced, in every language, and every fault is named."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pack_copy import PackCopy

from bot import command, settings
from bot.directory import online, pack
from bot.directory.guidance import SETTINGS
from bot.directory.online import OnlineError
from bot.directory.sourced import Sourced
from bot.words import languages

CITIES = pytest.mark.parametrize("city", settings.cities())
PLATFORMS = {
    *("instagram", "tiktok", "youtube", "facebook", "x", "telegram", "whatsapp", "discord"),
}
LONGEST_SENTENCE = 32
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def copy(tmp_path: Path) -> PackCopy:
    return PackCopy("brussels", tmp_path)


def rewrite(path: Path, **fields: object) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**content, **fields}, allow_unicode=True), encoding="utf-8")


def texts_of(city: str) -> Iterator[Sourced]:
    told = pack.load(city).guidance
    assert told
    for group in (*told.first_person.values(), *told.sharing.values()):
        yield from group
    team = [told.team.members, told.team.comes_in, told.team.then] if told.team else []
    yield from (text for text in (*team, told.child_images) if text)


def all_texts() -> Iterator[Sourced]:
    for city in settings.cities():
        yield from texts_of(city)
    everywhere = online.load()
    yield from everywhere.platforms.values()
    for group in (everywhere.keep_proof, everywhere.child_images, everywhere.evidence):
        yield from group


@CITIES
def test_staff_of_every_setting_know_whom_to_turn_to_first_and_last(city):
    here = pack.load(city)
    assert set(here.guidance.settings) == set(SETTINGS)
    for ids in here.guidance.settings.values():
        named = [here.services[id_] for id_ in ids]
        reached = [one for one in named if one.phones or one.website or one.email or one.address]
        # A city's team may have no desk of its own; never all of them.
        assert len(reached) >= 2


@CITIES
def test_the_pupil_and_the_family_are_led_to_support_that_is_not_the_police(city):
    here = pack.load(city)
    assert set(here.guidance.support) == {"pupil", "family"}
    first = [here.services[ids[0]] for ids in here.guidance.support.values()]
    assert not [one for one in first if one.run_by and "police" in one.run_by.value]


@CITIES
def test_whoever_asks_what_may_be_shared_is_sent_to_the_own_management(city):
    told = pack.load(city).guidance
    for setting in SETTINGS:
        assert told.sharing_in(setting)
        for text in told.sharing_in(setting):
            assert "own management" in text.text.in_language("en")


def test_every_text_of_guidance_has_a_page_it_was_read_on_and_the_day():
    for text in all_texts():
        assert text.source.startswith("http")
        assert text.checked_on <= datetime.date.today()


def test_every_text_of_guidance_is_told_in_every_language_in_short_sentences():
    for text in all_texts():
        assert set(text.text.by_language) == set(languages.supported())
        assert len(set(text.text.by_language.values())) == len(languages.supported())
        for sentence in re.split(r"(?<=[.!?])\s", text.text.in_language("en")):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_no_number_of_guidance_is_lost_in_translation():
    for text in all_texts():
        numbers = sorted(re.findall(r"\d+", text.text.in_language("en")))
        for language, told in text.text.by_language.items():
            assert sorted(re.findall(r"\d+", told)) == numbers, f"{language}: {told}"


def test_how_to_report_a_post_is_known_for_every_big_platform():
    told = online.load().platforms
    assert set(told) == PLATFORMS
    assert all(text.page and text.page.startswith("https://") for text in told.values())


def test_images_of_abused_children_are_never_kept_as_proof():
    never, report = (text.text.in_language("en") for text in online.load().child_images)
    assert "never save, copy" in never
    assert "hotline" in report
    for city in settings.cities():
        assert pack.load(city).guidance.child_images.page


def test_a_city_without_guidance_is_served_all_the_same(copy):
    (copy.folder / "guidance.yml").unlink()
    assert copy.pack().guidance is None


GOOD = {"text": {"en": "Talk."}, "source": "https://a.example", "checked_on": "x"}
WRONG = {
    "a setting that nobody knows": (
        {"settings": {"prison": []}},
        "settings.prison: is unknown; allowed: school, youth_club",
    ),
    "a service that nobody shows": (
        {"settings": {"school": [NOBODY]}},
        f"settings.school: '{NOBODY}' is no shown service; allowed: an id of services.csv",
    ),
    "no list of services": ({"settings": {"school": "SSP"}}, "settings.school: 'SSP' does not fit"),
    "a service twice": ({"support": {"pupil": [NOBODY, NOBODY]}}, "support.pupil: ['"),
    "a list of lists of services": ({"settings": {"school": [[1]]}}, "settings.school: [1] is no"),
    "a team that is a list": (
        {"team": {"name": {"en": "Team"}, "service": [1]}},
        "team.service: [1] is no shown service",
    ),
    "a number for a setting": ({"settings": {1: [NOBODY]}}, "settings.1: is unknown"),
    "an empty text": (
        {"first_person": {"school": [{**GOOD, "text": {"en": " "}}]}},
        "first_person.school[1].text: {'en': ' '} does not fit",
    ),
    "no field of a known name": ({"sharings": {}}, "sharings: is unknown; allowed: settings"),
    "no groups": ({"sharing": []}, "sharing: [] does not fit; allowed: fields: school"),
    "no list of texts": ({"sharing": {"general": {}}}, "sharing.general: {} does not fit"),
    "no text": ({"sharing": {"general": [{}]}}, "sharing.general[1].text: is missing"),
    "no date": (
        {"sharing": {"general": [GOOD]}},
        "sharing.general[1].checked_on: 'x' does not fit; allowed: the day",
    ),
    "no other language": (
        {"first_person": {"school": [GOOD]}},
        "first_person.school[1].text: is missing in ",
    ),
    "no web address": (
        {"first_person": {"care": [{**GOOD, "source": "my aunt"}]}},
        "first_person.care[1].source: 'my aunt' does not fit",
    ),
    "an unknown field of a text": (
        {"child_images": {**GOOD, "autor": "me"}},
        "child_images.autor: is unknown; allowed: text, source",
    ),
    "no name of a team": ({"team": {"members": GOOD}}, "team.name: None does not fit"),
    "a team that is no service": (
        {"team": {"name": {"en": "Team"}, "service": NOBODY}},
        f"team.service: '{NOBODY}' is no shown service",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_guidance_that_does_not_fit_is_named(copy, wrong):
    fields, fault = WRONG[wrong]
    rewrite(copy.folder / "guidance.yml", **fields)
    named = copy.faults()
    assert any(one.startswith(f"brussels/guidance.yml: {fault}") for one in named), named
    assert all(one.startswith("brussels/guidance.yml: ") for one in named)


def test_all_faults_of_guidance_are_named_at_once(copy):
    rewrite(
        copy.folder / "guidance.yml",
        settings={"prison": [], "school": [NOBODY]},
        sharing={"general": [{}, "talk"]},
        team={"name": "Team"},
    )
    assert len(copy.faults()) >= 6


@pytest.mark.parametrize("content", [b"- a list", b"a: [", b"\xff", b"a: &x 1\nb: *x"])
def test_a_file_of_guidance_that_cannot_be_read_is_named(copy, content):
    (copy.folder / "guidance.yml").write_bytes(content)
    (fault,) = copy.faults()
    assert fault.startswith("brussels/guidance.yml: file: ")


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("platforms", {"x": {"name": "X"}}, "platforms.x.text: is missing"),
        ("platforms", ["x"], "platforms: ['x'] does not fit"),
        ("evidence", None, "evidence: None does not fit"),
        ("proof", [], "proof: is unknown"),
    ],
)
def test_guidance_for_every_city_that_does_not_fit_is_named(tmp_path, field, value, fault):
    path = Path(shutil.copy(online.PATH, tmp_path / "online.yml"))
    rewrite(path, **{field: value})
    with pytest.raises(OnlineError) as raised:
        online.read(path)
    assert any(one.startswith(f"{tmp_path.name}/online.yml: {fault}") for one in
               raised.value.faults), raised.value.faults  # fmt: skip


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_guidance_travels_with_its_pack(tmp_path, name):
    source = settings.CITIES / "aarhus"
    export = ["directory", "export", "aarhus", "--format", "csv", "--to", str(tmp_path / name)]
    assert command.main(export) == 0
    again = tmp_path / "aarhus"
    assert command.main(["directory", "import", str(tmp_path / name), "--to", str(again)]) == 0
    assert (again / "guidance.yml").read_bytes() == (source / "guidance.yml").read_bytes()
    assert pack.read(again).guidance == pack.load("aarhus").guidance
