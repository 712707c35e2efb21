"""The words of the Human Services Data Specification that Right Door uses, as plain data."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from bot import routes
from bot.words.languages import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from bot.directory.guidance import Guidance

MIDNIGHT, LAST_MINUTE = datetime.time(0, 0), datetime.time(23, 59)


class Area(IntEnum):
    """How far a service reaches; nearer is smaller."""

    CITY = 0
    REGION = 1
    COUNTRY = 2
    UNION = 3


class RunBy(Enum):
    """Who runs a service, and so reads what is said there.

    JUSTICE is an office of the justice system, PUBLIC one of any other authority, POLICE_AND_PUBLIC
    a body in which the police work with others. INDEPENDENT is whatever is no authority: an
    association, a hospital, a university, a newsroom, a company.
    """

    POLICE = "police"
    JUSTICE = "justice"
    PUBLIC = "public"
    POLICE_AND_PUBLIC = "police-and-public"
    INDEPENDENT = "independent"


class Point(NamedTuple):
    """A place on earth, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class LocalText:
    """A text of the directory by language code: in English, and the languages of its pack."""

    by_language: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """Return the text in this language, else in English."""
        return self.by_language.get(language) or self.by_language[SOURCE_LANGUAGE]


@dataclass(frozen=True)
class Phone:
    """A number as its owner prints it. `kind` is voice or sms; `note` says when to use it."""

    number: str
    kind: str
    note: LocalText | None


@dataclass(frozen=True)
class Opening:
    """A span of a day in the city's own time zone, and on which days it holds (0 is Monday).

    A span that closes before it opens runs past midnight. 23:59 stands for midnight, as HSDS
    has no field for 24 hours: 00:00 to 23:59 is the whole day. `weeks_of_month` are those in which
    it holds (1 is the first, -1 the last; empty: every week); a season lies between `first_day`
    and `last_day`.
    """

    days: frozenset[int]
    opens: datetime.time
    closes: datetime.time
    weeks_of_month: frozenset[int] = frozenset()
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    @cached_property
    def ends(self) -> datetime.time:
        """Return when the span ends: 00:00 for midnight."""
        return MIDNIGHT if self.closes == LAST_MINUTE else self.closes

    @cached_property
    def overnight(self) -> bool:
        """Tell whether the span ends on the next day."""
        return self.ends <= self.opens


@dataclass(frozen=True)
class Place:
    """Where a service can be visited. `district` is the id of the city's district it lies in.

    `is_exact` tells that `point` is the place's own, not the middle of its district.
    """

    name: str
    address: str | None = None
    point: Point | None = None
    district: str | None = None
    step_free: LocalText | None = None
    is_exact: bool = False


@dataclass(frozen=True)
class Residence:
    """Whether a service asks about residence papers, or passes on that there are none; and what
    its source says of that.
    """

    asked: bool
    note: LocalText


@dataclass(frozen=True)
class Service:
    """One door: what it is and every fact about it that has been checked; None is not known.

    `answer_within` is how fast one hears back.
    """

    id: str
    names: Mapping[str, str]
    default_name: str
    organization: str | None
    description: LocalText
    routes: tuple[str, ...]
    area: Area
    source: str
    checked_on: datetime.date
    checked_by: str | None = None
    source_year: int | None = None
    for_a_group: bool = False
    phones: tuple[Phone, ...] = ()
    website: str | None = None
    email: str | None = None
    chat: str | None = None
    places: tuple[Place, ...] = ()
    address_is_secret: bool = False
    openings: tuple[Opening, ...] = ()
    hours_notes: tuple[LocalText, ...] = ()
    languages: tuple[str, ...] = ()
    language_notes: tuple[LocalText, ...] = ()
    interpreters: LocalText | None = None
    how_to_come: LocalText | None = None
    to_bring: tuple[LocalText, ...] = ()
    cost: LocalText | None = None
    audience: LocalText | None = None
    anonymous: bool | None = None
    what_happens: LocalText | None = None
    run_by: RunBy | None = None
    residence_asked: Residence | None = None
    answer_within: LocalText | None = None

    def name_in(self, language: str) -> str:
        """Return the official name in this language, else the name it is known by."""
        return self.names.get(language, self.default_name)

    @cached_property
    def distances(self) -> dict[Point, float | None]:
        """Return how far it is from districts asked for before; districts.py fills it."""
        return {}

    @property
    def address(self) -> str | None:
        """Return the first address that a service can be visited at."""
        return next((place.address for place in self.places if place.address), None)

    @property
    def voice_number(self) -> str | None:
        """Return the first number that is answered by voice."""
        return next((phone.number for phone in self.phones if phone.kind == "voice"), None)

    @cached_property
    def nights(self) -> tuple[Opening, ...]:
        """Return the spans that run past midnight."""
        return tuple(opening for opening in self.openings if opening.overnight)

    @cached_property
    def always_open(self) -> bool:
        """Tell whether someone is there day and night, every day of the year."""
        whole = [
            o.days
            for o in self.openings
            if (o.opens, o.closes) == (MIDNIGHT, LAST_MINUTE)
            and not (o.weeks_of_month or o.first_day or o.last_day)
        ]
        return len(frozenset[int]().union(*whole)) == 7


@dataclass(frozen=True)
class District:
    """A part of the city as people name it, with the middle of it and where that was read.

    `aliases` are other names for it; `also_words` those names that are ordinary words as well.
    """

    id: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    also_words: tuple[str, ...]
    postcodes: tuple[str, ...]
    point: Point
    source: str

    def name_in(self, language: str) -> str:
        """Return the district's name in this language, else the one it has for everybody."""
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True)
class Inhabitants:
    """How many people live in a city, in which year, and where that was read (a web address)."""

    count: int
    source: str
    year: int


@dataclass(frozen=True)
class City:
    """What a pack's city.yml says. `first_lines` are the services that head an urgent card.

    `escalation` is whom staff turn to with a concern about somebody in their care, in this order.
    `official_channel` is the service where the city itself says what is true.
    `languages` are those in which every fact of the pack is told. `holidays` names the country
    and, where it has holidays of its own, the part of it.
    """

    id: str
    names: Mapping[str, str]
    time_zone: ZoneInfo
    country: str
    official_languages: tuple[str, ...]
    emergency_service: str
    first_lines: Mapping[str, tuple[str, ...]]
    human_lines: tuple[str, ...]
    escalation: tuple[str, ...] = ()
    official_channel: str | None = None
    languages: tuple[str, ...] = ()
    holidays: tuple[str, str | None] | None = None
    districts: Mapping[str, District] = field(default_factory=dict)
    inhabitants: Inhabitants | None = None

    @cached_property
    def district_names(self) -> tuple[tuple[str, str], ...]:
        """Return every name and postcode of a district, with its id."""
        return tuple(
            (name, district.id)
            for district in self.districts.values()
            for name in (*district.names.values(), *district.aliases, *district.postcodes)
        )


@dataclass(frozen=True)
class Pack:
    """A city and its services. `unchecked` names the facts that are kept but not shown.

    `guidance` is what the city's staff should know; None where the pack says nothing of it.
    `folder` is where the pack was read: what else a city has written stands there, too.
    """

    city: City
    services: Mapping[str, Service]
    unchecked: tuple[str, ...] = field(default=())
    guidance: Guidance | None = None
    folder: Path | None = field(default=None, compare=False)

    @cached_property
    def by_route(self) -> Mapping[str, tuple[Service, ...]]:
        """Return the services of each route, in the order of the directory."""
        found: dict[str, list[Service]] = defaultdict(list)
        for service in self.services.values():
            for route in service.routes:
                found[route].append(service)
        return {route: tuple(services) for route, services in found.items()}

    @property
    def without_service(self) -> tuple[str, ...]:
        """Return the routes for which the city knows of no service: an answer says so."""
        return tuple(route for route in routes.service_ids() if not self.by_route.get(route))

    @property
    def emergency_number(self) -> str:
        """Return the number to call in danger; a checked pack has one."""
        number = self.services[self.city.emergency_service].voice_number
        assert number is not None
        return number
