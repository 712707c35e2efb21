"""A cry for help is answered first, in every language and in every state of a conversation."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from shown import number_shown
from support.city import BRUSSELS
from support.person import ISOLATES, Person, Seen
from support.phrases import GREETINGS, NEEDS

from bot import routes
from bot.directory import search
from bot.words import doors, languages, texts
from bot.words.catalogue import words

pytestmark = pytest.mark.slow

SENTENCES = Path(__file__).parent / "urgent"
NUMBER_FIRST = re.compile(r"(\+?\d[\d ./()-]{1,20}\d)\s?: \S")


def cries() -> list[tuple[str, str, str]]:
    # The first sentence of each list is a plain one.
    found = []
    for language in languages.supported():
        file = SENTENCES / f"{language}.yml"
        must_fire = yaml.safe_load(file.read_text(encoding="utf-8"))["must_fire"]
        found += [(language, route, must_fire[route][0]) for route in routes.ids("urgent")]
    return found


def numbers_of(route: str, language: str) -> list[str]:
    now = datetime.datetime.now(BRUSSELS.city.time_zone)
    lines = search.for_route(BRUSSELS, route, search.Asked(language, now))
    return [number_shown(line) for line in lines if line.voice_number]


def assert_card(seen: Seen, route: str, language: str, sentence: str) -> None:
    # Numbers first, each in a line of its own; one of them answers day and night.
    card = seen.text.translate(ISOLATES).split("\n\n", maxsplit=1)[0].split("\n")
    shown = [found[1] for found in map(NUMBER_FIRST.match, card) if found]
    assert NUMBER_FIRST.match(card[0])
    assert len(shown) >= 2
    assert shown[0] == numbers_of(route, language)[0]
    assert set(shown) <= set(numbers_of(route, language))
    always = {
        number_shown(one)
        for one in BRUSSELS.services.values()
        if one.always_open and one.voice_number
    }
    assert always & set(shown)
    # Then the words for this danger, and the ways on.
    assert sentence in seen.text
    assert seen.language == language
    assert {"/show_menu", "/change_language"} <= set(seen.payloads)


def assert_first_card(seen: Seen, route: str, language: str) -> None:
    sentence = words(language).say(texts.URGENT[route], number="112")
    assert_card(seen, route, language, sentence)


def first_of_all(person: Person) -> None:
    assert not person.seen


def after_a_greeting(person: Person) -> None:
    person.writes(GREETINGS[person.language])


def after_services(person: Person) -> None:
    person.writes(NEEDS[person.language][0])
    person.presses(texts.WHERE_WHEN)


def after_an_offer_of_doors(person: Person) -> None:
    person.writes(NEEDS[person.language][0])
    person.presses(texts.NOT_HELPFUL_BUTTON)


def after_the_language_picker(person: Person) -> None:
    person.writes(GREETINGS[person.language])
    person.presses_language()


def after_wrong_input(person: Person) -> None:
    person.sends("sticker")
    person.writes("/nonsense")


STATES = (
    first_of_all,
    after_a_greeting,
    after_services,
    after_an_offer_of_doors,
    after_the_language_picker,
    after_wrong_input,
)


@pytest.mark.parametrize(("language", "route", "cry"), cries())
@pytest.mark.parametrize("state", STATES)
def test_a_cry_for_help_is_answered_with_the_card_in_every_state(
    meet, state: Callable[[Person], None], language: str, route: str, cry: str
):
    # Given somebody at this point of a conversation
    person = meet(language, phone=language)
    state(person)
    # When they cry for help
    seen = person.writes(cry)
    # Then the very next reply is the card
    assert_first_card(seen, route, language)
    # And the conversation stays open: the next need is answered as ever
    assert person.writes(NEEDS[language][0]).headings


@pytest.mark.parametrize(("language", "route", "cry"), cries())
def test_a_second_cry_is_answered_with_numbers_first_again(meet, language, route, cry):
    person = meet(language, phone=language)
    assert_first_card(person.writes(cry), route, language)
    # When the same is cried once more, the reply is short, and the numbers stand first again
    seen = person.writes(cry)
    assert_card(seen, route, language, words(language).say(texts.URGENT_AGAIN))
    assert len(seen.text) < len(person.seen[0].text)
    # And the buttons under the card show more services, if there are any, and what happens there
    if words(language).say(texts.MORE) in seen.labels:
        assert person.presses(texts.MORE).headings
    assert person.presses(texts.WHAT_HAPPENS_BUTTON).headings


@pytest.mark.parametrize(("language", "route", "cry"), cries())
def test_small_talk_after_a_card_is_answered_with_the_numbers_again(meet, language, route, cry):
    person = meet(language, phone=language)
    person.writes(cry)
    seen = person.writes(GREETINGS[language])
    assert_card(seen, route, language, words(language).say(texts.URGENT_AGAIN))


def test_the_card_is_in_the_language_that_the_person_chose(meet):
    # Given somebody who chose Arabic
    person = meet()
    person.writes("hello")
    person.presses_language()
    person.presses("العربية")
    # When they cry for help in French, which the city's people may have typed for them
    seen = person.writes("je veux mourir")
    # Then the card is there at once, in the language they read
    assert_first_card(seen, "crisis_self_harm", "ar")


def test_a_cry_in_the_middle_of_a_long_message_is_heard(meet):
    long = "I am looking for a lawyer because of my flat. " * 20
    seen = meet().writes(f"{long} and my husband beats me when he's drunk. {long}")
    assert_first_card(seen, "abuse_at_home", "en")


def test_an_edited_cry_is_heard(meet):
    person = meet()
    person.writes("hello")
    assert_first_card(person.writes("I want to die", edited=True), "crisis_self_harm", "en")


def test_the_danger_button_opens_the_cards_without_a_word(meet):
    person = meet()
    person.writes("hello")
    for route in routes.ids("urgent"):
        person.presses(doors.GROUP_NAMES["urgent"])
        assert [f"/{one}" for one in routes.ids("urgent")] == person.latest.payloads[:4]
        assert_first_card(person.presses_door(route), route, "en")
        person.presses(texts.SOMETHING_ELSE)
