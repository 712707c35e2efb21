"""Rasa's agent as our server runs it: the same steps for each message, without idle ones."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel
from rasa.core.lock_store import LockStore
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ModelNotFound
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecutionRejected, Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from bot.nlu.runner import InOrderRunner


class SlotFromTextError(ValueError):
    """The domain wants to fill a slot from what people write: ours are set by actions alone."""


class LeanProcessor(MessageProcessor):
    """Handles messages as Rasa does, without looking for slots in them and without Dask."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        """Return the name, the metadata and the runner of a model; raise ModelNotFound."""
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            try:
                metadata, runner = load_predict_graph_runner(
                    Path(folder), Path(model_path), LocalModelStorage, InOrderRunner
                )
            except (tarfile.ReadError, FileNotFoundError) as error:
                raise ModelNotFound(f"Model {model_path} can not be loaded.") from error
        refuse_slots_from_text(metadata.domain)
        return Path(model_path).name, metadata, runner

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Return the tracker as it is: no slot of ours is filled from a message."""
        return tracker

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        # As Rasa does it, without the copies of all events for its debug log, which is not kept.
        events = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        # Rasa writes out all slots for its debug log.
        return

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        # Rasa warns of routes and entities that the domain does not know, and builds an empty
        # domain for it at each message; tests/test_contract_routes.py compares them once.
        return


class LeanAgent(Agent):
    """Rasa's agent around a LeanProcessor."""

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load the trained model."""
        self.processor = LeanProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain


def loaded(model_path: Path, endpoints: AvailableEndpoints) -> LeanAgent:
    """Return an agent with the trained model, and with the stores of `endpoints.yml`."""
    agent = LeanAgent(
        tracker_store=TrackerStore.create(endpoints.tracker_store),
        lock_store=LockStore.create(endpoints.lock_store),
        action_endpoint=endpoints.action,
    )
    agent.load_model(model_path)
    return agent


def refuse_slots_from_text(domain: Domain) -> None:
    """Raise SlotFromTextError when a slot is to be filled from messages."""
    filled = [
        slot.name
        for slot in domain.slots
        if any(mapping.get("type") != "custom" for mapping in slot.mappings)
    ]
    if filled:
        raise SlotFromTextError(f"domain.yml: {', '.join(filled)}: mappings must be custom")
