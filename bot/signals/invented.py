"""A made-up year of demand, for demonstrations: seasons, an incident, a need that nobody meets.

Nothing in it comes from anybody. The same seed and weeks give the same demand.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.directory.model import City
from bot.signals import tables
from bot.signals.weeks import Week

# How often a topic is asked for in an ordinary week; all others as REST.
ORDINARY: Mapping[str, float] = {
    "housing_help": 260, "money_food_help": 190, "official_documents": 180, "language_course": 150,
    "legal_help": 150, "health_care": 140, "job_help": 130, "school_enrolment": 110,
    "newcomer_registration": 100, "youth_activities": 90, "report_street_problem": 80,
    "mental_health": 70, "disability_older_care": 60, "parenting_support": 55, "check_rumour": 40,
    "talk_to_human": 45, "addiction_help": 35, "trauma_support": 15,
}  # fmt: skip
REST = 18.0
# The incident: how many times as often these are asked for in its week; half of it a week later.
SHOCK: Mapping[str, float] = {
    "trauma_support": 8, "check_rumour": 7, "mental_health": 3, "report_hate_crime": 4,
    "report_online_hate": 3, "staff_difficult_conversation": 5, "worried_about_someone": 2.5,
}  # fmt: skip
# In weeks before the last one.
SHOCK_WEEKS_AGO, GROWS_FOR, RISES_FOR = 14, 20, 3
# Beyond the ordinary number: large enough to be told from the noise of two dimensions.
GROWS_TO = 18.0
# Whom the city has no courses for: they ask more and more, and find less and less.
WITHOUT_COURSES = ("uk", "tr")
COURSES = "language_course"
LANGUAGE_SHARES: Mapping[str, float] = {"en": 14, "ar": 10, "uk": 8, "tr": 8}
OFFICIAL_SHARE, OTHER_SHARE = 30.0, 3.0
OUTCOME_SHARES: Mapping[str, float] = {
    "answered": 78, "clarified": 8, "unmet": 8, "not_helpful": 5, "outage": 1,
}  # fmt: skip
AUDIENCE_SHARES = {"resident": 82.0, "staff": 10.0, "unknown": 8.0}
NO_DISTRICT_SHARE = 0.5
DAY_SHARES = (18, 18, 17, 16, 15, 8, 8)


@dataclass(frozen=True)
class _Moment:
    """A week as the story sees it: how many weeks before the last one it lies."""

    week: Week
    ago: int

    @property
    def month(self) -> float:
        """Return the month of its Thursday, with the part of it that has passed."""
        thursday = self.week.first_day + datetime.timedelta(days=3)
        return thursday.month + thursday.day / 31

    @property
    def grown(self) -> float:
        """Return how far the growing need has grown: 0 to 1."""
        return max(0.0, 1 - self.ago / GROWS_FOR)


def shock_week(weeks: Sequence[Week]) -> Week:
    """Return the week of the invented incident."""
    return weeks[max(0, len(weeks) - 1 - SHOCK_WEEKS_AGO)]


def demand(city: City, weeks: Sequence[Week], seed: int) -> Iterator[list[dict[str, object]]]:
    """Yield the rows of counters of each week, oldest first (bot/database/raw.py)."""
    chance = np.random.default_rng(seed)
    for number, week in enumerate(weeks):
        moment = _Moment(week, len(weeks) - 1 - number)
        sums: Counter[tuple[str, ...]] = Counter()
        for route in tables.topics():
            sums.update(_asked(city, route, moment, chance))
        yield [_row(city, week, key, count) for key, count in sums.items()]


def times(route: str, moment: _Moment) -> float:
    """Return how many times as often a topic is asked for in a week as in an ordinary one."""
    found, month = 1.0, moment.month
    if route == "school_enrolment" and 8.2 <= month <= 9.8:
        found = 3.0
    if route == "money_food_help" and (month >= 11 or month < 3):
        found = 1.9
    if route == "youth_activities" and 6 <= month < 9:
        found = 1.8
    if route == "official_documents" and 5 <= month < 7.3:
        found = 1.5
    if route == "housing_help" and moment.ago < RISES_FOR:
        found = 1.5
    weeks_after = SHOCK_WEEKS_AGO - moment.ago
    if route in SHOCK and weeks_after >= 0:
        found *= 1 + (SHOCK[route] - 1) / 2**weeks_after
    return found


def _asked(
    city: City, route: str, moment: _Moment, chance: np.random.Generator
) -> Iterator[tuple[str, ...]]:
    expected = ORDINARY.get(route, REST) * times(route, moment)
    for language, share in _languages(city).items():
        grown = moment.grown if route == COURSES and language in WITHOUT_COURSES else 0.0
        count = int(chance.poisson(expected * share * (1 + GROWS_TO * grown)))
        outcomes = _shares({**OUTCOME_SHARES, "unmet": OUTCOME_SHARES["unmet"] + 180 * grown})
        columns = (
            _drawn(chance, _shares(dict(enumerate(DAY_SHARES))), count),
            [route] * count,
            [language] * count,
            _drawn(chance, _audiences(route), count),
            _drawn(chance, _districts(city), count),
            _drawn(chance, outcomes, count),
        )
        yield from zip(*columns)


def _drawn(chance: np.random.Generator, shares: Mapping[Any, float], count: int) -> list[str]:
    at = chance.choice(len(shares), size=count, p=list(shares.values()))
    names = [str(name) for name in shares]
    return [names[index] for index in at]


def _languages(city: City) -> dict[str, float]:
    known = tables.known_values(city)["language"]
    given = dict.fromkeys(known, OTHER_SHARE) | dict(LANGUAGE_SHARES)
    official = {code: OFFICIAL_SHARE for code in city.official_languages if code in known}
    return _shares(given | official)


def _audiences(route: str) -> dict[str, float]:
    for_staff = route.startswith("staff_")
    return _shares({**AUDIENCE_SHARES, "staff": 400.0} if for_staff else AUDIENCE_SHARES)


def _districts(city: City) -> dict[str, float]:
    named = {one: 1 / (number + 2) for number, one in enumerate(city.districts)}
    none = NO_DISTRICT_SHARE if named else 1.0
    shares = {one: share * (1 - none) for one, share in _shares(named).items()}
    return _shares({**shares, tables.NO_DISTRICT: none})


def _shares(given: Mapping[Any, float]) -> dict[Any, float]:
    whole = sum(given.values())
    return {name: value / whole for name, value in given.items()}


def _row(city: City, week: Week, key: tuple[str, ...], count: int) -> dict[str, object]:
    day, route, language, audience, district, outcome = key
    return {
        "day": week.first_day + datetime.timedelta(days=int(day)),
        "city": city.id,
        "route": route,
        "language": language,
        "audience": audience,
        "district": district,
        "channel": "telegram",
        "outcome": outcome,
        "count": count,
    }
