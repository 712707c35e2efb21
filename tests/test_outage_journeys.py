"""Walks through outages: nobody is left without the emergency numbers, and no count is doubled."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator

import pytest
from support.city import services_named
from support.person import Person, Seen
from support.phrases import CRIES, NEEDS
from support.stack import Stack
from support.sums import by_route

from bot.words import doors, languages, texts
from bot.words.catalogue import words

pytestmark = pytest.mark.slow

# The gateway waits three seconds for Rasa; the rest is for a busy machine.
ANSWERED_WITHIN_SECONDS = 8


@pytest.fixture(autouse=True)
def _mended(stack: Stack) -> Iterator[None]:
    yield
    for program in (stack.actions, stack.rasa):
        if program.runs:
            program.send(signal.SIGCONT)
    stack.start()


def talking_people(meet) -> list[Person]:
    people = [meet(language, phone="pl") for language in languages.supported()]
    for person in people:
        assert person.writes(NEEDS[person.language][0]).headings
    return people


def assert_fixed_reply(seen: Seen, language: str) -> None:
    assert seen.says(texts.OUTAGE, language)
    assert any(line.startswith("112") for line in seen.lines)
    assert seen.language == language
    assert {words(language).say(name) for name in doors.GROUP_NAMES.values()} <= set(seen.labels)


def assert_menu_leads_to_services(person: Person) -> None:
    # From the fixed reply to a door, with buttons only.
    assert person.presses(doors.GROUP_NAMES["services"]).says(texts.MENU_GROUP, person.language)
    seen = person.presses_door("language_course")
    assert all("language_course" in one.routes for one in services_named(seen, person.language))
    assert person.presses(texts.WHERE_WHEN).headings
    assert person.presses_language().labels
    person.presses(texts.SOMETHING_ELSE)


def assert_all_is_well(person: Person) -> None:
    text, route = NEEDS[person.language]
    assert person.writes(text).says(doors.LEADS[route], person.language)


def assert_outage_holds(person: Person) -> None:
    language = person.language
    assert_fixed_reply(person.writes(NEEDS[language][0]), language)
    assert_menu_leads_to_services(person)
    assert person.writes(CRIES[language]).says(
        texts.URGENT["crisis_self_harm"], language, number="112"
    )
    assert person.writes("/menu").says(texts.INTRODUCTION_PRIVACY, language) or person.latest.says(
        texts.MENU, language
    )


def test_rasa_killed_in_the_middle_of_talks_leaves_nobody_without_an_answer(stack, meet):
    # Given people who talk in four languages
    people = talking_people(meet)
    # When Rasa is killed
    stack.rasa.kill()
    # Then each is answered in the own language, and buttons, menu and cries work
    for person in people:
        assert_outage_holds(person)
    # And somebody new as well, in the language of the phone or of the script
    assert_fixed_reply(meet("fr", phone="fr").writes("bonjour"), "fr")
    assert_fixed_reply(meet("ar", phone="en").writes("مرحبا"), "ar")
    # When Rasa is back, the talks go on
    stack.start_rasa()
    for person in people:
        assert_all_is_well(person)


def test_the_action_server_killed_in_the_middle_of_talks_leaves_nobody_without_an_answer(
    stack, meet
):
    people = talking_people(meet)
    stack.actions.kill()
    for person in people:
        assert_outage_holds(person)
    stack.start_actions()
    for person in people:
        assert_all_is_well(person)


def test_an_outage_is_counted_once_and_what_follows_as_ever(stack, meet):
    with stack.counted_apart() as sums:
        # Given somebody who was answered before the outage
        person = meet()
        person.writes("I am looking for a lawyer")
        stack.actions.stop()
        # When they write, press and cry for help during it, and write again after it
        person.writes("I am looking for a lawyer")
        person.presses(doors.GROUP_NAMES["services"])
        person.presses_door("language_course")
        person.writes("I want to die")
        stack.start_actions()
        person.writes("I am looking for a lawyer")
    # Then each need counts once, and at most four of a conversation do: a need before mere words
    assert by_route(sums) == {
        ("legal_help", "en", "answered"): 1,
        ("show_menu", "en", "outage"): 1,
        ("language_course", "en", "outage"): 1,
        ("crisis_self_harm", "en", "outage"): 1,
    }


@pytest.mark.parametrize("program", ["rasa", "actions"])
def test_a_server_that_hangs_is_not_waited_for_and_counts_nothing_twice(stack, meet, program):
    with stack.counted_apart() as sums:
        person = meet()
        # Given a server that does not answer any more
        getattr(stack, program).send(signal.SIGSTOP)
        # When somebody writes
        begin = time.monotonic()
        seen = person.writes("I am looking for a lawyer")
        # Then the fixed reply is there within seconds
        assert_fixed_reply(seen, "en")
        assert time.monotonic() - begin < ANSWERED_WITHIN_SECONDS
        # When the server goes on, so does the talk, without a late reply to what was answered
        getattr(stack, program).send(signal.SIGCONT)
        person.writes("je cherche un logement")
        assert person.latest.says(doors.LEADS["housing_help"], "fr")
    # And each message counts once
    assert by_route(sums) == {
        ("not_understood", "en", "outage"): 1,
        ("housing_help", "fr", "answered"): 1,
    }


def test_a_message_that_telegram_lets_out_only_later_counts_once(stack, meet):
    with stack.counted_apart() as sums:
        # Given a network that fails long enough for the message to be fetched again
        person = meet()
        stack.api.drop_next("sendMessage", times=5)
        # When somebody writes, they get their answer in the end
        assert person.writes("I am looking for a lawyer").headings
    # And it counts once
    assert by_route(sums) == {("legal_help", "en", "answered"): 1}


def test_a_gateway_that_was_killed_answers_what_was_written_meanwhile(stack, meet):
    people = [meet(phone=None) for _ in range(3)]
    for person in people:
        person.writes("hello")
    # Given a gateway that was killed when all had been answered
    assert stack.api.wait_until(lambda: not stack.api.pending())
    stack.gateway.kill()
    # When people write while nothing runs, and the gateway starts again
    begins = [
        person.acts(lambda person=person: person.api.write(person.chat, "je cherche un logement"))
        for person in people
    ]
    stack.start_gateway()
    # Then each of them gets one answer
    for person, begin in zip(people, begins):
        assert person.waits(begin).says(doors.LEADS["housing_help"], "fr")
    assert all(len(person.api.sent(person.chat)) == 2 for person in people)


def test_a_connection_that_was_idle_for_a_while_is_still_there(stack):
    # Longer than Sanic keeps one by itself; whoever asks lets go of it after 15 s.
    asked = [
        (socket.create_connection(("127.0.0.1", port)), f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")
        for port, path in ((stack.rasa_port, "/"), (stack.actions_port, "/health"))
    ]
    for connection, request in asked:
        connection.sendall(request.encode())
        assert connection.recv(10_000).startswith(b"HTTP/1.1 200")
    time.sleep(7)
    for connection, request in asked:
        with connection:
            connection.sendall(request.encode())
            assert connection.recv(10_000).startswith(b"HTTP/1.1 200")
