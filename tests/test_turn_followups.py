"""A typed message is read as a follow-up, in the conversation's language; a button never is."""

from __future__ import annotations

import pytest
from replies import CITY

from bot.answers import reading
from bot.answers.model import Memory, Turn


def turn(text: str, language: str = "en", sure: float = 0.9, **slots: object) -> Turn:
    message = {
        "text": text,
        "intent": {"name": "out_of_scope"},
        "certainty": "unsure",
        "language": {"code": language, "confidence": sure},
        "entities": [],
    }
    return reading.turn_of(message, Memory(**slots), CITY)


@pytest.mark.parametrize(
    ("text", "follow_up", "weekday", "choice", "district"),
    [
        ("and on sunday?", "weekday", 6, "", None),
        ("tomorrow?", "tomorrow", None, "", None),
        ("at the weekend?", "weekend", None, "", None),
        ("by mail instead", "in_writing", None, "", None),
        ("closer to Molenbeek", "closer", None, "", "molenbeek"),
        ("something closer", "closer", None, "", None),
        ("in turkish please", "write_in", None, "tr", None),
        ("does anybody there speak polish?", "speaks", None, "pl", None),
        ("delete this chat", "forget", None, "", None),
        ("I need a doctor on Sunday", "", None, "", None),
        ("my husband beats me on Sundays", "", None, "", None),
        ('/housing_help{"view":"more","choice":"1"}', "", None, "", None),
    ],
)
def test_a_message_is_read_with_the_follow_up_it_is(text, follow_up, weekday, choice, district):
    found = turn(text, last_language="en")
    assert (found.follow_up, found.weekday, found.choice) == (follow_up, weekday, choice)
    assert found.district == district


def test_a_short_follow_up_does_not_change_the_language_of_the_conversation():
    assert turn("stop", "nl", last_language="fr").language == "fr"
    assert turn("weekend?", "nl", last_language="fr").language == "fr"
    assert turn("y el domingo?", "es", last_language="fr").language == "es"


def test_nothing_of_the_text_is_kept_in_the_turn():
    found = turn("is it open on sunday morning, thanks", last_language="en")
    assert found.follow_up == "weekday"
    assert "morning" not in repr(found)
    assert "thanks" not in repr(found)
