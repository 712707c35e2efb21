"""Walks that go astray: vague words, wrong input, edits, groups, and many people at once."""

from __future__ import annotations

import pytest
from support.city import names, services_named
from support.person import Person, Seen

from bot import routes
from bot.answers.payload import Press
from bot.directory import pack
from bot.words import doors, texts
from bot.words.catalogue import words

pytestmark = pytest.mark.slow

# The model decides which of these it finds vague; one of them is, after every training.
VAGUE = (
    "that meeting thing",
    "the office",
    "people talk",
    "something with the family",
    "can you look at it",
    "I have a question about it",
    "somebody told me",
    "friend problem",
    "something about my child",
    "money",
    "family",
    "I have a problem",
    "something",
    "help with my kid",
    "tomorrow",
    "the letter",
    "it is about him",
)
ARABIC_BUTTON = Press("change_language", "", "ar").payload
NUMBERS_ONLY = "+32 470 12 34 56"


def vaguely(person: Person) -> Seen:
    for text in VAGUE:
        if person.writes(text).says(texts.UNSURE, "en"):
            return person.latest
    raise AssertionError("nothing of all this is vague to the model")


def test_what_is_not_understood_for_sure_is_answered_with_doors_to_choose_from(meet):
    # Given somebody who says something vague
    person = meet()
    seen = vaguely(person)
    # Then they are offered two or three doors by name, something else, a person and a language
    offered = [payload[1:] for payload in seen.payloads[:-3]]
    assert len(offered) in (2, 3)
    assert set(offered) <= set(routes.table())
    assert seen.labels[-3:-1] == [texts.SOMETHING_ELSE.english, texts.HUMAN_BUTTON.english]
    assert seen.language == "en"
    # And they know whom to call in danger
    assert seen.says(texts.UNSURE_DANGER, "en", number="112")
    # When they press a door, it opens
    leading = [route for route in offered if routes.get(route).leads_to_services]
    route = (leading or ["talk_to_human"])[0]
    assert services_named(person.presses_door(route), "en")


def test_a_yes_to_the_offered_doors_asks_which_one_again(meet):
    person = meet()
    offered = vaguely(person).payloads[:-3]
    seen = person.writes("yes please")
    assert seen.says(texts.WHICH_ONE, "en")
    assert seen.payloads[:-3] == offered


@pytest.mark.parametrize("phone", ["fr", "nl-BE", "ar", "xx", None])
@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "contact"])
def test_what_is_no_text_is_answered_in_the_language_of_the_phone(meet, kind, phone):
    seen = meet(phone=phone).sends(kind)
    language = {"fr": "fr", "nl-BE": "nl", "ar": "ar"}.get(phone, "en")
    assert seen.says(texts.ONLY_TEXT, language)
    assert seen.language == language


@pytest.mark.parametrize("phone", ["fr", "nl-BE", "ar", "xx", None])
def test_a_location_elsewhere_is_answered_in_the_language_of_the_phone(meet, phone):
    seen = meet(phone=phone).sends("location")
    language = {"fr": "fr", "nl-BE": "nl", "ar": "ar"}.get(phone, "en")
    city = pack.load("brussels").city.names[language]
    assert seen.says(texts.NOT_HERE, language, city=city)
    assert seen.language == language


@pytest.mark.parametrize(
    ("wrong", "notice"),
    [
        (NUMBERS_ONLY, texts.NO_WORDS),
        ("https://example.org/a?b=c", texts.NO_WORDS),
        ("somebody@example.org", texts.NO_WORDS),
        ("/", texts.NO_WORDS),
        ("/nonsense", texts.UNKNOWN_COMMAND),
        ("/housing_help", texts.UNKNOWN_COMMAND),
    ],
)
def test_wrong_input_is_named_and_the_menu_offered(meet, wrong, notice):
    # Given somebody who talks in French
    person = meet()
    person.writes("bonjour")
    # When they send what cannot be answered
    seen = person.writes(wrong)
    # Then they read why, in French, and can choose a topic
    assert seen.says(notice, "fr")
    assert words("fr").say(doors.GROUP_NAMES["services"]) in seen.labels
    # And the talk goes on
    assert person.writes("je cherche un logement").says(doors.LEADS["housing_help"], "fr")


ODD = ["a" * 4096, "😀" * 2048, "?!...", "/ / /greet", "\u200f", "0"]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:12]))
def test_any_text_gets_one_reply_with_a_way_on(meet, text):
    person = meet()
    seen = person.writes(text)
    assert seen.language is not None
    # And nothing typed can pass for one of our buttons
    assert person.writes("I am looking for a lawyer").says(doors.LEADS["legal_help"], "en")


@pytest.mark.parametrize("before", ["/", "//", "/ ", "\u200e", "\u00a0/", "> "])
def test_a_typed_button_is_not_taken_for_a_pressed_one(meet, before):
    # Given somebody who talks in English
    person = meet()
    person.writes("hello")
    # When they type what the button for Arabic would send, or write it below a picture
    typed = person.writes(before + ARABIC_BUTTON)
    below = person.sends("photo", before + ARABIC_BUTTON)
    # Then the language stays
    for seen in (typed, below):
        assert not seen.says(texts.LANGUAGE_SET, "ar", language="العربية")
    assert person.writes("I am looking for a lawyer").says(doors.LEADS["legal_help"], "en")


def test_a_button_below_a_picture_is_no_button(meet):
    seen = meet().sends("photo", ARABIC_BUTTON)
    assert not seen.says(texts.LANGUAGE_SET, "ar", language="العربية")


def test_a_button_of_an_older_time_leads_to_the_menu(meet):
    person = meet()
    person.writes("bonjour")
    for data in ("/no_such_route", "x", '/greet{"view":"evil"}'):
        seen = person.does(lambda data=data: person.api.press(person.chat, data, stale=True))
        assert seen.says(texts.OLD_BUTTON, "fr")
        assert words("fr").say(doors.GROUP_NAMES["services"]) in seen.labels


def test_an_edited_message_is_answered_as_it_reads_now(meet):
    person = meet()
    person.writes("I am looking for a lawyer")
    assert person.writes("I am looking for a job", edited=True).says(doors.LEADS["job_help"], "en")


def test_the_words_below_a_picture_are_read(meet):
    seen = meet().sends("photo", "je cherche un logement")
    assert seen.says(doors.LEADS["housing_help"], "fr")


def test_in_a_group_the_bot_asks_for_a_private_chat_and_leaves(stack):
    # When somebody adds the bot to a group
    group = -1_001_700_000_001
    stack.api.add_to_group(group)
    # Then it says one sentence and leaves
    assert stack.api.wait_for(group, 1)[0].plain == texts.PRIVATE_ONLY.english
    assert stack.api.wait_until(
        lambda: any(request.method == "leaveChat" for request in stack.api.requests)
    )
    assert len(stack.api.sent(group)) == 1


def test_chats_side_by_side_do_not_mix(meet):
    # Given six people with different needs, who all write before any of them has an answer
    needs = [
        ("I am looking for a lawyer", "legal_help", "en", "where is it?"),
        ("je cherche un logement", "housing_help", "fr", "c'est où ?"),
        ("waar kan ik Nederlands leren", "language_course", "nl", "waar is het?"),
        ("ابحث عن عمل", "job_help", "ar", "ساعات الدوام؟"),
        ("je cherche un avocat", "legal_help", "fr", "c'est où ?"),
        ("I am looking for a job", "job_help", "en", "where is it?"),
    ]
    people = [meet(language=language, phone="pl") for _, _, language, _ in needs]

    def all_write(said: list[str]) -> None:
        begins = [
            person.acts(lambda person=person, text=text: person.api.write(person.chat, text, "pl"))
            for person, text in zip(people, said)
        ]
        for person, begin in zip(people, begins):
            person.waits(begin)

    # Then each reads about the own need in the own language
    all_write([text for text, _, _, _ in needs])
    for person, (_, route, language, _) in zip(people, needs):
        assert person.latest.says(doors.LEADS[route], language)
    shown = [names(person.latest, person.language) for person in people]
    # And when all ask where it is, each reads it about the own services
    all_write([question for _, _, _, question in needs])
    assert [names(person.latest, person.language) for person in people] == shown


def test_messages_of_one_chat_are_answered_one_after_the_other(meet):
    # Given somebody who sends three messages at one go
    person = meet()
    said = ("I am looking for a lawyer", "je cherche un logement", "I am looking for a job")
    begin = person.acts(lambda: [person.api.write(person.chat, text) for text in said])
    # Then each is answered, in the order in which they were written
    sent = person.api.wait_for(person.chat, begin + 3, 20)[begin:]
    leads = [("legal_help", "en"), ("housing_help", "fr"), ("job_help", "en")]
    for message, (route, language) in zip(sent, leads):
        assert Seen((message,)).says(doors.LEADS[route], language)
