"""ISO weeks: Monday to Sunday, numbered in a year of their own."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

FORM = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
WEEK = datetime.timedelta(weeks=1)


class Week(NamedTuple):
    """An ISO week; its year is that of its Thursday."""

    year: int
    number: int

    @property
    def first_day(self) -> datetime.date:
        """Return its Monday."""
        return datetime.date.fromisocalendar(self.year, self.number, 1)

    @property
    def next(self) -> Week:
        """Return the week after it."""
        return of_day(self.first_day + WEEK)

    def is_closed(self, today: datetime.date) -> bool:
        """Tell whether it is over on this day of the city's time zone."""
        return self.first_day + WEEK <= today

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


def of_day(day: datetime.date) -> Week:
    """Return the week that a day lies in."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def parse(text: str) -> Week:
    """Return the week written like 2026-W47, or raise ValueError."""
    found = FORM.fullmatch(text)
    try:
        week = Week(*map(int, found.groups())) if found else None
        if week and week.first_day:
            return week
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"week: {text!r} is no ISO week; allowed: one like 2026-W47")
