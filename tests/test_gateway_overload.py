"""When more people write than can be answered in time, each has a short honest answer at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.bot_api import FakeBotApi
from fakes.chat_log import SentMessage
from fakes.gateway_process import gateway_process
from fakes.rasa_server import CANNED, FakeRasa
from fakes.stage import ALEX, ROBIN, TOKEN, Stage, hurry, payload, said
from telegram.error import RetryAfter

from bot.gateway import conversation, pace, polling
from bot.gateway.gate import CrowdedError, Gate
from bot.gateway.line import URGENT, USUAL
from bot.gateway.pace import Pace
from bot.words import languages, texts
from bot.words.overload import OVERLOAD, OVERLOAD_AGAIN, OVERLOAD_DANGER

SLOW_SECONDS = 0.5
MANY = 500
# One after another, Rasa would take four minutes; a short answer may take a small part of that.
MUCH_SOONER = 20


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    hurry(monkeypatch)
    # The pace of Telegram is another story: it would allow nobody to answer 500 within 3 s.
    with Stage(tmp_path, patience_seconds=2.5, rate=1000) as built:
        yield built


def short_answer(language: str = "en") -> str:
    danger = said(OVERLOAD_DANGER, language, number="112")
    return f"{said(OVERLOAD, language)}\n\n{danger}\n\n{said(OVERLOAD_AGAIN, language)}"


def first_answers(api: FakeBotApi, chats: range) -> list[SentMessage]:
    # Seldom asked: the servers of the test share a processor with the gateway.
    end = time.monotonic() + 60
    while not all(map(api.sent, chats)) and time.monotonic() < end:
        time.sleep(0.5)
    return [api.sent(chat)[0] for chat in chats]


def is_short(message: SentMessage) -> bool:
    return message.plain.startswith(said(OVERLOAD, "en"))


def test_of_five_hundred_at_once_everybody_has_an_answer_in_time_and_nobody_two(tmp_path):
    # Given a Rasa that works through turns one by one, half a second each
    with FakeBotApi(TOKEN) as api, FakeRasa() as rasa:
        rasa.slow_down(SLOW_SECONDS)
        with gateway_process(tmp_path, rasa, api, TELEGRAM_RATE="1000"):
            published = 2 * (1 + len(languages.supported()))
            assert api.wait_until(lambda: len(api.descriptions) == published, 60)
            chats = range(1000, 1000 + MANY)
            written = {chat: time.monotonic() for chat in chats if api.write(chat, "I need food")}
            answers = first_answers(api, chats)
            # Then nobody waits for as long as Rasa would take, some are answered in full, the
            # others told so, and nobody twice. How fast it is: `make bench`.
            waits = [one.at - written[chat] for chat, one in zip(chats, answers)]
            assert max(waits) < MANY * SLOW_SECONDS / MUCH_SOONER
            assert any(one.plain == CANNED.text for one in answers)
            assert sum(one.plain == short_answer() for one in answers) > MANY / 2
            assert api.wait_until(lambda: not api.pending())
            assert sum(one.method == "sendMessage" for one in api.requests) == MANY
            # And when it is calm again, answers are as always
            rasa.slow_down(0)
            api.write(1000, "I need food")
            assert api.wait_for(1000, 2)[-1].plain == CANNED.text


def crowd(stage: Stage) -> None:
    """So many wait that nobody else gets in."""
    stage.rasa.slow_down(SLOW_SECONDS)
    chats = range(1000, 1100)
    for chat in chats:
        stage.api.write(chat, "I need food")
    assert stage.api.wait_until(lambda: any(map(stage.api.sent, chats)))


def test_in_a_crowd_a_cry_for_help_has_its_card_at_once(stage):
    crowd(stage)
    begin = time.monotonic()
    card = stage.ask(ALEX, "je veux mourir", language_code="fr")
    assert said(texts.URGENT["crisis_self_harm"], "fr") in card.plain
    assert time.monotonic() - begin < 1


def test_in_a_crowd_a_button_is_answered_in_full(stage):
    stage.ask(ALEX, "hello")
    crowd(stage)
    message = stage.press(ALEX, "/show_menu")
    assert not is_short(message)
    assert message.buttons


def test_the_short_answer_is_in_the_language_of_the_person_and_leads_on(stage):
    crowd(stage)
    message = stage.ask(ROBIN, "ik zoek een dokter", language_code="nl")
    assert message.plain == short_answer("nl")
    pressable = [data for row in message.buttons for _, data in row]
    assert {payload("change_language"), payload("show_menu", "group", "services")} <= set(pressable)


def test_messages_of_a_chat_stay_in_order_in_a_crowd(stage):
    crowd(stage)
    for _ in range(3):
        stage.api.write(ALEX, "I need food")
    stage.api.write(ALEX, "i want to die")
    answers = stage.api.wait_for(ALEX, 4)
    assert said(texts.URGENT["crisis_self_harm"], "en") in answers[-1].plain
    assert not any(
        said(texts.URGENT["crisis_self_harm"], "en") in one.plain for one in answers[:-1]
    )


def test_a_short_answer_is_counted_as_an_outage(stage):
    crowd(stage)
    stage.ask(ALEX, "I need food")
    assert stage.acknowledged()
    assert {row["outcome"] for row in stage.counts()} == {"outage"}


# The gate --------------------------------------------------------------------------------------


async def hold(
    gate: Gate, seconds: float, rank: int = USUAL, done: list[int] | None = None
) -> None:
    async with gate.turn(lambda: rank):
        await asyncio.sleep(seconds)
        if done is not None:
            done.append(rank)


async def test_the_gate_closes_by_the_time_a_turn_takes_and_opens_later_than_it_closed():
    gate = Gate(at_once=1, longest_wait_seconds=0.2)
    # Given turns that are taken for 20 ms: ten of them are the longest wait
    inside = [asyncio.create_task(hold(gate, 0.01)) for _ in range(11)]
    await asyncio.sleep(0)
    with pytest.raises(CrowdedError):
        await hold(gate, 0)
    # When a few are done, it is still closed; when most are, it is open
    while gate.expected_wait_seconds > 0.15:
        await asyncio.sleep(0.001)
    with pytest.raises(CrowdedError):
        await hold(gate, 0)
    await asyncio.gather(*inside)
    await hold(gate, 0)


async def test_the_urgent_wait_before_all_others():
    gate, done = Gate(at_once=1), []
    ranks = [USUAL, USUAL, USUAL, URGENT]
    await asyncio.gather(*(hold(gate, 0.01, rank, done) for rank in ranks))
    assert done == [USUAL, URGENT, USUAL, USUAL]


async def test_whoever_gives_up_leaves_no_place_taken():
    gate = Gate(at_once=1, longest_wait_seconds=0.05)
    first = asyncio.create_task(hold(gate, 0.2))
    await asyncio.sleep(0)
    impatient = asyncio.create_task(hold(gate, 0))
    await asyncio.sleep(0)
    impatient.cancel()
    with pytest.raises(CrowdedError):
        await hold(gate, 0)
    first.cancel()
    await asyncio.wait([first, impatient])
    assert gate.expected_wait_seconds == 0
    await hold(gate, 0)


# The pace --------------------------------------------------------------------------------------


async def call(limit: Pace, sent: list[object], name: object, rank: int | None = None) -> None:
    async def send() -> None:
        sent.append(name)

    await limit.process_request(send, (), {}, "sendMessage", {"chat_id": name}, rank)


async def test_no_more_is_sent_in_a_second_than_telegram_takes():
    limit, sent, begin = Pace(50), [], time.monotonic()
    await asyncio.gather(*(call(limit, sent, name) for name in range(100)))
    assert time.monotonic() - begin >= 0.9
    assert sent == list(range(100))


async def test_the_urgent_are_sent_before_all_others():
    limit, sent = Pace(20), []
    calls = [call(limit, sent, name) for name in range(30)]
    await asyncio.gather(*calls, call(limit, sent, "urgent", URGENT))
    assert sent.index("urgent") == 20


async def refused(limit: Pace, chat: int, seconds: int) -> None:
    async def send() -> None:
        raise RetryAfter(seconds)

    with pytest.raises(RetryAfter):
        await limit.process_request(send, (), {}, "sendMessage", {"chat_id": chat}, None)


async def test_a_chat_that_telegram_refuses_stops_nobody_and_a_bot_that_it_refuses_rests():
    limit, sent, begin = Pace(30), [], time.monotonic()
    await refused(limit, ALEX, 1)
    await refused(limit, ALEX, 1)
    await call(limit, sent, ROBIN)
    assert time.monotonic() - begin < 0.5
    for chat in range(pace.CHATS_REFUSED):
        await refused(limit, chat, 1)
    await call(limit, sent, ROBIN)
    assert time.monotonic() - begin >= 0.9
    assert sent == [ROBIN, ROBIN]


async def test_nothing_of_a_chat_stays_with_the_pace():
    limit = Pace(1000)
    for chat in range(1000):
        await call(limit, [], chat)
    assert not limit._line
    assert not limit._refused


# Updates behind one that takes long ------------------------------------------------------------


def test_more_messages_than_telegram_hands_out_at_once_do_not_wait_for_a_held_chat(stage):
    # Given one chat whose first message takes its time, with a hundred and fifty behind it
    stage.rasa.hold("slow")
    stage.api.write(ALEX, "slow")
    for _ in range(150):
        stage.api.write(ALEX, "more")
    stage.rasa.wait_for(1)
    # Then others are answered meanwhile
    assert stage.ask(ROBIN, "quick").plain == CANNED.text
    assert not stage.api.sent(ALEX)
    stage.rasa.release()
    assert len(stage.api.wait_for(ALEX, 151, 60)) == 151
    assert stage.acknowledged()


def test_what_is_not_acknowledged_before_its_answer_is_the_newest(stage):
    stage.rasa.hold("slow")
    stage.api.write(ALEX, "slow")
    for _ in range(150):
        stage.api.write(ALEX, "more")
    stage.rasa.wait_for(1)
    assert stage.api.wait_until(lambda: len(stage.api.pending()) < 150)
    stage.ask(ROBIN, "quick")
    assert len(stage.api.pending()) >= polling.SEEN_IN_WINDOW


def test_in_a_burst_urgent_messages_are_read_and_sent_before_the_others(tmp_path, monkeypatch):
    hurry(monkeypatch)
    with Stage(tmp_path) as stage:
        # Given more messages than can be sent in ten seconds, and a cry for help as the last
        for chat in range(1000, 1300):
            stage.api.write(chat, "I need food")
        begin = time.monotonic()
        answer = stage.ask(ALEX, "i want to die")
        # Then its answer does not stand behind them
        assert answer.at - begin < 8
        assert stage.calls("sendMessage") < 250


def test_an_overloaded_gateway_leaves_the_rest_at_telegram(tmp_path, monkeypatch):
    hurry(monkeypatch)
    monkeypatch.setattr(polling, "MOST_OPEN", 60)
    monkeypatch.setattr(conversation, "Gate", lambda: Gate(at_once=1000, longest_wait_seconds=60))
    with Stage(tmp_path, rate=1000) as stage:
        stage.rasa.hold()
        for chat in range(1000, 1400):
            stage.api.write(chat, "I need food")
        stage.rasa.wait_for(60)
        time.sleep(0.5)
        assert len(stage.api.pending()) >= 300
        stage.rasa.release()
        first_answers(stage.api, range(1000, 1400))
        assert stage.acknowledged()
