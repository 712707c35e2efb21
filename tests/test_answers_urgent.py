"""Urgent first: the card of numbers, in every language and at every hour, and what follows it."""

from __future__ import annotations

import datetime
import re

import pytest
from replies import CITY, MORNING, NIGHT, assert_sound, respond, routes_offered
from shown import number_shown

from bot import routes
from bot.answers import kinds, phones
from bot.answers.model import CLARIFIED, DANGER, LOST, UNSURE, Memory, Reply, Turn
from bot.directory.model import Area, City, LocalText, Opening, Pack, Phone, Service
from bot.words import languages, texts
from bot.words.catalogue import END_OF_ISOLATE, ISOLATE, words

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
URGENT = pytest.mark.parametrize("route", routes.ids("urgent"))
NEW = Memory()
WEEK = [MORNING + datetime.timedelta(hours=7 * n) for n in range(24)]
ALWAYS = (Opening(frozenset(range(7)), datetime.time(0), datetime.time(23, 59)),)
NUMBERS = {
    phones.to_call(phone.number, "BE")
    for service in CITY.services.values()
    for phone in service.phones
}


def bare(text: str) -> str:
    return text.replace(ISOLATE, "").replace(END_OF_ISOLATE, "")


def numbers_on(reply: Reply) -> list[str]:
    found = [re.match(r"(\+?[\d /.-]*\d)\s?: ", line) for line in lines_on(reply)]
    return [match[1] for match in found if match]


def lines_on(reply: Reply) -> list[str]:
    return [bare(line) for line in reply.paragraphs[0].split("\n")]


def has_line_day_and_night(reply: Reply) -> bool:
    form = bare(words(reply.language).say(texts.LINE_ALWAYS, number="#", name="@"))
    always = form.partition("@")[2].strip()
    return any(always in line for line in lines_on(reply))


@LANGUAGES
@URGENT
def test_the_card_begins_with_a_number_of_the_city(route, language):
    for now in WEEK:
        reply = respond(route, language, NEW, now=now).reply
        found = numbers_on(reply)
        assert lines_on(reply)[0].startswith(found[0])
        assert 2 <= len(found) <= 3
        assert set(found) <= NUMBERS
        assert len(set(found)) == len(found), "the same number twice"


@LANGUAGES
@URGENT
def test_the_card_has_a_line_day_and_night_at_every_hour_of_the_week(route, language):
    for now in WEEK:
        assert has_line_day_and_night(respond(route, language, NEW, now=now).reply)


@LANGUAGES
@URGENT
def test_the_card_names_a_trusted_person_and_the_program_and_stays_open(route, language):
    reply = respond(route, language, NEW).reply
    said = words(language)
    number = CITY.emergency_number
    assert said.say(texts.URGENT[route], number=number) in reply.paragraphs
    assert said.say(texts.URGENT_MORE[route], number=number) in reply.paragraphs
    assert said.say(texts.URGENT_PROGRAM) in reply.paragraphs
    assert reply.paragraphs.index(said.say(texts.URGENT[route], number=number)) == 1
    assert {"show_menu", "change_language"} <= set(routes_offered(reply))


@URGENT
def test_the_english_words_of_a_card_name_someone_to_turn_to_and_say_what_i_am(route):
    said = respond(route, "en", NEW).reply.text
    assert re.search(r"someone (you trust|near you)", said)
    assert "I am a computer program and cannot call for you." in said
    assert "You can keep writing to me here." in said
    assert not re.search(r"\?", said), "a card asks no questions"


@LANGUAGES
def test_where_there_is_a_chat_the_card_says_so_for_whoever_cannot_call(language):
    reply = respond("crisis_self_harm", language, NEW).reply
    chats = [s.chat for s in CITY.services.values() if s.chat and s.chat in bare(reply.text)]
    assert chats
    assert words(language).say(texts.WRITE_INSTEAD, url=chats[0]) in reply.text


@LANGUAGES
@URGENT
def test_a_second_card_is_shorter_and_has_the_same_numbers(route, language):
    first = respond(route, language, NEW)
    second = respond(route, language, first.memory)
    assert len(second.reply.text) < len(first.reply.text) / 1.5
    assert numbers_on(second.reply) == numbers_on(first.reply)
    assert words(language).say(texts.URGENT_AGAIN) in second.reply.paragraphs
    assert_sound(second.reply)


@URGENT
def test_another_danger_gets_a_whole_card_again(route):
    other = next(id_ for id_ in routes.ids("urgent") if id_ != route)
    after = respond(other, "en", NEW).memory
    assert respond(route, "en", after).reply == respond(route, "en", NEW).reply


@URGENT
def test_a_card_in_another_language_is_whole_again(route):
    after = respond(route, "en", NEW).memory
    assert respond(route, "fr", after).reply == respond(route, "fr", NEW).reply


@LANGUAGES
@URGENT
@pytest.mark.parametrize("said", ["thank", "deny", "hostile_message", "out_of_scope", "goodbye"])
def test_small_talk_after_a_card_gets_the_numbers_again(said, route, language):
    after = respond(route, language, NEW).memory
    answer = respond(said, language, after)
    assert numbers_on(answer.reply) == numbers_on(respond(route, language, NEW).reply)
    assert words(language).say(texts.URGENT_AGAIN) in answer.reply.paragraphs
    assert answer.memory.last_route == route


@LANGUAGES
@URGENT
@pytest.mark.parametrize("certainty", [UNSURE, LOST, DANGER])
def test_an_unclear_message_after_a_card_gets_the_numbers_first(certainty, route, language):
    after = respond(route, language, NEW).memory
    doors = ("job_help", "legal_help", "thank")
    reply = respond("job_help", language, after, certainty=certainty, doors=doors).reply
    assert numbers_on(reply) == numbers_on(respond(route, language, NEW).reply)


@LANGUAGES
@URGENT
def test_danger_is_answered_first_whatever_was_said_before(route, language):
    wanted = respond(route, language, NEW).reply
    for before in (id_ for id_ in routes.ids() if id_ != route):
        memory = respond(before, language, NEW).memory
        assert respond(route, language, memory).reply == wanted, before


@LANGUAGES
@URGENT
@pytest.mark.parametrize("now", [MORNING, NIGHT], ids=["morning", "night"])
def test_a_card_names_a_line_in_the_persons_language_when_there_is_one(now, route, language):
    services = [s for s in CITY.services.values() if route in s.routes and s.voice_number]
    speaking = {number_shown(s) for s in services if language in s.languages}
    shown = set(numbers_on(respond(route, language, NEW, now=now).reply))
    assert bool(shown & speaking) is bool(speaking)


def line(name: str, number: str | None, openings: tuple[Opening, ...] = (), **facts: object):
    numbers = (Phone(number, "voice", None),) if number else ()
    texts_ = LocalText(dict.fromkeys(languages.supported(), "-"))
    return Service(
        *(name, {}, name, None, texts_, ("crisis_self_harm", "emergency_now"), Area.CITY),
        *("https://example.org", MORNING.date()),
        **{"phones": numbers, "openings": openings, **facts},
    )


def card(*services: Service) -> Reply:
    names = dict.fromkeys(languages.supported(), "Somewhere")
    city = City("here", names, MORNING.tzinfo, "BE", ("fr",), services[0].id, {}, ())
    pack = Pack(city, {service.id: service for service in services})
    return kinds.respond(Turn("crisis_self_harm", "ar", MORNING), pack).reply


def test_a_service_without_a_number_never_stands_on_the_card():
    reply = card(line("a", "1", ALWAYS), line("b", "2"), line("page", None, languages=("ar",)))
    assert numbers_on(reply) == ["1", "2"]
    assert_sound(reply)


def test_lines_that_speak_the_language_never_push_the_line_day_and_night_off_the_card():
    office = (Opening(frozenset(range(5)), datetime.time(9), datetime.time(17)),)
    speaking = [line(name, name, office, languages=("ar",)) for name in "123"]
    reply = card(*speaking, line("4", "4", ALWAYS))
    assert "4" in numbers_on(reply)
    assert has_line_day_and_night(reply)
    assert len(numbers_on(reply)) == 3


MAYBE = ("mental_health", "crisis_self_harm", "trauma_support")


@LANGUAGES
@URGENT
def test_when_someone_may_be_in_danger_the_number_stands_above_one_question(route, language):
    doors = ("thank", "mental_health", route, "trauma_support")
    answer = respond("thank", language, Memory(introduced=True), certainty=DANGER, doors=doors)
    first, question = answer.reply.paragraphs
    assert CITY.emergency_number in first
    assert question == words(language).say(texts.ASK_DANGER[route])
    yes, no = answer.reply.buttons[0]
    assert (yes.label, no.label) == (words(language).say(texts.YES), words(language).say(texts.NO))
    assert (yes.payload, no.payload) == (f"/{route}", "/mental_health")
    assert answer.outcome == CLARIFIED


@LANGUAGES
@pytest.mark.parametrize(("said", "leads_to"), [("affirm", MAYBE[1]), ("deny", MAYBE[0])])
def test_a_typed_yes_or_no_to_the_question_about_danger_leads_where_its_button_does(
    said, leads_to, language
):
    asked = respond(MAYBE[0], language, NEW, certainty=DANGER, doors=MAYBE).memory
    assert respond(said, language, asked).reply == respond(leads_to, language, asked).reply
    # And later on a yes is only a yes
    later = respond("job_help", language, asked).memory
    assert respond("affirm", language, later).memory.last_route == "job_help"
