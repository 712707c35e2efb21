"""What is counted: the signal of one answered message, and what it adds to the counters."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

# The district of a signal when the person named none.
NOWHERE = "none"


def source(channel: str, city: str) -> str:
    """Return whose updates a channel of a city hands out: each source has numbers of its own."""
    return f"{channel} {city}"


@dataclass(frozen=True)
class Signal:
    """What one counted turn adds 1 to. `day` is the day in the city's own time zone.

    `district` is the id of a district of the city that the person named, or NOWHERE.
    """

    day: datetime.date
    city: str
    route: str
    language: str
    audience: str
    district: str
    channel: str
    outcome: str

    @property
    def source(self) -> str:
        """Return whose updates this one belongs to."""
        return source(self.channel, self.city)


@dataclass(frozen=True)
class Count:
    """One count: 1 more for `signal`, and 1 less for what the conversation had counted before.

    `update_id` is the number of the update that it comes from, where a channel numbers them: one
    that comes again is not counted again. `instead_of` is the count whose place this one takes.
    """

    signal: Signal
    update_id: int | None = None
    instead_of: Count | None = None


def as_json(count: Count) -> dict[str, Any]:
    """Return a count, and those whose place it took, as values of JSON."""
    signal = {**asdict(count.signal), "day": count.signal.day.isoformat()}
    before = as_json(count.instead_of) if count.instead_of else None
    return {"signal": signal, "update_id": count.update_id, "instead_of": before}


def count_of(written: dict[str, Any]) -> Count:
    """Return the count that `as_json` has written."""
    day = datetime.date.fromisoformat(written["signal"]["day"])
    before = count_of(written["instead_of"]) if written["instead_of"] else None
    return Count(Signal(**{**written["signal"], "day": day}), written["update_id"], before)
