"""What people type instead of pressing: their own words, their doubts, or a button's words."""

from __future__ import annotations

import dataclasses

import pytest
from replies import CITY, MORNING, assert_sound, presses, respond

from bot.answers import kinds, reading, spoken, typed
from bot.answers.model import DANGER, SURE, Memory, Turn
from bot.answers.payload import RESUME, STEP, Press
from bot.answers.wishes import POLICE
from bot.directory import pack
from bot.flows import table
from bot.privacy.names import names_somebody
from bot.urgent import normalise
from bot.words import languages, texts
from bot.words.catalogue import words
from bot.words.guided import common
from bot.words.guided.flows import WORDS

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
ASKING_ABOUT_DANGER = [
    (flow.id, route)
    for flow in table.table().values()
    for route, step in flow.opens.items()
    if step == "danger"
]


def memory_at(route: str, taken: tuple[str, ...] = (), **more: object) -> Memory:
    known = Memory(last_route=route, flow=route, taken=taken, introduced=True)
    return dataclasses.replace(known, **more)


def turn_of(text: str, route: str, language: str, memory: Memory, certainty: str = SURE) -> Turn:
    message = {
        "text": text,
        "intent": {"name": route},
        "language": {"code": language, "confidence": 1.0},
        "certainty": certainty,
        "intent_ranking": [{"name": route}, {"name": "crisis_self_harm"}],
    }
    return reading.turn_of(message, memory, CITY)


@LANGUAGES
@pytest.mark.parametrize(("flow_id", "route"), ASKING_ABOUT_DANGER)
def test_doubt_about_danger_is_never_taken_for_a_no(flow_id, route, language):
    for phrase in spoken.phrases()["unsure"][language]:
        for understood in ("deny", "emergency_now", "out_of_scope"):
            said = typed.answer(memory_at(route), phrase, understood, language)
            assert (said.answer, said.plainly) == ("unsure", True), phrase
    answer = respond("deny", language, memory_at(route), typed=True, said="unsure")
    number = CITY.emergency_number
    told = words(language).say(common.NOT_SURE_OF_DANGER, number=number)
    assert told in answer.reply.paragraphs
    assert words(language).say(WORDS[flow_id].questions["danger"]) in answer.reply.text


@pytest.mark.parametrize(
    ("text", "language"),
    [("no I don't know", "en"), ("Nein, weiß nicht", "de"), ("non je ne sais pas trop", "fr")],
)
def test_a_no_beside_doubt_is_doubt(text, language):
    assert typed.answer(memory_at("staff_concern_pupil"), text, "deny", language).answer == "unsure"


def test_doubt_beside_danger_is_danger():
    memory = memory_at("report_hate_crime")
    for text in ("not sure, he has a gun", "I don't know, he is going to kill me"):
        turn = turn_of(text, "threat_of_attack", "en", memory)
        assert not turn.said_plainly
        assert respond_to(turn).memory.last_route == "threat_of_attack"


def respond_to(turn: Turn):
    return respond(
        turn.route,
        turn.language,
        **{
            field.name: getattr(turn, field.name)
            for field in dataclasses.fields(turn)
            if field.name not in ("route", "language")
        },
    )


@LANGUAGES
def test_every_answer_has_words_of_its_own_in_every_language(language):
    flows = table.table().values()
    known = {answer for flow in flows for step in flow.steps.values() for answer in step}
    for answer, listed in spoken.phrases().items():
        assert answer in known
        assert set(listed) == set(languages.supported())
        assert all(normalise(phrase) for phrase in listed[language])
        assert all(spoken.answer(phrase, 0) == answer for phrase in listed[language])


@pytest.mark.parametrize(
    ("route", "taken", "text", "language", "answer"),
    [
        ("report_hate_crime", ("safe",), "me", "en", "to_me"),
        ("report_hate_crime", ("safe",), "bana oldu", "tr", "to_me"),
        ("report_hate_crime", ("safe",), "حدث لي", "ar", "to_me"),
        ("report_hate_crime", ("safe", "to_me"), "I don't want the police!", "en", "no_police"),
        ("report_hate_crime", ("safe", "to_me"), "polis istemiyorum", "tr", "no_police"),
        ("worried_about_someone", ("safe",), "C'est mon fils", "fr", "child"),
        ("mental_health", (), "two weeks", "en", "weeks"),
        ("mental_health", (), "seit zwei wochen", "de", "weeks"),
        ("trauma_support", (), "il y a trois semaines", "fr", "weeks"),
        ("staff_wellbeing", (), "zu viel arbeit", "de", "load"),
        ("staff_wellbeing", (), "الحمل زائد", "ar", "load"),
        ("staff_concern_pupil", ("safe",), "online stuff", "en", "online"),
        ("staff_concern_pupil", ("safe",), "hasserfüllte Worte", "de", "hateful"),
        ("staff_concern_pupil", (), "I am", "en", ""),
        ("worried_about_someone", ("safe",), "he wants to go abroad", "en", ""),
    ],
)
def test_an_answer_may_be_said_in_ones_own_words(route, taken, text, language, answer):
    assert typed.answer(memory_at(route, taken), text, "out_of_scope", language).answer == answer


@LANGUAGES
def test_the_very_words_of_a_way_on_do_what_its_button_does(language):
    say = words(language)
    for label, route in (
        (texts.SOMETHING_ELSE, "show_menu"),
        (texts.HUMAN_BUTTON, "talk_to_human"),
    ):
        memory = memory_at("trauma_support", ("weeks",), last_language=language)
        turn = turn_of(say.say(label), "crisis_self_harm", language, memory, DANGER)
        assert (turn.route, turn.certainty, turn.language) == (route, SURE, language)


@LANGUAGES
def test_something_else_is_no_answer_to_a_question(language):
    for route, taken in (("worried_about_someone", ("safe",)), ("mental_health", ())):
        memory = memory_at(route, taken, last_language=language)
        text = words(language).say(texts.SOMETHING_ELSE)
        assert respond_to(turn_of(text, "out_of_scope", language, memory)).memory.flow is None


@LANGUAGES
def test_whoever_wants_no_police_may_say_so_at_any_step_but_that_of_danger(language):
    phrase = spoken.phrases()["no_police"][language][0]
    for taken in (("safe",), ("safe", "to_me"), ("safe", "to_me", "police")):
        turn = turn_of(phrase, "ask_privacy", language, memory_at("report_hate_crime", taken))
        answer = respond_to(turn)
        assert answer.memory.taken[-1] == "no_police"
        assert "police" not in answer.memory.taken
    first = turn_of(phrase, "out_of_scope", language, memory_at("report_hate_crime"))
    assert respond_to(first).memory.taken == ()


@pytest.mark.parametrize("city", ["aarhus", "brussels", "denver"])
@pytest.mark.parametrize(
    "route", ["report_hate_crime", "report_discrimination", "report_online_hate"]
)
@pytest.mark.parametrize("wish", ["no_police", "heard", "support"])
def test_who_wants_no_police_or_support_is_led_to_others_first_in_every_city(city, route, wish):
    here = pack.load(city)
    memory = memory_at(route, ("safe", "to_me"))
    turn = Turn(route, "en", MORNING, view=STEP, choice=wish, memory=memory)
    doors = kinds.respond(turn, here)
    by_name = {one.name_in("en"): one for one in here.services.values()}
    assert by_name[doors.reply.headings[0]].run_by not in POLICE
    where = Turn("ask_where_when", "en", MORNING, typed=True, memory=doors.memory)
    assert kinds.respond(where, here).reply.headings == doors.reply.headings


@LANGUAGES
def test_after_numbers_the_words_of_the_way_back_lead_back(language):
    memory = memory_at("mental_health", ("weeks",), last_language=language)
    card = respond("crisis_self_harm", language, memory)
    assert Press("mental_health", STEP, RESUME) in presses(card.reply)
    turn = turn_of(words(language).say(common.RESUME), "crisis_self_harm", language, card.memory)
    back = respond_to(turn)
    assert_sound(back.reply)
    assert words(language).say(common.RESUMED) in back.reply.paragraphs


def test_what_is_not_understood_at_a_question_is_met_with_the_question():
    turn = turn_of("perkele", "out_of_scope", "fi", memory_at("report_hate_crime", ("safe",)))
    answer = respond_to(turn)
    assert words("fi").say(common.CHOOSE) in answer.reply.paragraphs
    assert answer.memory.flow == "report_hate_crime"


@LANGUAGES
def test_the_name_of_a_place_does_not_change_the_language(language):
    memory = memory_at("housing_help", flow=None, last_language=language)
    turn = turn_of("Molenbeek", "ask_where_when", "fr", memory)
    assert (turn.district, turn.language) == ("molenbeek", language)
    sentence = turn_of("j'habite à Molenbeek", "ask_where_when", "fr", memory)
    assert sentence.language == "fr"


def test_everyday_words_that_are_also_names_name_nobody():
    assert not names_somebody("أنا معلمة وقلقة على تلميذ", "ar")
    assert not names_somebody("لي سؤال، الأمر صعب علي", "ar")
    assert names_somebody("التلميذ محمد تغير", "ar")


@pytest.mark.parametrize(
    "text", ["maybe she took all of them", "not sure but he took dad's gun", "maybe he has a knife"]
)
def test_doubt_beside_something_else_never_outweighs_danger(text):
    memory = Memory(
        introduced=True, last_route="staff_concern_pupil", flow="staff_concern_pupil", taken=()
    )
    said = typed.answer(memory, text, "emergency_now", "en")
    assert not said.plainly
    turn = {"typed": True, "said": said.answer, "said_plainly": said.plainly}
    card = respond("emergency_now", "en", memory, **turn)
    assert card.reply.paragraphs == respond("emergency_now", "en").reply.paragraphs
