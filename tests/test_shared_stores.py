"""Several Rasa servers share wordless conversations, and one at a time answers in each."""

from __future__ import annotations

import asyncio
import importlib
import secrets
import signal
import time
from collections.abc import Iterator

import pytest
from redis_server import OwnRedis, own_redis
from test_tracker_store import turn

from bot.settings import ROOT

# The import of Rasa alone takes long, and its libraries warn about each other.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

STORY = f"zebra{secrets.token_hex(6)}"


@pytest.fixture(scope="module")
def domain():
    from rasa.shared.core.domain import Domain

    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    with own_redis() as running:
        yield running


@pytest.fixture
def endpoints(redis):
    # As `bot.nlu.serve` has them with REDIS_URL.
    from rasa.core.utils import AvailableEndpoints

    from bot.nlu import shared

    read = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    shared.put_into(read, redis.url)
    return read


@pytest.fixture
def open_store(endpoints, domain):
    from rasa.core.tracker_store import TrackerStore

    return lambda: TrackerStore.create(endpoints.tracker_store, domain)


@pytest.fixture
def open_locks(endpoints):
    from rasa.core.lock_store import LockStore

    return lambda: LockStore.create(endpoints.lock_store)


def test_the_stores_that_rasa_makes_are_ours(open_store, open_locks):
    # Rasa falls back to its own memory without a word when it cannot import a store.
    from bot.nlu.shared import SharedLocks, SharedTrackerStore

    assert type(open_store()) is SharedTrackerStore
    assert type(open_locks()) is SharedLocks


async def test_a_conversation_begun_at_one_server_goes_on_at_another(open_store):
    one, other = open_store(), open_store()
    await turn(one, "somebody", STORY, last_language="fr", last_route="legal_help")
    tracker = await other.retrieve("somebody")
    assert (tracker.get_slot("last_language"), tracker.get_slot("last_route")) == (
        "fr",
        "legal_help",
    )
    assert await other.keys() == ["somebody"]


async def test_it_goes_on_just_as_in_memory(open_store, domain):
    from bot.nlu.tracker_store import ForgetfulTrackerStore

    shared, own = open_store(), ForgetfulTrackerStore(domain)
    for store in (shared, own):
        for _ in range(3):
            await turn(store, "somebody", STORY, last_language="fr", offered=["legal_help", "deny"])
    there, here = [(await store.retrieve("somebody")) for store in (shared, own)]
    assert there.current_slot_values() == here.current_slot_values()
    kinds = [[type(event) for event in tracker.events] for tracker in (there, here)]
    assert kinds[0] == kinds[1]
    assert there.latest_message.intent == here.latest_message.intent


async def test_no_word_reaches_the_redis_and_all_of_it_expires(open_store, redis):
    store = open_store()
    for _ in range(5):
        await turn(store, "somebody", STORY, last_language="fr")
    ((key, held),) = redis.values().items()
    assert b"legal_help" in held, "the search sees what is there"
    assert STORY.encode() not in key + held
    with redis.client as client:
        assert 1700 < client.ttl(key) <= 1800
    assert len(held) < 3000


async def test_what_is_forgotten_is_gone_at_once(open_store, redis):
    from rasa.shared.core.events import AllSlotsReset

    store = open_store()
    await turn(store, "somebody", STORY)
    tracker = await store.retrieve("somebody")
    tracker.update(AllSlotsReset())
    await store.save(tracker)
    assert redis.values() == {}


@pytest.mark.parametrize("written", ["7", "{}", "no JSON", '[{"event": "unheard of"}]'])
async def test_what_another_version_has_written_is_begun_anew(open_store, redis, written):
    with redis.client as client:
        client.set("rightdoor:rasa:somebody", written)
    store = open_store()
    await turn(store, "somebody", STORY, last_language="fr")
    assert (await store.retrieve("somebody")).get_slot("last_language") == "fr"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_without_the_redis_rasa_answers_and_keeps_nothing_itself(
    open_store, open_locks, redis, number
):
    # Rasa's safety net would keep whole conversations, words included, without end.
    from rasa.core.tracker_store import FailSafeTrackerStore

    store, locks = FailSafeTrackerStore(open_store()), open_locks()
    redis.process.send_signal(number)
    begin = time.monotonic()
    async with locks.lock("somebody"):
        await turn(store, "somebody", STORY)
    assert time.monotonic() - begin < 2.5
    assert store._fallback_tracker_store is None


async def test_one_server_at_a_time_answers_in_a_conversation(open_locks):
    inside, most = 0, 0

    async def answer(locks) -> None:
        nonlocal inside, most
        async with locks.lock("somebody"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(answer(open_locks()) for _ in range(20)))
    assert most == 1


async def test_other_conversations_do_not_wait(open_locks):
    one, other = open_locks(), open_locks()
    async with one.lock("somebody"):
        await asyncio.wait_for(_hold(other, "somebody else"), 1)


async def _hold(locks, name: str) -> None:
    async with locks.lock(name):
        pass


async def test_the_lock_of_a_killed_server_is_free_in_time(open_locks):
    shared = importlib.import_module("bot.nlu.shared")
    dead = open_locks().lock("somebody")
    await dead.__aenter__()
    begin = time.monotonic()
    async with open_locks().lock("somebody"):
        assert time.monotonic() - begin < shared.LOCK_SECONDS + 0.5
    with pytest.raises(StopAsyncIteration):
        # Too late, and without harm to whoever has it now.
        await dead.gen.__anext__()


def test_a_lock_ends_before_the_gateway_gives_up():
    from bot.gateway.rasa_client import PATIENCE_SECONDS

    shared = importlib.import_module("bot.nlu.shared")
    assert shared.LOCK_SECONDS < PATIENCE_SECONDS
