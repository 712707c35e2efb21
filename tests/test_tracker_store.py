"""Conversations live in memory only, without words, bounded, and are forgotten."""

from __future__ import annotations

import importlib
import json
import secrets

import pytest

from bot.settings import ROOT

# The import of Rasa alone takes long, and its libraries warn about each other.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

STORY = f"zebra{secrets.token_hex(6)}"


@pytest.fixture(scope="module")
def domain():
    from rasa.shared.core.domain import Domain

    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def open_store(domain):
    from bot.nlu.tracker_store import ForgetfulTrackerStore

    return lambda **given: ForgetfulTrackerStore(domain, **given)


@pytest.fixture
def clock(monkeypatch):
    # Time goes by when a test says so.
    from bot.privacy import idle

    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(idle, "time", clock)
    return clock


async def turn(store, sender: str, text: str, **slots: object) -> None:
    # One turn as Rasa's processor goes through it.
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    tracker = await store.get_or_create_tracker(sender)
    intent = {"name": "legal_help", "confidence": 0.9}
    entity = {"entity": "view", "value": text}
    parsed = {"intent": intent, "entities": [entity], "text": text, "language": {"code": "en"}}
    tracker.update_with_events(
        [
            UserUttered(text, intent, [entity], parsed, metadata={"locale": text}),
            ActionExecuted("action_answer_services"),
            BotUttered(text=f"you said {text}", metadata={"text": text}),
            *(SlotSet(name, value) for name, value in slots.items()),
            ActionExecuted("action_listen"),
        ],
        store.domain,
    )
    await store.save(tracker)


async def kept(store, sender: str) -> str:
    tracker = await store.retrieve(sender)
    return json.dumps([event.as_dict() for event in tracker.events], default=str)


async def test_rasa_itself_builds_our_store_from_endpoints_yml(domain, monkeypatch):
    # Rasa falls back to a store that never forgets when it cannot import ours.
    from rasa.core.tracker_store import TrackerStore
    from rasa.core.utils import AvailableEndpoints

    monkeypatch.setenv("ACTIONS_PORT", "5055")
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    store = TrackerStore.create(endpoints.tracker_store, domain)
    module = importlib.import_module("bot.nlu.tracker_store")
    assert type(store) is module.ForgetfulTrackerStore


async def test_no_word_of_a_message_is_left_after_saving(open_store):
    store = open_store()
    await turn(store, "a", STORY, last_route="legal_help")
    assert STORY not in await kept(store, "a")
    assert "legal_help" in await kept(store, "a")


async def test_no_word_is_left_in_the_whole_memory_of_the_store(open_store):
    import pickle

    store = open_store()
    for number in range(3):
        await turn(store, f"sender {number}", f"{STORY} {number}")
    everything = pickle.dumps({name: one for name, one in vars(store).items() if name != "domain"})
    assert b"sender 2" in everything
    assert STORY.encode() not in everything


async def test_the_slots_are_kept_from_turn_to_turn(open_store):
    store = open_store()
    await turn(store, "a", "one", chosen_language="ar", last_route="legal_help", offered=["x"])
    await turn(store, "a", "two", last_route="job_help", page=2)
    tracker = await store.retrieve("a")
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None}
    assert slots == {
        "chosen_language": "ar",
        "last_route": "job_help",
        "offered": ["x"],
        "page": 2,
    }


async def test_the_last_turn_is_kept_as_the_rules_need_it(open_store):
    store = open_store()
    await turn(store, "a", "one")
    tracker = await store.retrieve("a")
    assert tracker.latest_message.intent["name"] == "legal_help"
    assert tracker.latest_action_name == "action_listen"
    assert not tracker.is_paused()


async def test_conversations_do_not_mix(open_store):
    store = open_store()
    await turn(store, "a", "one", chosen_language="ar")
    await turn(store, "b", "two", chosen_language="fr")
    assert (await store.retrieve("a")).get_slot("chosen_language") == "ar"
    assert (await store.retrieve("b")).get_slot("chosen_language") == "fr"
    assert await store.retrieve("c") is None


async def test_a_conversation_is_forgotten_after_its_idle_time(open_store, clock):
    store = open_store(idle_seconds=1800)
    await turn(store, "idle", "one")
    clock.now += 1000
    await turn(store, "living", "one")
    clock.now += 801
    assert await store.keys() == ["living"]
    assert await store.retrieve("idle") is None
    # And each message keeps a conversation alive
    await turn(store, "living", "two")
    clock.now += 1799
    assert await store.keys() == ["living"]
    clock.now += 2
    assert await store.keys() == []


async def test_thirty_minutes_are_the_rule_if_nothing_else_is_said(open_store, clock):
    store = open_store()
    await turn(store, "a", "one")
    clock.now += 30 * 60 - 1
    assert await store.retrieve("a") is not None
    clock.now += 2
    assert await store.retrieve("a") is None


async def test_when_there_are_too_many_the_longest_idle_is_forgotten(open_store):
    store = open_store(most_conversations=3)
    for sender in ("a", "b", "c"):
        await turn(store, sender, "one")
    await turn(store, "a", "two")
    await turn(store, "d", "one")
    assert await store.keys() == ["c", "a", "d"]


async def test_a_conversation_can_be_forgotten_at_once(open_store):
    store = open_store()
    await turn(store, "a", "one")
    await store.delete("a")
    await store.delete("a")
    assert await store.retrieve("a") is None


async def test_a_conversation_of_four_hundred_turns_costs_no_more_than_a_short_one(open_store):
    store = open_store()
    await turn(store, "a", "one", last_route="legal_help", page=1)
    await turn(store, "a", "two", last_route="legal_help", page=1)
    short = len((await store.retrieve("a")).events), len(await kept(store, "a"))
    for number in range(400):
        await turn(store, "a", f"{STORY} {number}", last_route="legal_help", page=1)
    events, size = len((await store.retrieve("a")).events), len(await kept(store, "a"))
    assert events == short[0]
    assert size <= short[1] + 100


async def test_a_conversation_that_asked_to_be_forgotten_is_not_kept(open_store):
    from rasa.shared.core.events import ActionExecuted, AllSlotsReset, UserUttered

    store = open_store()
    await turn(store, "a", STORY, last_route="legal_help", chosen_language="fr")
    await turn(store, "b", STORY, last_route="legal_help")
    tracker = await store.get_or_create_tracker("a")
    tracker.update_with_events(
        [
            UserUttered("/ask_privacy", {"name": "ask_privacy", "confidence": 1.0}),
            ActionExecuted("action_converse"),
            AllSlotsReset(),
            ActionExecuted("action_listen"),
        ],
        store.domain,
    )
    await store.save(tracker)
    assert await store.keys() == ["b"]
    fresh = await store.get_or_create_tracker("a")
    assert fresh.get_slot("chosen_language") is None
    await turn(store, "a", STORY, last_route="housing_help")
    assert sorted(await store.keys()) == ["a", "b"]


async def test_an_action_gets_the_conversation_itself_since_copies_take_time(open_store):
    store = open_store()
    new = await store.get_or_create_tracker("new")
    await turn(store, "known", "hello")
    known = await store.get_or_create_tracker("known")
    assert new.copy() is new
    assert known.copy() is known
