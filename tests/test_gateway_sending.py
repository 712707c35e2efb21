"""A reply reaches the person whole, through the refusals that Telegram and networks have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.rasa_server import CANNED
from fakes.stage import ALEX, ROBIN, Stage, hurry

from bot.answers.model import Button, Reply

TOO_MANY = "Too Many Requests: retry after 1"
TRIES_OF_ONE_REPLY = 4


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    with Stage(tmp_path) as built:
        yield built


def answer(*paragraphs: str, headings: tuple[str, ...] = (), language: str = "en") -> Reply:
    return Reply(language, paragraphs, CANNED.buttons, headings)


def plain(stage: Stage, chat: int) -> list[str]:
    return [message.plain for message in stage.api.sent(chat)]


def test_names_of_the_directory_may_hold_characters_of_html(stage):
    name = 'Mothers & Fathers <3 "Brussels" &amp; more'
    stage.rasa.reply = answer(f"{name}\n1 < 2 > 0 & so on", "<b>not bold</b>", headings=(name,))
    message = stage.ask(ALEX, "parents")
    assert message.plain == stage.rasa.reply.text
    assert [entity["length"] for entity in message.formatted.entities] == [len(name)]


def test_words_arrive_even_if_telegram_dislikes_their_markup(stage):
    name = "Mothers & <b>Fathers</b> &amp; more"
    stage.rasa.reply = answer(name, headings=(name,))
    stage.api.fail_next("sendMessage", 400, "Bad Request: can't parse entities: no reason")
    message = stage.ask(ALEX, "parents")
    assert message.plain == name
    assert message.buttons


def test_labels_of_buttons_are_shown_as_they_are(stage):
    button = Button("Food & <drink> \N{HOT BEVERAGE}", "/money_food_help")
    stage.rasa.reply = Reply("en", ("Which?",), ((button,),))
    assert stage.ask(ALEX, "food").buttons == [[(button.label, button.payload)]]


def test_a_long_reply_comes_in_parts_with_the_buttons_under_the_last(stage):
    paragraphs = [f"{number} " + "\N{HOUSE WITH GARDEN}" * 1500 for number in range(4)]
    stage.rasa.reply = answer(*paragraphs)
    stage.ask(ALEX, "housing")
    parts = stage.api.wait_for(ALEX, 4)
    assert [part.plain for part in parts] == paragraphs
    assert [bool(part.buttons) for part in parts] == [False, False, False, True]


def test_a_reply_from_right_to_left_arrives_as_it_was_written(stage):
    number, name = "\u206802 123 45 67\u2069", "\u2068Télé-Accueil\u2069"
    stage.rasa.reply = answer(
        "مرحبا.", f"{name}\nالهاتف: {number}", headings=(name,), language="ar"
    )
    message = stage.ask(ALEX, "مرحبا")
    assert message.plain == stage.rasa.reply.text
    [bold] = message.formatted.entities
    assert (bold["offset"], bold["length"]) == (message.plain.index(name), len(name))


def test_a_reply_waits_as_long_as_telegram_asks_and_other_chats_go_on(stage):
    stage.api.fail_next("sendMessage", 429, TOO_MANY, retry_after=1)
    stage.api.write(ALEX, "hello")
    assert stage.api.wait_until(lambda: stage.calls("sendMessage") == 1)
    assert stage.ask(ROBIN, "hello")
    assert not plain(stage, ALEX)
    stage.api.wait_for(ALEX, 1)
    sends = [request for request in stage.api.requests if request.method == "sendMessage"]
    first, again = (one.at for one in sends if one.parameters["chat_id"] == ALEX)
    assert again - first >= 1
    assert stage.acknowledged()
    assert len(plain(stage, ALEX)) == 1


def test_a_person_who_blocked_the_bot_is_left_in_peace_and_the_others_are_answered(stage):
    stage.ask(ALEX, "hello")
    stage.api.write(ALEX, "hello")
    stage.api.block(ALEX, with_update=True)
    stage.api.write(ROBIN, "hello")
    assert stage.api.wait_for(ROBIN, 1)
    assert stage.acknowledged()
    # And when the person comes back, all is as before
    stage.api.unblock(ALEX)
    assert stage.ask(ALEX, "me again").plain == CANNED.text


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (400, "Bad Request: chat not found"),
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
    ],
)
def test_a_reply_that_telegram_refuses_for_good_is_not_tried_again(stage, status, description):
    stage.api.fail_next("sendMessage", status, description)
    stage.api.write(ALEX, "hello")
    assert stage.api.wait_until(lambda: stage.calls("sendMessage") == 1)
    assert stage.acknowledged()
    assert stage.calls("sendMessage") == 1
    assert stage.ask(ALEX, "me again").plain == CANNED.text


@pytest.mark.parametrize("status", [500, 502])
def test_a_reply_gets_through_when_telegram_stumbles(stage, status):
    stage.api.fail_next("sendMessage", status, "trouble")
    stage.api.drop_next("sendMessage", times=2)
    assert stage.ask(ALEX, "hello").plain == CANNED.text
    assert stage.acknowledged()
    assert stage.calls("sendMessage") == TRIES_OF_ONE_REPLY
    assert stage.rasa.texts == ["hello"]


def test_a_lost_receipt_costs_a_repetition_rather_than_the_answer(stage):
    stage.api.drop_next("sendMessage", served=True)
    stage.ask(ALEX, "hello")
    assert stage.acknowledged()
    assert plain(stage, ALEX) == [CANNED.text, CANNED.text]
    assert stage.rasa.texts == ["hello"]


def test_a_reply_that_could_not_be_sent_is_sent_later_as_it_was(stage):
    # Given a reply that Telegram takes at none of the first tries
    stage.api.drop_next("sendMessage", times=TRIES_OF_ONE_REPLY)
    # When the update is taken up again
    stage.ask(ALEX, "hello")
    # Then Rasa has heard the words once: neither counted nor answered a second time
    assert stage.acknowledged()
    assert stage.rasa.texts == ["hello"]
    assert plain(stage, ALEX) == [CANNED.text]


def test_the_order_of_a_chat_outlives_a_reply_that_could_not_be_sent(stage):
    stage.rasa.replies = {"one": answer("Answer 1"), "two": answer("Answer 2")}
    stage.rasa.hold("one")
    for text in ("one", "two"):
        stage.api.write(ALEX, text)
    stage.rasa.wait_for(1)
    stage.api.drop_next("sendMessage", times=TRIES_OF_ONE_REPLY)
    stage.rasa.release()
    stage.api.wait_for(ALEX, 2)
    assert plain(stage, ALEX) == ["Answer 1", "Answer 2"]
    assert stage.acknowledged()


def test_a_reply_that_telegram_never_takes_does_not_hold_up_what_follows(stage):
    stage.api.drop_next("sendMessage", times=3 * TRIES_OF_ONE_REPLY)
    lost = stage.api.write(ALEX, "hello")
    assert stage.api.wait_until(lambda: stage.api.confirmed == lost)
    assert stage.calls("sendMessage") == 3 * TRIES_OF_ONE_REPLY
    assert stage.ask(ALEX, "still there?").plain == CANNED.text
