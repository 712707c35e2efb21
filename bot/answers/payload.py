"""The payload of our buttons: a route id, and at most a view and a choice.

Written the way Rasa reads intents, so that a button needs no understanding:
`/mental_health{"view":"more","choice":"2"}`. Telegram allows 64 bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from bot import routes

LONGEST = 64

MORE, WHERE, AFTER, NEAR, GROUP, START = "more", "where", "after", "near", "group", "start"
FORGET = "forget"
VIEWS = ("", MORE, WHERE, AFTER, NEAR, GROUP, START, FORGET)

_FORM = re.compile(
    r'/(?P<route>[a-z_]+)(?:\{"view":"(?P<view>[a-z]*)","choice":"(?P<choice>[a-z0-9_]*)"\})?'
)


@dataclass(frozen=True)
class Press:
    """A pressed button: the route, and which view of it with which choice."""

    route: str
    view: str = ""
    choice: str = ""

    @property
    def payload(self) -> str:
        """Return the payload that stands for this button."""
        if not self.view and not self.choice:
            return f"/{self.route}"
        details = {"view": self.view, "choice": self.choice}
        return f"/{self.route}{json.dumps(details, separators=(',', ':'))}"


def read(payload: str) -> Press | None:
    """Return the button that `payload` stands for; None when it is not one of ours."""
    found = _FORM.fullmatch(payload)
    if not found or len(payload.encode()) > LONGEST:
        return None
    route, view, choice = found["route"], found["view"] or "", found["choice"] or ""
    if route not in routes.table() or view not in VIEWS:
        return None
    return Press(route, view, choice)
