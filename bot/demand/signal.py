"""What is counted: the signal of one answered message, and what it adds to the counters."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

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
