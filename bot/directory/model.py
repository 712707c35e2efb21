"""The words of the Human Services Data Specification that Right Door uses, as plain data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from zoneinfo import ZoneInfo

MIDNIGHT, LAST_MINUTE = datetime.time(0, 0), datetime.time(23, 59)


class Area(IntEnum):
    """How far a service reaches; nearer is smaller."""

    CITY = 0
    COUNTRY = 1
    UNION = 2


@dataclass(frozen=True)
class LocalText:
    """A text of the directory in every supported language, by language code."""

    by_language: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """Return the text in this language; a checked pack has all supported ones."""
        return self.by_language[language]


@dataclass(frozen=True)
class Phone:
    """A number as its owner prints it. `kind` is voice or sms; `note` says when to use it."""

    number: str
    kind: str
    note: LocalText | None


@dataclass(frozen=True)
class Opening:
    """A weekly span: days (0 is Monday) and times in the city's own time zone.

    A span that closes before it opens runs past midnight. 23:59 stands for midnight, as HSDS
    has no field for 24 hours: 00:00 to 23:59 is the whole day.
    """

    days: frozenset[int]
    opens: datetime.time
    closes: datetime.time


@dataclass(frozen=True)
class Service:
    """One door: what it is and every fact about it that has been checked; None is not known."""

    id: str
    names: Mapping[str, str]
    default_name: str
    organization: str | None
    description: LocalText
    routes: tuple[str, ...]
    area: Area
    source: str
    checked_on: datetime.date
    source_year: int | None = None
    for_a_group: bool = False
    phones: tuple[Phone, ...] = ()
    website: str | None = None
    email: str | None = None
    chat: str | None = None
    address: str | None = None
    openings: tuple[Opening, ...] = ()
    hours_notes: tuple[LocalText, ...] = ()
    languages: tuple[str, ...] = ()
    language_notes: tuple[LocalText, ...] = ()
    cost: LocalText | None = None
    audience: LocalText | None = None
    anonymous: bool | None = None
    what_happens: LocalText | None = None

    def name_in(self, language: str) -> str:
        """Return the official name in this language, else the name it is known by."""
        return self.names.get(language, self.default_name)

    @property
    def voice_number(self) -> str | None:
        """Return the first number that is answered by voice."""
        return next((phone.number for phone in self.phones if phone.kind == "voice"), None)

    @property
    def always_open(self) -> bool:
        """Tell whether someone is there day and night, every day."""
        whole = [o.days for o in self.openings if o.opens == MIDNIGHT and o.closes == LAST_MINUTE]
        return len(frozenset[int]().union(*whole)) == 7


@dataclass(frozen=True)
class City:
    """What a pack's city.yml says. `first_lines` are the services that head an urgent card."""

    id: str
    names: Mapping[str, str]
    time_zone: ZoneInfo
    country: str
    official_languages: tuple[str, ...]
    emergency_service: str
    first_lines: Mapping[str, tuple[str, ...]]
    human_lines: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """A city and its services. `unchecked` names the facts that are kept but not shown."""

    city: City
    services: Mapping[str, Service]
    unchecked: tuple[str, ...] = field(default=())

    @property
    def emergency_number(self) -> str:
        """Return the number to call in danger; a checked pack has one."""
        number = self.services[self.city.emergency_service].voice_number
        assert number is not None
        return number
