"""No dead end: every route in every language, and every button that can be reached, leads on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from replies import MORNING, NIGHT, assert_sound, buttons, press, presses, respond

from bot import routes
from bot.answers import payload
from bot.answers.model import DANGER, LOST, OUTCOMES, SURE, UNSURE, Answer, Memory
from bot.answers.payload import AFTER, GROUP, MORE, START, WHERE, Press
from bot.words import languages

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
ROUTES = pytest.mark.parametrize("route", routes.ids())
VIEWS = [("", ""), *itertools.product((MORE, WHERE, AFTER), ("0", "1", "99"))]
MENU_VIEWS = [(START, ""), *((GROUP, group) for group in (*routes.GROUPS, "nonsense"))]
MEMORIES = [
    Memory(),
    Memory(introduced=True, last_route="housing_help", page=2),
    Memory(introduced=True, last_route="housing_help", page=99, offered=("job_help",)),
    Memory(introduced=True, last_route="abuse_at_home", card_language="nl"),
]


def views(route: str) -> list[tuple[str, str]]:
    return [*VIEWS, *MENU_VIEWS] if route == "show_menu" else VIEWS


@LANGUAGES
@ROUTES
def test_every_reply_has_words_and_a_next_step(route, language):
    for (view, choice), memory in itertools.product(views(route), MEMORIES):
        now = MORNING if memory.introduced else NIGHT
        answer = respond(route, language, memory, view=view, choice=choice, now=now)
        assert_sound(answer.reply)
        assert answer.reply.language == language
        assert answer.outcome in (None, *OUTCOMES)
        assert answer.memory.introduced
        assert answer.memory.last_language == language


@LANGUAGES
@pytest.mark.parametrize("certainty", [SURE, UNSURE, LOST, DANGER])
def test_every_reply_leads_on_however_sure_the_understanding_is(certainty, language):
    for first in routes.ids():
        doors = (first, *(route for route in routes.ids() if route != first))
        for memory in MEMORIES:
            answer = respond(first, language, memory, certainty=certainty, doors=doors)
            assert_sound(answer.reply)
    assert_sound(respond("greet", language, certainty=certainty, doors=()).reply)


def walk(language: str) -> Iterator[tuple[str, Answer]]:
    first = press("/show_menu", language, Memory())
    seen, waiting = {"/show_menu"}, [first]
    yield "/show_menu", first
    while waiting:
        answer = waiting.pop()
        for button in buttons(answer.reply):
            if button.payload not in seen:
                seen.add(button.payload)
                waiting.append(press(button.payload, answer.reply.language, answer.memory))
                yield button.payload, waiting[-1]


@LANGUAGES
def test_every_button_that_can_be_reached_leads_on(language):
    reached = set()
    for button, answer in walk(language):
        assert_sound(answer.reply)
        reached.add(payload.read(button).route)
    assert reached >= {*routes.service_ids(), "change_language", "talk_to_human", "ask_privacy"}


@LANGUAGES
def test_wherever_a_person_has_come_they_can_say_anything(language):
    states = {answer.memory for _, answer in walk(language)}
    for memory, said in itertools.product(states, routes.ids("conversation")):
        assert_sound(respond(said, language, memory, doors=("job_help", said)).reply)


@LANGUAGES
def test_the_way_to_a_person_and_to_the_menu_is_never_more_than_two_taps_away(language):
    for button, answer in walk(language):
        steps = [found.route for found in presses(answer.reply)]
        onward = [press(b.payload, language, answer.memory) for b in buttons(answer.reply)]
        steps += [found.route for a in onward for found in presses(a.reply)]
        assert {"show_menu", "talk_to_human", "change_language"} <= set(steps), button


@ROUTES
def test_a_payload_is_read_as_it_was_written(route):
    for view, choice in views(route):
        written = Press(route, view, choice).payload
        assert payload.read(written) == Press(route, view, choice)
        assert len(written.encode()) <= 64


@pytest.mark.parametrize(
    "foreign",
    [
        *("", "/", "greet", "/Greet", "/greet ", " /greet", "/greet\n", "/no_such_route"),
        *("/greet{}", '/greet{"view":"sideways","choice":""}', '/greet{"view":"more"}'),
        *('/greet{"view":"more","choice":"../x"}', '/greet{"choice":"1","view":"more"}'),
        '/housing_help{"view":"more","choice":"' + "1" * 25 + '"}',
    ],
)
def test_a_payload_that_is_not_ours_is_refused(foreign):
    assert payload.read(foreign) is None
