"""Rasa's tracker store for conversations that are not kept: in memory, bounded, without any text.

Named in `endpoints.yml`. A conversation is forgotten after 30 idle minutes, or when there are
too many. What people wrote is dropped as soon as it has been answered: only route ids, our own
slots and the last turns' skeleton stay, so a long conversation costs no more than a short one.
"""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.privacy.idle import IDLE_SECONDS, MOST, IdleMemory


class LeanTracker(DialogueStateTracker):
    """A conversation that is not copied for each action that is run in it.

    Rasa has every action run on a copy, since a policy could add events that an action rejects.
    Ours adds none (bot/nlu/policy.py), and no action of ours changes the tracker it is given.
    """

    def copy(self) -> LeanTracker:
        """Return the tracker itself."""
        return self


class LeanTrackerStore(TrackerStore):
    """A store that begins conversations as LeanTracker."""

    def init_tracker(self, sender_id: str) -> LeanTracker:
        """Return a conversation without any event."""
        return LeanTracker(sender_id, self.domain.slots, self.max_event_history)

    def restored(self, sender_id: str, events: list[Event]) -> DialogueStateTracker:
        """Return a conversation with the events that were kept of it."""
        return LeanTracker.from_events(sender_id, events, self.domain.slots)


class ForgetfulTrackerStore(LeanTrackerStore):
    """Holds, by pseudonym, the slots and the last turn of each living conversation."""

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        idle_seconds: float = IDLE_SECONDS,
        most_conversations: int = MOST,
        **kwargs: Any,
    ) -> None:
        self._kept: IdleMemory[list[Event]] = IdleMemory(
            float(idle_seconds), int(most_conversations)
        )
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what the next turn needs, and forget what has expired or asked to be forgotten."""
        if is_to_be_forgotten(tracker):
            await self.delete(tracker.sender_id)
            return
        self._kept.put(tracker.sender_id, skeleton(tracker))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation of a pseudonym, or None when it is unknown or forgotten."""
        events = self._kept.get(sender_id)
        if events is None:
            return None
        return self.restored(sender_id, events)

    async def keys(self) -> list[str]:
        """Return the pseudonyms of the living conversations."""
        return self._kept.pseudonyms()

    async def delete(self, sender_id: str) -> None:
        """Forget one conversation at once."""
        self._kept.forget(sender_id)


def is_to_be_forgotten(tracker: DialogueStateTracker) -> bool:
    """Tell whether the person wanted this conversation forgotten."""
    return any(isinstance(event, AllSlotsReset) for event in tracker.events)


def skeleton(tracker: DialogueStateTracker) -> list[Event]:
    """Return the events the next turn needs: the slots, and the last turn without its words."""
    slots: list[Event] = [
        SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value is not None
    ]
    last_turn: list[Event] = []
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted):
            last_turn.insert(0, event)
        if isinstance(event, UserUttered):
            last_turn.insert(0, _wordless(event))
            break
    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        *slots,
        ActionExecuted(ACTION_LISTEN_NAME),
        *last_turn,
    ]


def _wordless(event: UserUttered) -> UserUttered:
    intent = dict(event.intent or {})
    parsed = {"intent": intent, "entities": [], "text": ""}
    return UserUttered(
        text="", intent=intent, entities=[], parse_data=parsed, timestamp=event.timestamp
    )
