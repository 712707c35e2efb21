"""The action that Rasa's default configuration is measured with: it says one fixed sentence.

With one button, so that people press as many buttons as they do with ours.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

NAME = "action_trivial"
SENTENCE = "I have heard you."
BUTTON = {"title": "Menu", "payload": "/show_menu"}


class Trivial(Action):  # type: ignore[misc]
    """Says the sentence."""

    def name(self) -> str:
        """Return the name that the rules call it by."""
        return NAME

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say it, and remember nothing."""
        dispatcher.utter_message(text=SENTENCE, buttons=[BUTTON])
        return []
