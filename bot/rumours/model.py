"""A rumour as the city tells it, and what the city's office says about it, as plain data.

The fields are named after ClaimReview of schema.org, in plain words.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from bot.directory.model import LocalText

TRUE, FALSE, NOT_KNOWN_YET = "true", "false", "not_known_yet"
STATES = (TRUE, FALSE, NOT_KNOWN_YET)

# Who signs a draft: nobody. A draft is checked, and never shown.
NOBODY = "none"


@dataclass(frozen=True)
class Messenger:
    """Somebody people know who says the same. `agreed_on`: the day of their written agreement."""

    who: LocalText
    agreed_on: datetime.date


@dataclass(frozen=True)
class Rumour:
    """One rumour, and what is true.

    `claim` is how it is told, `also_told` other ways of telling it, by language. `fact_again` says
    the fact in other words; it and `why_it_misleads` belong to what is false, `what_to_do` to what
    is true. The office `signed_by` last looked on the day `signed_on`, and looks again on
    `next_check`. `routes` are related doors.
    """

    id: str
    claim: LocalText
    also_told: Mapping[str, tuple[str, ...]]
    state: str
    fact: LocalText
    sources: tuple[str, ...]
    signed_by: str
    signed_on: datetime.date
    date_published: datetime.date
    next_check: datetime.date
    fact_again: LocalText | None = None
    why_it_misleads: LocalText | None = None
    what_to_do: LocalText | None = None
    messenger: Messenger | None = None
    routes: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Tell whether no office has signed it."""
        return self.signed_by.strip().casefold() == NOBODY

    def is_shown(self, today: datetime.date) -> bool:
        """Tell whether people may see it: signed, and published by today."""
        return not self.is_draft and self.date_published <= today

    def is_stale(self, today: datetime.date) -> bool:
        """Tell whether the day of the next check has passed without one."""
        return self.next_check < today

    def told(self, language: str) -> tuple[str, ...]:
        """Return every way of telling it in a language; none when there is none."""
        claim = self.claim.by_language.get(language)
        return (*((claim,) if claim else ()), *self.also_told.get(language, ()))
