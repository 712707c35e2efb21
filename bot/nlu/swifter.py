"""The one place where Rasa itself is changed while it runs, since no setting does it.

First: RemoteAction._validate_action_result (rasa/core/actions/action.py). Why: it has
jsonschema prove Rasa's own schema right before each check of an action's answer, and then hold
each event against the forms of all twenty kinds of events: four fifths of a stock turn. What
takes its place holds each event against the form of its own kind, compiled once.

Second: Event.resolve_by_type (rasa/shared/core/events.py). Why: for each event of an answer it goes
through all classes of events anew. What takes its place is the same function, which remembers.

`tests/test_rasa_patches.py` fails when Rasa's version or a replaced function changes.
"""

from __future__ import annotations

import hashlib
import inspect
from functools import lru_cache
from typing import Any

from jsonschema import Draft7Validator, ValidationError  # type: ignore[import-untyped]
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

# The version of Rasa, and the SHA-256 of the source of each function that is replaced in it.
RASA = "3.6.21"
SOURCES = (
    "f8cdb4be6812396167ced74161b2ccd65c5ea676ad86d7d359d8c322d9d8dc42",
    "b5cf570fa7f286c7059ec73d8880528d03a78b28cf4e80285a46079c0fa65968",
)

_stock = (RemoteAction._validate_action_result, Event.resolve_by_type)
# Rasa knows about twenty kinds of events; what else an answer names is not remembered for long.
MOST_KINDS = 64


class OddSchemaError(RuntimeError):
    """Rasa's schema of an action's answer is no longer a list of forms, one a kind of event."""


def apply() -> None:
    """Replace what is slow; to be called once, before the first message."""
    forms = compiled(RemoteAction.action_response_format_spec())

    def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        # No word of the answer: Rasa logs the exception.
        if not is_valid(result, forms):
            raise ValidationError("the action server's answer has another form than Rasa's schema")
        return True

    RemoteAction._validate_action_result = validate_action_result
    Event.resolve_by_type = staticmethod(lru_cache(MOST_KINDS)(_stock[1]))


def compiled(schema: dict[str, Any]) -> dict[str, Draft7Validator]:
    """Return the form of each kind of event, by its name; raise OddSchemaError."""
    events = schema["properties"]["events"]["items"]["oneOf"]
    try:
        return {form["properties"]["event"]["const"]: Draft7Validator(form) for form in events}
    except (KeyError, TypeError) as error:
        raise OddSchemaError("rasa/shared/utils/schemas/events.py") from error


def is_valid(result: Any, forms: dict[str, Draft7Validator]) -> bool:
    """Tell whether an action's answer has the form that Rasa's schema asks for."""
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    if not isinstance(events, list) or not isinstance(responses, list):
        return False
    return all(isinstance(response, dict) for response in responses) and all(
        isinstance(event, dict)
        and str(event.get("event")) in forms
        and forms[str(event["event"])].is_valid(event)
        for event in events
    )


def sources() -> tuple[str, ...]:
    """Return the SHA-256 of the source of each replaced function, as the installed Rasa has it."""
    return tuple(hashlib.sha256(inspect.getsource(one).encode()).hexdigest() for one in _stock)
