"""Journeys quote what the assistant says today; a changed wording names those that do not."""

from __future__ import annotations

from collections import defaultdict

import pytest
from replies import buttons, respond

from bench.journeys import reading, sayings, wording
from bot import routes
from bot.answers.model import Memory
from bot.answers.payload import AFTER, WHERE
from bot.directory import pack
from bot.settings import ROOT
from bot.words import languages, texts
from bot.words.catalogue import words

BRUSSELS = pack.load("brussels")
WRITTEN = sorted((ROOT / "tests" / "journeys").glob("*.txt"))
DRAWN = sorted((ROOT / "docs" / "pictures").glob("*.txt"))


def wrong_words(content: str, language: str = "fr") -> list[str]:
    return wording.faults(reading.parse(f"a-flat.{language}.txt", content), BRUSSELS)


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
        ("Cost: a million", "en"),
        ("to", "en"),
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
    rest = tuple(text for text in sayings._texts() if text.english not in old)
    monkeypatch.setattr(sayings, "_texts", lambda: rest)
    for cached in (sayings.sentences, sayings._labels):
        cached.cache_clear()
    # Then each line is named
    found = wrong_words(told, "en")
    for cached in (sayings.sentences, sayings._labels):
        cached.cache_clear()
    assert [fault.split(":")[1] for fault in found] == ["2", "3", "4"]


@pytest.mark.parametrize("language", languages.supported())
def test_a_quoted_sentence_is_known_in_every_language(language):
    said = words(language).say(texts.UNSURE_DANGER, number="112")
    assert not wrong_words(f"> x\n< {said}", language)


@pytest.mark.parametrize("language", ["en", "ar", "fi"])
@pytest.mark.parametrize("view", [("", ""), (WHERE, "0"), (AFTER, "0")], ids=lambda view: view[0])
def test_nothing_that_the_assistant_says_is_taken_for_strange_words(language, view):
    memory = Memory(introduced=True, district="molenbeek")
    replies = [
        respond(route, language, memory, view=view[0], choice=view[1]).reply
        for route in routes.service_ids()
    ]
    lines = {line for reply in replies for line in reply.text.split("\n")}
    labels = {button.label for reply in replies for button in buttons(reply)}
    assert len(lines) > 50
    assert not [line for line in lines if line and not wording.is_said(line, language, BRUSSELS)]
    pressed = "\n".join(f"[{label}]" for label in sorted(labels))
    assert not wrong_words(f"> hello\n{pressed}", language)
