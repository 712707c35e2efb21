"""Against what an incident file is judged, and how long its texts may be."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.incident import values
from bot.words.languages import SOURCE_LANGUAGE

# In characters as Telegram counts them: a block fits a phone.
LONGEST = {"what": 200, "fact": 160, "not_known": 160, "name": 60, "about": 160, "hours": 80}


@dataclass(frozen=True)
class Judge:
    """The city's time, languages and services, and the moment.

    Without services or a moment, what depends on them is not judged: a file that was switched on
    stays on when the directory changes.
    """

    zone: datetime.tzinfo
    languages: Sequence[str] = (SOURCE_LANGUAGE,)
    services: Collection[str] | None = None
    now: datetime.datetime | None = None

    def text(self, kind: str, given: Any) -> Iterator[str]:
        """Yield what is wrong with a text by language."""
        return values.text_faults(given, LONGEST[kind], self.languages)

    def is_to_come(self, moment: datetime.datetime) -> bool:
        """Tell whether an aware moment has not come yet."""
        return self.now is not None and moment > self.now

    def is_day_to_come(self, day: datetime.date) -> bool:
        """Tell whether a day has not come yet."""
        return self.now is not None and day > self.now.astimezone(self.zone).date()

    def knows(self, service: str) -> bool:
        """Tell whether a service is in the directory."""
        return self.services is None or service in self.services
