"""What is only a choice is replaced by the next one; what one may want to keep is never touched."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.rasa_server import CANNED
from fakes.stage import ALEX, Stage, hurry, payload
from replies import CITY, MORNING, respond
from support.person import Person

from bot import routes
from bot.answers import kinds
from bot.answers.model import DANGER, Memory, Reply, Turn
from bot.answers.payload import GROUP, MORE, NEAR, START, WHERE
from bot.words import languages, texts
from bot.words.catalogue import words

KNOWN = Memory(introduced=True)
MENU = respond("show_menu").reply
OF_A_GROUP = respond("show_menu", view=GROUP, choice="support").reply
LANGUAGES = respond("change_language").reply
CARD = respond("crisis_self_harm").reply
TO_GROUP = payload("show_menu", GROUP, "support")
# What Telegram says when a message cannot be edited, and what the network does.
REFUSALS = [
    (400, "Bad Request: message can't be edited"),
    (400, "Bad Request: message to edit not found"),
    (400, "Bad Request: can't parse entities: no reason"),
    (403, "Forbidden: not now"),
    (500, "Internal Server Error"),
]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path) as built:
        built.rasa.replies = {
            "menu": MENU,
            "/show_menu": MENU,
            TO_GROUP: OF_A_GROUP,
            "/change_language": LANGUAGES,
            "/crisis_self_harm": CARD,
        }
        yield built


@pytest.fixture
def person(stage: Stage) -> Person:
    return Person(stage.api, ALEX, "en", "en")


def test_a_choice_is_replaced_by_the_choice_its_button_leads_to(stage, person):
    menu = person.writes("menu")
    group = person.presses_payload(TO_GROUP)
    picker = person.presses_language()
    back = person.presses_payload("/show_menu")
    ids = {seen.messages[-1].message_id for seen in (menu, group, picker, back)}
    assert len(ids) == 1
    assert [seen.text for seen in (group, picker, back)] == [
        reply.text for reply in (OF_A_GROUP, LANGUAGES, MENU)
    ]
    assert group.payloads == [button.payload for row in OF_A_GROUP.buttons for button in row]
    assert len(stage.api.sent(ALEX)) == 1


def test_what_is_no_choice_is_never_replaced(stage, person):
    services = person.writes("I feel alone")
    menu = person.presses_payload("/show_menu")
    assert menu.messages[-1].message_id != services.messages[-1].message_id
    assert [one.plain for one in stage.api.sent(ALEX)] == [CANNED.text, MENU.text]
    assert not stage.calls("editMessageText")


def test_an_urgent_card_is_always_a_message_of_its_own(stage, person):
    person.writes("menu")
    person.presses_payload(TO_GROUP)
    stage.rasa.replies[TO_GROUP] = CARD
    stage.api.press(ALEX, "/crisis_self_harm", stale=True)
    card = stage.api.wait_for(ALEX, 2)[-1]
    assert card.plain == CARD.text
    # And no button below the card takes it away again
    stage.api.press(ALEX, "/show_menu", card.message_id)
    assert [one.plain for one in stage.api.wait_for(ALEX, 3)][1:] == [CARD.text, MENU.text]
    assert stage.calls("editMessageText") == 1


@pytest.mark.parametrize(("status", "description"), REFUSALS)
def test_a_choice_that_cannot_be_replaced_comes_as_a_new_message(
    stage, person, status, description
):
    person.writes("menu")
    stage.api.fail_next("editMessageText", status, description)
    assert person.presses_payload(TO_GROUP).text == OF_A_GROUP.text
    assert [one.plain for one in stage.api.sent(ALEX)] == [MENU.text, OF_A_GROUP.text]
    assert stage.acknowledged()


def test_a_flood_limit_on_editing_keeps_nobody_waiting(stage, person):
    person.writes("menu")
    stage.api.fail_next("editMessageText", 429, "Too Many Requests: retry after 9", retry_after=9)
    assert person.presses_payload(TO_GROUP).text == OF_A_GROUP.text
    assert len(stage.api.sent(ALEX)) == 2


def test_a_choice_that_leads_to_itself_is_answered_all_the_same(stage, person):
    person.writes("menu")
    stage.rasa.replies[TO_GROUP] = MENU
    person.presses_payload(TO_GROUP)
    assert [one.plain for one in stage.api.sent(ALEX)] == [MENU.text, MENU.text]


def test_a_choice_that_is_gone_is_answered_with_a_new_message(stage, person):
    menu = person.writes("menu").messages[-1]
    stage.api._log.delete(stage.api._log.chat(ALEX), menu.message_id)
    stage.api.press(ALEX, TO_GROUP, menu.message_id, stale=True)
    assert stage.api.wait_for(ALEX, 2)[-1].plain == OF_A_GROUP.text


def test_a_choice_too_long_for_one_message_comes_as_new_messages(stage, person):
    person.writes("menu")
    long = Reply("en", ("a" * 3000, "b" * 3000), MENU.buttons, in_place=True)
    stage.rasa.replies[TO_GROUP] = long
    person.presses_payload(TO_GROUP)
    assert [len(one.plain) for one in stage.api.sent(ALEX)][1:] == [3000, 3000]
    # And neither part of it is taken for a choice
    stage.api.press(ALEX, "/change_language")
    stage.api.wait_for(ALEX, 4)
    assert not stage.calls("editMessageText")


def test_a_gateway_that_was_started_anew_replaces_nothing_it_did_not_send(stage, person):
    person.writes("menu")
    stage.end()
    stage.begin()
    assert person.presses_payload(TO_GROUP).text == OF_A_GROUP.text
    assert len(stage.api.sent(ALEX)) == 2


def test_choices_are_replaced_also_while_rasa_is_down(stage, person):
    stage.rasa.go_down()
    person.does(lambda: stage.api.write(ALEX, "hello"))
    # The outage's numbers stay, the menus below them take each other's place
    group = person.presses_payload(TO_GROUP)
    assert group.text == OF_A_GROUP.text
    person.presses_payload("/show_menu")
    person.presses_language()
    assert len(stage.api.sent(ALEX)) == 2


@pytest.mark.parametrize("language", languages.supported())
def test_only_a_choice_says_that_it_is_one(language):
    number = words(language).say(texts.UNSURE_DANGER, number="112")
    for route in routes.ids():
        for memory in (Memory(), KNOWN, dataclasses.replace(KNOWN, last_route="housing_help")):
            for view in ("", MORE, WHERE, START, GROUP, NEAR):
                turn = Turn(route, language, MORNING, view=view, choice="", memory=memory)
                reply = kinds.respond(turn, CITY).reply
                if reply.in_place:
                    assert route in ("show_menu", "change_language", "ask_where_when"), route
                    assert memory.introduced, "the words that introduce the assistant must stay"
                    assert len(reply.paragraphs) == 1
                    assert not reply.headings
                    assert number not in reply.text


@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_no_answer_to_danger_is_a_mere_choice(route):
    assert not respond(route).reply.in_place
    for asked in (False, True):
        memory = dataclasses.replace(KNOWN, asked=asked, offered=(route, "deny"))
        turn = Turn(route, "en", MORNING, certainty=DANGER, doors=(route,), memory=memory)
        assert not kinds.respond(turn, CITY).reply.in_place
