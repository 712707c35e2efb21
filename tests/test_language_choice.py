"""The language of a reply: the person's choice, then what the message shows, then the phone."""

from __future__ import annotations

import itertools

import pytest

from bot.answers.model import Memory
from bot.words import languages
from bot.words.choice import RECOGNISED_AT, of_reply

LONG = "a message of many letters"


def recognised(code: str, confidence: float = 0.99) -> dict[str, object]:
    return {"code": code, "confidence": confidence}


@pytest.mark.parametrize(("chosen", "written"), itertools.permutations(languages.supported(), 2))
def test_the_language_a_person_chose_stays_whatever_they_write_in(chosen, written):
    memory = Memory(chosen_language=chosen, last_language=written)
    assert of_reply(memory, LONG, recognised(written), written) == chosen


def test_without_a_choice_the_reply_is_in_the_language_of_the_message():
    memory = Memory(last_language="nl")
    assert of_reply(memory, LONG, recognised("fr"), "ar") == "fr"
    assert of_reply(memory, LONG, recognised("fr", RECOGNISED_AT), "ar") == "fr"


def test_a_message_that_is_hard_to_recognise_is_answered_in_the_language_before():
    memory = Memory(last_language="nl")
    assert of_reply(memory, LONG, recognised("fr", RECOGNISED_AT - 0.01), "ar") == "nl"


@pytest.mark.parametrize("text", ["ok", "SOS", "?", "112", "👍👍👍👍👍", "no!"])
def test_a_word_that_belongs_to_no_language_changes_nothing(text):
    assert of_reply(Memory(last_language="nl"), text, recognised("fr"), None) == "nl"
    assert of_reply(Memory(), text, recognised("fr"), "nl") == "nl"


def test_a_short_word_in_a_script_of_its_own_is_enough():
    assert of_reply(Memory(last_language="nl"), "لا", recognised("ar"), None) == "ar"


def test_the_first_unclear_message_is_answered_in_the_language_of_the_phone():
    assert of_reply(Memory(), LONG, recognised("fr", 0.3), "nl-BE") == "nl"


def test_a_phone_in_a_language_that_is_not_spoken_here_leaves_it_to_the_message():
    assert of_reply(Memory(), LONG, recognised("fr", 0.3), "pt-BR") == "fr"


def test_a_button_has_no_language_of_its_own():
    assert of_reply(Memory(last_language="ar"), "/show_menu", None, "nl") == "ar"
    assert of_reply(Memory(), "/show_menu", None, "nl") == "nl"


def test_when_nothing_is_known_it_is_english():
    assert of_reply(Memory(), LONG, None, None) == languages.SOURCE_LANGUAGE
    assert of_reply(Memory(last_language="xx"), LONG, recognised("xx"), "xx") == "en"
