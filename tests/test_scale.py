"""`make scale`: several workers of each kind keep order and exact counts while some are killed."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from demand_rows import rows
from fakes.bot_api import FakeBotApi
from fakes.chat_log import SentMessage
from redis import Redis
from support.canary import Canary
from support.scaled import Scaled
from support.traces import traces, traces_in_files

from bot.words import doors

pytestmark = pytest.mark.slow

TOKEN = f"123456:test-token-{secrets.token_hex(8)}"
FIRST_CHAT = 700_000_001
CHATS, ROUNDS, WARMING = 40, 5, 8
# What is written, and the route that it leads to. Four routes a conversation are counted.
SAYINGS = {
    "my landlord throws us out next week": "housing_help",
    "I am looking for a lawyer": "legal_help",
    "I need a doctor": "health_care",
    "I am looking for work": "job_help",
}
# Longer than the flush of the counters, and than the patience with a server that was killed.
SETTLED_SECONDS = 7


@pytest.fixture(scope="module")
def town(model, tmp_path_factory) -> Iterator[Scaled]:
    with FakeBotApi(TOKEN) as api:
        running = Scaled(tmp_path_factory.mktemp("town") / "all", api, TOKEN)
        try:
            running.start()
            running.serves()
            yield running
        finally:
            running.clear_away()


@pytest.fixture(scope="module")
def aftermath(town: Scaled) -> dict[int, list[SentMessage]]:
    # The first message takes a Rasa server longer than the gateway waits on a busy machine.
    for number in range(1, WARMING + 1):
        town.api.write(FIRST_CHAT - number, "hello")
        town.api.wait_for(FIRST_CHAT - number, 1)
    # Then everybody writes at once, and meanwhile one of each kind is killed.
    kills = ["bot.gateway.worker", "bot.nlu.serve", "actions"]
    for number in range(ROUNDS):
        for chat in range(FIRST_CHAT, FIRST_CHAT + CHATS):
            for text in SAYINGS:
                town.api.write(chat, text)
        if number < len(kills):
            time.sleep(1.5)
            town.kill(kills[number])
    answered = town.api.wait_until(lambda: not town.api.pending(), 240)
    assert answered, f"{len(town.api.pending())} are left: {town.told[-2000:]}"
    time.sleep(SETTLED_SECONDS)
    return {chat: town.api.sent(chat) for chat in range(FIRST_CHAT, FIRST_CHAT + CHATS)}


def route_of(message: SentMessage) -> str | None:
    # None: there were too many at once, and the short answer with the number for danger came.
    led = [route for route in SAYINGS.values() if doors.LEADS[route].english in message.text]
    assert led or "112" in message.text, message.text
    return led[0] if led else None


def doubled(answered: list[str | None], written: list[str]) -> int:
    """Check that each is answered in its turn; return how many answers came a second time."""
    position = again = 0
    for route in answered:
        if position < len(written) and route in (None, written[position]):
            position += 1
        else:
            assert route in (None, written[position - 1]), answered
            again += 1
    assert position == len(written), answered
    return again


def test_every_message_is_answered_in_the_order_of_its_chat(aftermath):
    written = list(SAYINGS.values()) * ROUNDS
    answered = [[route_of(message) for message in sent] for sent in aftermath.values()]
    again = sum(doubled(routes, written) for routes in answered)
    short = sum(routes.count(None) for routes in answered)
    print(f"{CHATS * len(written)} messages: {again} answered twice, {short} with few words")
    assert again <= CHATS, "no more than one of each chat can have been under way"
    assert short < CHATS * len(written) / 2


def test_every_message_is_counted_once(town, aftermath):
    counted: Counter[str] = Counter()
    for row in rows(database_of(town)):
        counted[str(row[2])] += int(row[-1])
    assert counted.pop("greet") == WARMING
    assert counted == dict.fromkeys(SAYINGS.values(), CHATS)


def test_what_was_killed_is_started_again(town, aftermath):
    for module in ("bot.gateway.worker", "bot.nlu.serve", "actions"):
        assert len(town.running(module)) == 2


def test_a_conversation_goes_on_where_it_was_when_all_that_answers_is_killed(town, aftermath):
    # All workers and the reader: what is remembered is in the Redis.
    chat = FIRST_CHAT + CHATS
    begin = len(town.api.sent(chat))
    town.api.write(chat, "je cherche un avocat", "en")
    french = town.api.wait_for(chat, begin + 1)[-1]
    for module in ("bot.gateway.worker", "bot.gateway.worker", "bot.gateway.reader"):
        town.kill(module)
    (more,) = [one for row in french.keyboard for one in row if "view" in one["callback_data"]][:1]
    town.api.press(chat, more["callback_data"])
    town.api.write(chat, "ok")
    assert town.api.wait_until(lambda: not town.api.pending(), 60)
    assert all("Langue" in str(message.keyboard) for message in town.api.sent(chat)[begin:])


def test_the_redis_holds_no_word_of_anybody_and_writes_no_file(town, aftermath):
    canary = Canary()
    before = len(town.api.sent(canary.chat))
    for text in (f"I am looking for a lawyer, {canary.name}", canary.story, canary.phone):
        before += 1
        town.api.write(canary.chat, text, name=canary.name)
        town.api.wait_for(canary.chat, before)
    place = town.sockets / "redis"
    with Redis(unix_socket_path=str(place)) as redis:
        keys = list(redis.scan_iter(count=1000))
        held = b"\n".join(b"%s %s" % (key, redis.get(key)) for key in keys)
        lives = [redis.ttl(key) for key in keys]
        on_disk = redis.config_get("save"), redis.config_get("appendonly")
    assert len([key for key in keys if b":rasa:" in key]) > CHATS
    assert len([key for key in keys if b":recent:" in key]) > CHATS
    assert traces(canary.secrets, held) == []
    assert all(0 < life <= 24 * 3600 + 60 for life in lives)
    assert all(life <= 1800 for key, life in zip(keys, lives) if b":key:" not in key)
    assert on_disk == ({"save": ""}, {"appendonly": "no"})
    assert sorted(path.name for path in town.sockets.iterdir()) == ["1", "2", "database", "redis"]
    for folder in (town.folder, town.data):
        assert traces_in_files([*canary.secrets, TOKEN.split(":")[1]], folder) == []


def test_who_wants_to_be_forgotten_is_forgotten_at_once(town, aftermath):
    chat = FIRST_CHAT + CHATS + 1
    place = town.sockets / "redis"
    with Redis(unix_socket_path=str(place)) as redis:
        before = set(redis.scan_iter("rightdoor:rasa:*"))
        town.api.write(chat, "I am looking for a lawyer")
        town.api.wait_for(chat, 1)
        assert len(set(redis.scan_iter("rightdoor:rasa:*")) - before) == 1
        town.api.write(chat, "/forget")
        asked = town.api.wait_for(chat, 2)[-1]
        sure = next(one for row in asked.keyboard for one in row if "yes" in one["callback_data"])
        town.api.press(chat, sure["callback_data"])
        town.api.wait_for(chat, 3)
        assert town.api.wait_until(lambda: not town.api.pending())
        assert set(redis.scan_iter("rightdoor:rasa:*")) - before == set()


def test_in_the_end_nothing_is_left(town, aftermath):
    assert town.end() == 0
    assert town.nothing_is_left()
    found = traces_in_files([str(FIRST_CHAT)], town.folder)
    assert found == []


def database_of(town: Scaled) -> str:
    return (town.sockets / "database").read_text()
