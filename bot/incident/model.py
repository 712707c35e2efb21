"""The plain data of an incident, and at which times it is shown."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.directory.model import LocalText, Service

# The phases of an incident: until its end, and the days on which it comes back.
NOW, WEEK, MONTH, ANNIVERSARY = "now", "week", "month", "anniversary"
LATER = (WEEK, MONTH, ANNIVERSARY)
LONGEST = datetime.timedelta(days=14)
AROUND = datetime.timedelta(days=3)


@dataclass(frozen=True)
class Fact:
    """What was known at a time (aware), and who says so: an office or a web address."""

    at: datetime.datetime
    text: LocalText
    source: str


@dataclass(frozen=True)
class First:
    """What stands first on some routes: a service of the pack by its id, or a temporary line."""

    routes: tuple[str, ...]
    service: str = ""
    line: Service | None = None

    @property
    def id(self) -> str:
        """Return the id of the service or line."""
        return self.line.id if self.line else self.service


@dataclass(frozen=True)
class Incident:
    """What a city says about an incident. `begins` and `ends` are aware; `facts` newest first.

    `later` holds the day of each later phase. A drill is shown to nobody but those who drill.
    """

    id: str
    happened_on: datetime.date
    what: LocalText
    facts: tuple[Fact, ...]
    not_known: LocalText
    firsts: tuple[First, ...]
    approved_by: str
    begins: datetime.datetime
    ends: datetime.datetime
    later: Mapping[str, datetime.date]
    drill: bool = False

    def phase(self, now: datetime.datetime) -> str | None:
        """Return the phase at an aware moment in the city's time; None when nothing is shown."""
        if self.begins <= now < self.ends:
            return NOW
        if now < self.begins:
            return None
        near = (name for name in LATER if name in self.later)
        return next((name for name in near if abs(now.date() - self.later[name]) <= AROUND), None)

    @property
    def over_after(self) -> datetime.date:
        """Return the last day on which anything of it can be shown: no later day is allowed."""
        return computed(self.happened_on)[ANNIVERSARY] + AROUND


class Shown(NamedTuple):
    """An incident that is shown at the moment, and in which phase it is."""

    incident: Incident
    phase: str


def computed(happened_on: datetime.date) -> dict[str, datetime.date]:
    """Return the days a week, a month and a year after a day."""
    return {
        WEEK: happened_on + datetime.timedelta(days=7),
        MONTH: _months_after(happened_on, 1),
        ANNIVERSARY: _months_after(happened_on, 12),
    }


def _months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months later, or the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
