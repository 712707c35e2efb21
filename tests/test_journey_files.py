"""Journeys are files that a teacher can read and write; whatever is wrong in one is named."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes.stage import Stage, hurry
from hypothesis import given
from hypothesis import strategies as st
from support.person import Person
from support.written import OnTelegram, otherwise

from bench.journeys import form, local, reading, record, wording, writing
from bench.journeys.form import Shown
from bench.journeys.walk import walk
from bot.demand.counters import DemandCounters
from bot.directory import pack
from bot.gateway.conversation import Conversations
from bot.settings import ROOT
from bot.words import languages, texts
from bot.words.catalogue import words

BRUSSELS = pack.load("brussels")
WRITTEN = sorted((ROOT / "tests" / "journeys").glob("*.txt"))
DRAWN = sorted((ROOT / "docs" / "pictures").glob("*.txt"))
WITHOUT_RASA = [path for path in WRITTEN if path.name.startswith("while-the-understanding-is-down")]

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


def wrong_words(content: str, language: str = "fr") -> list[str]:
    return wording.faults(parse(content, f"a-flat.{language}.txt"), BRUSSELS)


# Reading ------------------------------------------------------------------------------------------


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


# Wording ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*WRITTEN, *DRAWN], ids=lambda path: path.stem)
def test_a_journey_quotes_only_what_the_assistant_says_today(path):
    found = wording.faults(reading.read(path), BRUSSELS)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_journey_expects_something_of_nearly_every_reply(path):
    expecting = [bool(step.expected) for step in reading.read(path).steps]
    assert sum(expecting) >= len(expecting) / 2


def test_every_journey_is_written_in_at_least_four_languages():
    spoken = defaultdict(set)
    for journey in reading.read_all(WRITTEN):
        spoken[journey.name].add(journey.language)
    assert len(spoken) >= 7
    assert all(len(codes) >= 4 and {"en", "fr", "ar"} <= codes for codes in spoken.values())


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Call me at once.", "en"),
        ("In danger now? Call 911.", "en"),
        ("Call: 0800 32 123", "en"),
        ("I know of many more services", "en"),
        ("You can talk to a person here.", "fr"),
        ("Monday to nowhere", "en"),
    ],
)
def test_words_that_are_never_said_are_named_with_their_line(line, language):
    (fault,) = wrong_words(f"> hello\n\n< {line}", language)
    assert fault.startswith(f"a-flat.{language}.txt:3: ")
    assert line in fault


@pytest.mark.parametrize(
    "line",
    [
        "In danger now? Call 112.",
        "In danger now?",
        "I know of 5 more services for this.",
        "I know of 1 more service for this.",
        "Hours: Monday to Friday 9:00 to 17:00",
        "Phone: 0800 32 123",
        "I will write in Français from now on.",
        "0800 32 123",
        "I put what is near Molenbeek-Saint-Jean first.",
    ],
)
def test_sentences_parts_of_them_and_facts_are_known_words(line):
    assert not wrong_words(f"> hello\n< {line}", "en")


def test_a_changed_wording_names_the_journeys_that_quote_the_old_one(monkeypatch):
    # Given a journey that quotes a sentence, a button, and one that must not be said
    told = f"> hi\n< {texts.HUMAN.english}\n! {texts.LOST.english}\n[{texts.YES.english}]"
    assert not wrong_words(told, "en")
    # When the sentences and the button are worded anew
    old = {texts.HUMAN.english, texts.LOST.english, texts.YES.english}
    rest = tuple(text for text in wording._texts() if text.english not in old)
    monkeypatch.setattr(wording, "_texts", lambda: rest)
    for cached in (wording.sentences, wording._labels):
        cached.cache_clear()
    # Then each line is named
    found = wrong_words(told, "en")
    for cached in (wording.sentences, wording._labels):
        cached.cache_clear()
    assert [fault.split(":")[1] for fault in found] == ["2", "3", "4"]


@pytest.mark.parametrize("language", languages.supported())
def test_a_quoted_sentence_is_known_in_every_language(language):
    said = words(language).say(texts.UNSURE_DANGER, number="112")
    assert not wrong_words(f"> x\n< {said}", language)


# Walking ------------------------------------------------------------------------------------------


@pytest.fixture
def stage(tmp_path, monkeypatch):
    hurry(monkeypatch)
    with Stage(tmp_path, patience_seconds=0.3) as built:
        yield built


def on_telegram(stage: Stage, journey: form.Journey) -> OnTelegram:
    chats = itertools.count(700_000_001)

    def meet(language: str, phone: str) -> Person:
        return Person(stage.api, next(chats), phone, language)

    def switch_rasa(runs: bool) -> None:
        stage.rasa.come_back() if runs else stage.rasa.go_down()

    return OnTelegram(meet, journey, switch_rasa)


@pytest.mark.parametrize("path", WITHOUT_RASA, ids=lambda path: path.stem)
def test_a_journey_through_an_outage_goes_as_it_is_written(stage, path):
    journey = reading.read(path)
    told = otherwise(journey, on_telegram(stage, journey))
    assert not told, told


@pytest.mark.parametrize(
    ("wish", "complaint"),
    [
        ("< Welcome.", "does not say “Welcome.”"),
        ("! 112", "says “112”"),
        ("* Unia", "does not name “Unia”"),
        ("+ City services | Yes", "has no button “Yes”"),
        ("[Yes]", "there is no button “Yes”"),
        ("Now in fr", "the reply is in en, expected fr"),
    ],
)
def test_a_reply_that_is_otherwise_is_told_beside_what_was_expected(stage, wish, complaint):
    journey = parse(f"Given Rasa is down\n> hello\n{wish}\n> never reached", "a-flat.en.txt")
    told = otherwise(journey, on_telegram(stage, journey))
    assert complaint in told
    # The talk so far stands beside it: what was written, and the whole reply.
    assert "> hello" in told
    assert texts.OUTAGE.english in told
    assert "+ City services" in told
    assert "never reached" not in told


# Recording ----------------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path):
    # The way to Rasa leads nowhere, as in an outage; everything else is real.
    wire = local._Wire("http://127.0.0.1:9/webhooks/rest/webhook", 0.3)
    counters = DemandCounters(f"sqlite:///{tmp_path / 'demand.sqlite3'}")
    opened = local.House(Conversations("terminal", BRUSSELS, wire, counters), wire)
    yield opened
    opened.close()
    counters.close()


def replies(journey: form.Journey, house: local.House) -> list[Shown]:
    return [shown for _, shown in walk(journey, local.Visitor(house, journey.phone))]


@pytest.mark.parametrize("path", WITHOUT_RASA, ids=lambda path: path.stem)
@pytest.mark.parametrize("write", [writing.whole, writing.brief])
def test_what_was_recorded_is_a_journey_again_and_goes_as_it_is_written(house, write, path):
    journey = reading.read(path)
    written = write(journey, replies(journey, house))
    again = reading.parse(path.name, written)
    assert not wording.faults(again, BRUSSELS)
    assert not otherwise(again, local.Visitor(house, again.phone))
    assert [step.act.text for step in again.steps] == [step.act.text for step in journey.steps]


def test_who_records_writes_only_what_the_person_does(house):
    # Given a journey with a remark, acts and wishes, but without any reply
    journey = parse("# In need.\n> help\n! police\n[City services]\n", "a-flat.en.txt")
    # When it is recorded
    written = writing.brief(journey, replies(journey, house))
    # Then the sentences stand below the acts, and the remark and the wishes have stayed
    assert f"< {texts.OUTAGE.english}" in written
    assert f"< {texts.MENU_GROUP.english}" in written
    assert "# In need." in written
    assert "! police" in written
    assert "\n\n[City services]" in written


def test_a_recorded_change_of_language_is_written_down(house):
    journey = parse("> hello\n[Language]\n[Nederlands]\nNow in nl\n> hallo", "a-flat.en.txt")
    again = parse(writing.whole(journey, replies(journey, house)), "a-flat.en.txt")
    assert [step.language for step in again.steps] == ["en", "en", "nl", "nl"]
    assert not otherwise(again, local.Visitor(house, "en"))


def test_nothing_is_counted_while_a_journey_is_recorded(house, tmp_path):
    replies(parse("> hello\n[City services]", "a-flat.en.txt"), house)
    assert not house._conversations._counters._waiting


def test_a_broken_journey_is_named_and_its_file_stays(house, tmp_path, monkeypatch):
    path = tmp_path / "a-flat.en.txt"
    path.write_text("> hello\n[No such button]\n< Dear writer", encoding="utf-8")

    def opened():
        yield house

    monkeypatch.setattr(local, "house", local.contextmanager(opened))
    (fault,) = record.record([path], None, whole=False)
    assert fault == "a-flat.en.txt: there is no button “No such button”"
    assert "Dear writer" in path.read_text(encoding="utf-8")


def test_journeys_hold_no_machine_and_no_real_number():
    for path in WRITTEN:
        acts = [step.act.text for step in reading.read(path).steps]
        assert not any(character.isdigit() for act in acts for character in act), path.name


def test_the_how_to_page_names_every_sign_and_every_circumstance():
    page = Path(ROOT / "docs" / "how-to" / "write-a-journey.md").read_text(encoding="utf-8")
    assert all(f"`{given}`" in page for given in (form.PHONE + "fr", *form.CIRCUMSTANCES))
    assert all(sign in page for sign in form.SIGNS)
