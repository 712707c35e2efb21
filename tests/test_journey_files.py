"""Journeys are files that a teacher can read and write; whatever is wrong in one is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.journeys import form, reading
from bot.settings import ROOT

WRITTEN = sorted((ROOT / "tests" / "journeys").glob("*.txt"))

GOOD = """
# Somebody looks for a flat.
Given a phone in fr
> je cherche un logement
< Ces endroits vous aident
! 112
+ Plus de services | Où et quand

[Autre chose]

Given a day passed
Given an old button
[Langue]
[English]
Now in en
* CAW Brussel
"""
BAD = """
Given a phone in klingon
[A button]
> je cherche un logement
please help
Given a miracle
[Autre chose
!
+
> bonjour
< Bonjour
Now in fr
Now in xx
Given a phone in fr
Given an old button
> salut
Given a day passed
"""


def parse(content: str, name: str = "a-flat.fr.txt") -> form.Journey:
    return reading.parse(name, content)


def faults(content: str, name: str = "a-flat.fr.txt") -> list[str]:
    with pytest.raises(reading.JourneyError) as caught:
        parse(content, name)
    return caught.value.faults


def test_a_journey_is_read_as_it_is_written():
    journey = parse(GOOD)
    assert (journey.name, journey.language, journey.phone) == ("a-flat", "fr", "fr")
    first, second, third, fourth = journey.steps
    assert (first.act.sign, first.act.text) == (form.WRITES, "je cherche un logement")
    assert [line.sign for line in first.expected] == [form.SAYS, form.NEVER, form.BUTTONS]
    assert (second.act.text, second.expected) == ("Autre chose", ())
    assert third.given == (form.DAY_PASSED, form.OLD_BUTTON)
    assert [step.language for step in journey.steps] == ["fr", "fr", "fr", "en"]
    assert fourth.expected[0].text == "CAW Brussel"


def test_every_fault_is_named_at_once_with_file_line_and_what_is_allowed():
    found = faults(BAD)
    lines = [int(fault.split(":")[1]) for fault in found if fault.split(":")[1].isdigit()]
    assert lines == [2, 3, 5, 6, 7, 8, 9, 12, 13, 13, 14, 16]
    assert all(fault.startswith("a-flat.fr.txt:") for fault in found)
    assert all("allowed" in fault for fault in found)
    # What is given last leads to nothing.
    assert any("'a day passed'" in fault for fault in found)


@pytest.mark.parametrize(
    "name", ["a flat.fr.txt", "flat.txt", "flat.xx.txt", "flat.fr.md", "Flat.fr.txt"]
)
def test_a_wrong_name_of_a_file_is_named(name):
    (fault,) = faults("> bonjour", name)
    assert fault.startswith(f"{name}: ")
    assert "allowed" in fault


@pytest.mark.parametrize("content", ["", "# only a remark", "Given a phone in fr"])
def test_a_journey_in_which_nobody_does_anything_is_none(content):
    assert "nobody writes" in faults(content)[0]


def test_the_faults_of_all_files_are_named_at_once(tmp_path):
    for name, content in (("one.fr.txt", b"?"), ("two.en.txt", b"\xff"), ("six.en.txt", b"> hi")):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(reading.JourneyError) as caught:
        reading.read_all(sorted(tmp_path.iterdir()))
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["one.fr.txt", "two.en.txt"]


@given(st.text(alphabet=st.sampled_from("> [<!*+#|]Givenowas \n\t\u2068é"), max_size=80))
def test_whatever_stands_in_a_file_it_is_read_or_its_faults_are_named(content):
    found = read_or_faults(content)
    assert found
    assert all(isinstance(one, form.Step) or one.startswith("a-flat.fr.txt") for one in found)


def read_or_faults(content: str) -> Sequence[form.Step | str]:
    try:
        return parse(content).steps
    except reading.JourneyError as error:
        return error.faults


def test_journeys_hold_no_machine_and_no_real_number():
    for path in WRITTEN:
        acts = [step.act.text for step in reading.read(path).steps]
        assert not any(character.isdigit() for act in acts for character in act), path.name


def test_the_how_to_page_names_every_sign_and_every_circumstance():
    page = Path(ROOT / "docs" / "how-to" / "write-a-journey.md").read_text(encoding="utf-8")
    assert all(f"`{given}`" in page for given in (form.PHONE + "fr", *form.CIRCUMSTANCES))
    assert all(sign in page for sign in form.SIGNS)
