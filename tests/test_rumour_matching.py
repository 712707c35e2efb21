"""A rumour is found again however it is told, and no rumour is better than a wrong one."""

from __future__ import annotations

import pytest

from bot.rumours import reading
from bot.rumours.matching import Matcher
from bot.rumours.model import Rumour
from bot.words import languages
from evaluation import rumours as evaluation

KNOWN = reading.read(evaluation.TOWN, languages.supported()).rumours
MATCHER = Matcher(KNOWN.values(), languages.supported())
LANGUAGES = pytest.mark.parametrize("language", languages.supported())
# What is reached today on tests/rumours/questions; see docs/adr/0010.
FEWEST_FOUND, MOST_WRONG, MOST_WRONG_OF_ALL = 0.75, 0.04, 0.02


def found(text: str, language: str = "en") -> str | None:
    one = MATCHER.find(text, language)
    return one.id if one else None


def test_most_questions_find_their_rumour_and_hardly_any_a_wrong_one():
    figures = evaluation.measure(list(evaluation.ask(evaluation.RUMOURS / "questions")))
    assert {one.language for one in figures} == set(languages.supported())
    for one in figures:
        assert one.questions == 48, one.language
        assert one.near == 6, one.language
        assert one.found_share >= FEWEST_FOUND, one
        assert one.wrong_share <= MOST_WRONG, one
    wrong = sum(one.another + one.near_answered for one in figures)
    assert wrong / sum(one.questions + one.near for one in figures) <= MOST_WRONG_OF_ALL


@LANGUAGES
def test_every_wording_that_staff_wrote_is_found(language):
    for rumour in KNOWN.values():
        missed = [told for told in rumour.told(language) if found(told, language) != rumour.id]
        assert not missed, rumour.id


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("is it true that the city does NOT ban the christmas market", "en"),
        ("the christmas market, is the city banning it", "en"),
        ("christmass markt baned by the city??", "en"),
        ("onko totta että kaupunki kieltäisi joulumarkkinat", "fi"),
        ("Noel pazarının yasaklandığı doğru mu", "tr"),
        ("هل صحيح أن المدينة تمنع سوق الميلاد", "ar"),
    ],
)
def test_negation_order_endings_and_typing_errors_change_nothing(text, language):
    assert found(text, language) == "christmas_market"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "112",
        "is it true?",
        "is this picture real",
        "hello",
        "🙂" * 50,
        "the the the " * 900,
    ],
)
def test_what_tells_nothing_finds_nothing(text):
    assert all(found(text, language) is None for language in languages.supported())


def test_a_question_in_another_language_than_it_was_taken_for_is_found():
    assert found("er det rigtigt at vandet i hanen er blevet forgiftet", "sv") == "water_poisoned"
    assert found("is the tap water poisoned", "ar") == "water_poisoned"


@pytest.mark.parametrize("who", ["Syrian", "Danish", "Jewish", "Muslim", "Roma", "Christian"])
def test_of_whom_it_is_told_changes_nothing_unless_the_rumour_is_about_them(who):
    assert found(f"did a {who} family put poison in our drinking water") == "water_poisoned"
    assert found(f"does a white van with {who} men kidnap children near schools") == "white_van"
    assert found("is it true that cows fly") == found(f"is it true that {who} cows fly") is None


def test_a_rumour_about_one_group_answers_no_question_about_another():
    told = KNOWN["free_phones"]
    about = Matcher([_about(told, "Syrians get free phones from the city")], ["en"])
    assert about.find("is it true that Syrians get free phones from the city", "en")
    assert about.find("is it true that Danes get free phones from the city", "en") is None
    assert about.find("is it true that Moroccans get free phones from the city", "en") is None


def test_two_rumours_that_are_told_alike_are_not_told_apart_by_luck():
    one = _about(KNOWN["free_phones"], "the city gives phones away")
    other = _about(KNOWN["library_fee"], "the city gives phones away")
    assert Matcher([one, other], ["en"]).find("does the city give phones away", "en") is None


def _about(rumour: Rumour, claim: str) -> Rumour:
    import dataclasses

    from bot.directory.model import LocalText

    return dataclasses.replace(rumour, claim=LocalText({"en": claim}), also_told={})
