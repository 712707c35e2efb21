"""Guided conversations: safe to leave, safe to interrupt, never a dead end."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

import pytest
from replies import CITY, assert_sound, buttons, press, presses, respond

from bot import routes
from bot.answers import typed
from bot.answers.model import ANSWERED, DANGER, LOST, SURE, UNMET, UNSURE, Answer, Memory
from bot.answers.payload import BACK, RESUME, STEP, STOP, Press
from bot.directory.model import RunBy
from bot.flows import table
from bot.words import languages, telegram, texts
from bot.words.catalogue import words
from bot.words.guided import common, staff
from bot.words.guided.flows import WORDS

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
OPENING = [(flow.id, route) for flow in table.table().values() for route in flow.opens]
ROUTES = pytest.mark.parametrize(("flow_id", "route"), OPENING)


def states(flow_id: str, route: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every step of a flow that its opening route leads to, with the answers before it."""
    flow = table.table()[flow_id]
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        taken = waiting.pop()
        step = flow.step_after(route, taken)
        yield step, taken
        leads = flow.steps[step]
        waiting += [(*taken, answer) for answer, where in leads.items() if where in flow.steps]


def memory_at(route: str, taken: tuple[str, ...] = ()) -> Memory:
    return Memory(introduced=True, last_route=route, flow=route, taken=taken, last_language="en")


def step(route: str, answer: str, memory: Memory | None = None, language: str = "en") -> Answer:
    flow = table.of_route(route)
    left_for = flow.route_of(answer) if flow.step_of(answer) else None
    pressed = Press(left_for) if left_for else Press(route, STEP, answer)
    return press(pressed.payload, language, memory or memory_at(route))


def says(answer: Answer, text: object, **values: object) -> bool:
    return words(answer.reply.language).say(text, **values) in answer.reply.text


@LANGUAGES
@ROUTES
def test_a_need_is_answered_at_once_and_its_first_question_asked(flow_id, route, language):
    answer = respond(route, language)
    flow = table.table()[flow_id]
    assert_sound(answer.reply)
    assert answer.reply.headings, "the services come first"
    assert says(answer, common.OPENING)
    assert says(answer, WORDS[flow_id].questions[flow.opens[route]])
    assert (answer.memory.flow, answer.memory.taken) == (route, ())


@LANGUAGES
@ROUTES
def test_every_step_and_every_answer_of_it_leads_on(flow_id, route, language):
    flow = table.table()[flow_id]
    for at, taken in states(flow_id, route):
        memory = memory_at(route, taken)
        for answer in (*flow.steps[at], BACK, STOP, RESUME):
            replied = step(route, answer, memory, language)
            assert_sound(replied.reply)
            assert replied.reply.language == language
            if answer in flow.steps[at] and not flow.route_of(answer):
                moves = [one.choice for one in presses(replied.reply) if one.view == STEP]
                assert STOP in moves
                assert BACK in moves or RESUME in moves


@ROUTES
def test_danger_is_answered_first_at_every_step(flow_id, route):
    for (_, taken), urgent in itertools.product(states(flow_id, route), routes.ids("urgent")):
        memory = memory_at(route, taken)
        for said in ("", "safe", BACK):
            card = respond(urgent, "en", memory, typed=True, said=said)
            fresh = respond(urgent, "en")
            assert card.reply.paragraphs == fresh.reply.paragraphs, (taken, urgent)
            assert card.memory.last_route == urgent
        asked = respond(urgent, "en", memory, certainty=DANGER, doors=(route, urgent), typed=True)
        assert says(asked, texts.ASK_DANGER[urgent])


@ROUTES
def test_after_danger_one_can_go_on_where_one_was(flow_id, route):
    for at, taken in states(flow_id, route):
        if not taken:
            continue
        card = respond("crisis_self_harm", "en", memory_at(route, taken))
        assert Press(route, STEP, RESUME) in presses(card.reply)
        again = step(route, RESUME, card.memory)
        assert says(again, WORDS[flow_id].questions[at])
        # Small talk right after the card gets its numbers again, not a question.
        thanks = respond("thank", "en", card.memory, typed=True)
        assert says(thanks, texts.URGENT_AGAIN)


def test_back_undoes_one_answer_and_stop_forgets_all():
    memory = memory_at("report_hate_crime", ("safe", "to_me"))
    back = step("report_hate_crime", BACK, memory)
    assert back.memory.taken == ("safe",)
    assert says(back, WORDS["reporting"].questions["whom"])
    first = step("report_hate_crime", BACK, back.memory)
    assert says(
        step("report_hate_crime", BACK, first.memory), WORDS["reporting"].questions["danger"]
    )
    stopped = step("report_hate_crime", STOP, memory)
    assert says(stopped, common.STOPPED)
    assert (stopped.memory.flow, stopped.memory.taken) == (None, ())


@pytest.mark.parametrize("ending", ["show_menu", "goodbye"])
def test_something_else_ends_a_guided_conversation(ending):
    answer = respond(ending, "en", memory_at("leave_extremism", ("safe",)), typed=True)
    assert answer.memory.flow is None


def test_what_is_counted_is_what_was_answered_not_what_was_not_understood():
    memory = memory_at("leave_extremism", ("safe",))
    menu = respond("greet", "en", memory, typed=True, certainty=LOST, follow_up="something_else")
    assert (menu.route, menu.outcome) == ("show_menu", ANSWERED)
    step_again = respond("housing_help", "en", memory, typed=True, certainty=LOST)
    assert step_again.outcome is None
    lost = respond("housing_help", "en", typed=True, certainty=LOST)
    assert (lost.route, lost.outcome) == ("out_of_scope", UNMET)


def test_another_need_ends_it_and_is_answered():
    memory = memory_at("leave_extremism", ("safe",))
    answer = respond("housing_help", "en", memory, typed=True)
    assert answer.memory.flow is None
    assert answer.memory.last_route == "housing_help"
    guided = respond("report_hate_crime", "en", memory, typed=True)
    assert (guided.memory.flow, guided.memory.taken) == ("report_hate_crime", ())


def test_more_of_the_story_is_met_with_the_same_question_not_with_a_new_start():
    memory = memory_at("staff_concern_pupil", ("safe",))
    for certainty in (SURE, UNSURE, LOST):
        answer = respond("staff_concern_pupil", "en", memory, typed=True, certainty=certainty)
        assert says(answer, common.CHOOSE)
        assert says(answer, WORDS["staff"].questions["noticed"])
        assert answer.memory.taken == ("safe",)


@LANGUAGES
def test_a_question_in_between_is_answered_and_the_way_back_stands_below(language):
    memory = memory_at("worried_about_someone", ("safe",))
    for route in ("ask_privacy", "are_you_a_bot", "talk_to_human", "thank"):
        answer = respond(route, language, memory, typed=True)
        assert_sound(answer.reply)
        assert Press("worried_about_someone", STEP, RESUME) in presses(answer.reply)
        assert answer.memory.taken == ("safe",)


@LANGUAGES
def test_another_language_in_the_middle_asks_the_same_question_in_it(language):
    memory = memory_at("worried_about_someone", ("safe",))
    answer = respond("change_language", "en", memory, choice=language, typed=True)
    assert_sound(answer.reply)
    assert answer.reply.language == language
    assert says(answer, WORDS["worry"].questions["who"])
    assert answer.memory.chosen_language == language


def test_a_button_of_an_old_message_works_when_everything_is_forgotten():
    for route, old in (("report_hate_crime", "anonymous"), ("staff_concern_pupil", "bullied")):
        answer = step(route, old, Memory())
        assert_sound(answer.reply)
        assert answer.memory.taken == (old,)
        assert answer.memory.introduced


def test_a_button_of_an_earlier_step_answers_that_step_anew():
    memory = memory_at("report_hate_crime", ("safe", "to_me", "police"))
    answer = step("report_hate_crime", "seen", memory)
    assert answer.memory.taken == ("safe", "seen")


def test_a_button_of_another_guided_conversation_goes_on_with_that_one():
    memory = memory_at("report_hate_crime", ("safe", "to_me"))
    answer = step("leave_extremism", "afraid", memory)
    assert (answer.memory.flow, answer.memory.taken) == ("leave_extremism", ("afraid",))


def test_an_answer_that_there_is_not_is_met_with_the_question():
    for unknown in ("nonsense", "", "path"):
        answer = step("staff_concern_pupil", unknown)
        assert_sound(answer.reply)
        assert says(answer, WORDS["staff"].questions["danger"])


@LANGUAGES
@ROUTES
def test_answers_may_be_typed_with_the_words_of_the_button(flow_id, route, language):
    flow, said = table.table()[flow_id], WORDS[flow_id].answers
    for at, taken in states(flow_id, route):
        memory = memory_at(route, taken)
        for number, answer in enumerate((one for one in flow.steps[at] if one in said), start=1):
            label = words(language).say(said[answer])
            for text in (label, f"{label}!", label.upper(), f" {label.lower()} "):
                assert typed.answer(memory, text, "out_of_scope", language).answer == answer, text
            assert typed.answer(memory, str(number), "out_of_scope", language).answer == answer


@pytest.mark.parametrize(
    ("route", "taken", "text", "answer"),
    [
        ("staff_concern_pupil", ("safe",), "it was a threat", "threat"),
        ("staff_concern_pupil", ("safe",), "he is being bullied", "bullied"),
        ("staff_concern_pupil", ("safe", "threat"), "at a school", "school"),
        ("staff_concern_pupil", ("safe", "threat"), "sports", "sport"),
        ("staff_concern_pupil", ("safe", "threat"), "in a school and a sports club", ""),
        ("report_hate_crime", ("safe", "to_me"), "anonymous", "anonymous"),
        ("report_hate_crime", ("safe", "to_me"), "I want support", "support"),
        ("report_hate_crime", ("safe", "to_me"), "what is the weather like tomorrow", ""),
    ],
)
def test_answers_may_be_typed_in_other_words(route, taken, text, answer):
    assert typed.answer(memory_at(route, taken), text, "out_of_scope", "en").answer == answer


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        *(("A threat", True), ("it was a threat!", True), ("2", True)),
        *(("threat gun", False), ("a threat now", False)),
        *(("a threat with a gun", False), ("threat: he will kill them", False)),
    ],
)
def test_only_the_words_of_a_button_outweigh_a_suspicion_of_danger(text, plainly):
    memory = memory_at("staff_concern_pupil", ("safe",))
    said = typed.answer(memory, text, "threat_of_attack", "en")
    assert (said.answer, said.plainly) == ("threat", plainly)
    turn = {"typed": True, "said": said.answer, "said_plainly": said.plainly}
    answer = respond("threat_of_attack", "en", memory, **turn)
    assert (answer.memory.last_route == "threat_of_attack") is not plainly
    assert CITY.emergency_number in answer.reply.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("nl", "{} mes"), ("nl", "{} bom"), ("fi", "{} ase"), ("de", "{} tot")),
        *(("tr", "{} kan"), ("da", "{} dø"), ("ar", "{} قتل"), ("fr", "{} tue")),
    ],
)
def test_a_short_word_of_danger_beside_a_button_is_not_passed_over(language, text):
    label = words(language).say(WORDS["staff"].answers["threat"])
    memory = memory_at("staff_concern_pupil", ("safe",))
    assert not typed.answer(memory, text.format(label), "threat_of_attack", language).plainly


def test_yes_and_no_are_answers_where_they_are_asked_for():
    at_danger = memory_at("staff_concern_pupil")
    assert typed.answer(at_danger, "nope not really", "deny", "en").answer == "safe"
    assert typed.answer(at_danger, "sure thing", "affirm", "en").answer == "danger"
    assert (
        typed.answer(memory_at("staff_concern_pupil", ("safe",)), "yes", "affirm", "en").answer
        == ""
    )


def test_a_typed_yes_to_danger_gets_the_card():
    answer = respond("affirm", "en", memory_at("staff_concern_pupil"), typed=True, said="danger")
    assert answer.memory.last_route == "emergency_now"
    assert answer.reply.paragraphs[0].startswith(CITY.emergency_number)


@pytest.mark.parametrize("text", ["Yes, right now", "yes right now", "1"])
@pytest.mark.parametrize(("route", "certainty"), [("emergency_now", SURE), ("affirm", DANGER)])
def test_the_button_for_danger_gets_the_card_also_when_it_is_typed(text, route, certainty):
    for opened in ("staff_concern_pupil", "report_hate_crime", "leave_extremism"):
        for asked in (False, True):
            memory = dataclasses.replace(
                memory_at(opened), asked=asked, offered=("emergency_now", "deny") if asked else ()
            )
            said = typed.answer(memory, text, route, "en")
            turn = {"typed": True, "said": said.answer, "said_plainly": said.plainly}
            doors = (route, "emergency_now")
            card = respond(route, "en", memory, certainty=certainty, doors=doors, **turn)
            assert card.memory.last_route == "emergency_now"
            assert card.reply.paragraphs[0].startswith(CITY.emergency_number)


@pytest.mark.parametrize("certainty", [SURE, DANGER])
def test_whatever_is_typed_at_a_step_there_is_an_answer(certainty):
    understood = ("affirm", "deny", "emergency_now", "change_language", "legal_help")
    offers = ((False, ()), (True, ("emergency_now", "deny")), (False, ("ask_privacy", "deny")))
    for flow_id, opened in OPENING:
        for at, taken in dict(states(flow_id, opened)).items():
            answers = (*table.table()[flow_id].steps[at], "")
            cases = itertools.product(understood, answers, (False, True), offers)
            for route, said, plainly, (asked, offered) in cases:
                memory = dataclasses.replace(
                    memory_at(opened, taken), asked=asked, offered=offered, chosen_language="fr"
                )
                turn = {"typed": True, "said": said, "said_plainly": plainly, "choice": "tr"}
                doors = (route, "threat_of_attack")
                answer = respond(route, "en", memory, certainty=certainty, doors=doors, **turn)
                assert answer.reply.buttons
                assert respond("affirm", "en", answer.memory, typed=True).reply.buttons


def test_the_question_about_danger_keeps_its_yes_and_no_when_a_language_is_named():
    memory = dataclasses.replace(memory_at("report_hate_crime", ("safe",)), chosen_language="nl")
    doors = ("change_language", "threat_of_attack")
    asked = respond(doors[0], "en", memory, typed=True, choice="tr", certainty=DANGER, doors=doors)
    assert Press("threat_of_attack") in presses(asked.reply)
    yes = respond("affirm", "en", asked.memory, typed=True)
    assert yes.memory.last_route == "threat_of_attack"


def test_another_language_asked_for_in_few_words_asks_the_same_question_in_it():
    for chosen in (None, "nl", "tr"):
        memory = dataclasses.replace(
            memory_at("report_hate_crime", ("safe",)), chosen_language=chosen
        )
        turn = {"typed": True, "certainty": LOST, "follow_up": "write_in", "choice": "tr"}
        answer = respond("out_of_scope", "en", memory, **turn)
        assert answer.reply.language == "tr"
        assert says(answer, WORDS["reporting"].questions["whom"])


def test_a_language_that_is_not_written_leaves_the_choice_of_languages():
    memory = dataclasses.replace(memory_at("report_hate_crime", ("safe",)), chosen_language="nl")
    answer = respond("change_language", "nl", memory, typed=True, choice="pl")
    assert Press("change_language", "", "fr") in presses(answer.reply)


def test_yes_and_no_to_another_question_are_no_answers_of_the_step():
    memory = memory_at("report_hate_crime")
    asked = respond("out_of_scope", "en", memory, typed=True, certainty=LOST, follow_up="forget")
    assert says(asked, telegram.FORGET_ASK)
    for text, route in (("yes", "affirm"), ("no", "deny"), ("No", "deny")):
        said = typed.answer(asked.memory, text, route, "en")
        assert said.answer == "", text
        answer = respond(route, "en", asked.memory, typed=True)
        assert answer.memory.taken == ()
        assert says(answer, telegram.FORGET_ASK if route == "affirm" else texts.NO_PROBLEM)


@ROUTES
def test_what_may_be_a_cry_gets_the_number_as_in_a_first_message(flow_id, route):
    number = {"number": CITY.emergency_number}
    for _, taken in states(flow_id, route):
        for words_said in ({"certainty": LOST}, {"certainty": UNSURE}, {"follow_up": "stop"}):
            turn = {"certainty": LOST, **words_said, "doors": ("housing_help",)}
            answer = respond("housing_help", "en", memory_at(route, taken), typed=True, **turn)
            assert says(answer, texts.UNSURE_DANGER, **number), (taken, words_said)


def test_back_at_the_first_question_shows_what_stood_before_it():
    opened = respond("report_hate_crime")
    back = step("report_hate_crime", BACK, opened.memory)
    assert back.reply.headings == opened.reply.headings
    assert says(back, WORDS["reporting"].questions["danger"])
    assert back.outcome is None, "not a new demand"


def test_no_word_about_names_stands_above_numbers_that_come_again():
    card = respond("emergency_now", "en", memory_at("worried_about_someone", ("safe",)))
    for turn in ({"route": "thank"}, {"route": "out_of_scope", "certainty": LOST}):
        again = respond(**turn, memory=card.memory, typed=True, names_somebody=True)
        assert again.reply.paragraphs[0].startswith(CITY.emergency_number)


def test_looks_faith_clothes_and_opinions_are_answered_as_no_sign():
    answer = step("staff_concern_pupil", "looks", memory_at("staff_concern_pupil", ("safe",)))
    assert all(says(answer, text) for text in staff.ADDS["looks"])
    assert says(answer, WORDS["staff"].questions["noticed"])
    assert answer.memory.taken == ("safe",)


@LANGUAGES
@pytest.mark.parametrize("route", ["staff_concern_pupil", "worried_about_someone"])
def test_a_name_is_kindly_refused_and_not_repeated(route, language):
    for memory in (Memory(introduced=True), memory_at(route, ("safe",))):
        answer = respond(route, language, memory, typed=True, names_somebody=True)
        assert answer.reply.paragraphs[0] == words(language).say(common.NO_NAMES)
    other = respond("housing_help", language, typed=True, names_somebody=True)
    assert not says(other, common.NO_NAMES)
    card = respond("emergency_now", language, memory_at(route), typed=True, names_somebody=True)
    assert not says(card, common.NO_NAMES)


@LANGUAGES
def test_a_member_of_staff_gets_an_ordered_path_and_a_summary_to_copy(language):
    memory = memory_at("staff_concern_pupil", ("safe", "threat"))
    path = step("staff_concern_pupil", "school", memory, language)
    places = [path.reply.text.index(words(language).say(text)) for text in staff.STEPS]
    assert places == sorted(places)
    assert path.reply.text.index(words(language).say(staff.ADDS["school"][0])) < places[0]
    assert path.reply.headings
    summary = step("staff_concern_pupil", "summary", path.memory, language)
    assert says(
        summary, staff.SUMMARY_NOTICED, noticed=words(language).say(staff.ANSWERS["threat"])
    )
    assert says(summary, staff.SUMMARY_STEPS)
    assert set(dataclasses.astuple(path.memory)) == set(dataclasses.astuple(summary.memory))


@pytest.mark.parametrize("route", ["report_hate_crime", "report_discrimination"])
def test_doors_stand_in_the_order_of_what_is_wished_for(route):
    def run_by(wish: str) -> list[RunBy | None]:
        answer = step(route, wish, memory_at(route, ("safe", "to_me")))
        by_name = {one.name_in("en"): one for one in CITY.services.values()}
        return [by_name[name].run_by for name in answer.reply.headings]

    police = {RunBy.POLICE, RunBy.POLICE_AND_PUBLIC, RunBy.JUSTICE}
    if any(one.run_by in police for one in CITY.by_route[route]):
        assert run_by("police")[0] in police
    assert run_by("no_police")[0] not in police


def test_details_are_about_the_services_that_were_shown():
    memory = memory_at("report_hate_crime", ("safe", "to_me"))
    doors = step("report_hate_crime", "police", memory)
    where = press('/report_hate_crime{"view":"where","choice":"0"}', "en", doors.memory)
    assert where.reply.headings == doors.reply.headings
    asked = respond("ask_where_when", "en", doors.memory, typed=True)
    assert asked.reply.headings == doors.reply.headings


def test_a_wish_of_reporting_does_not_move_the_numbers_of_an_urgent_card():
    memory = memory_at("report_hate_crime", ("safe", "to_me", "no_police"))
    card = respond("emergency_now", "en", memory)
    assert card.reply.paragraphs == respond("emergency_now", "en").reply.paragraphs


def test_every_button_below_a_step_is_one_of_ours_and_none_stands_twice():
    for flow_id, route in OPENING:
        for _, taken in states(flow_id, route):
            shown = step(route, RESUME, memory_at(route, taken))
            labels = [button.label for button in buttons(shown.reply)]
            assert len(labels) == len(set(labels)), labels
