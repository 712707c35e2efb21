"""Two people on one phone: after the first has the chat forgotten, the second meets a stranger."""

from __future__ import annotations

import pytest
from support.phrases import WHERE

from bot.words import telegram, texts

pytestmark = pytest.mark.slow


def test_after_forgetting_nothing_of_the_conversation_is_left(stack, meet):
    # Given somebody who was answered in French, about housing, in a district
    person = meet("fr", phone="en")
    person.writes("je cherche un logement à Ixelles")
    person.presses_language()
    person.presses("Français")
    # When they have the chat forgotten
    assert person.writes("/forget").says(telegram.FORGET_ASK, "fr")
    assert person.presses(telegram.FORGET_YES).says(telegram.FORGOTTEN, "fr")
    assert len(stack.api.shown(person.chat)) == 1
    assert stack.api.written(person.chat) == []
    # Then whoever writes next is introduced, and nothing is known of what was shown
    seen = person.writes("hello")
    assert seen.says(texts.INTRODUCTION, "en", city="Brussels")
    assert person.writes(WHERE["en"]).says(texts.MENU, "en")


def test_no_keeps_everything_as_it_was(stack, meet):
    person = meet("en")
    person.writes("I am looking for a lawyer")
    before = len(stack.api.shown(person.chat))
    person.writes("/forget")
    person.presses(telegram.FORGET_NO)
    assert len(stack.api.shown(person.chat)) == before + 2
    assert person.writes(WHERE["en"]).headings
