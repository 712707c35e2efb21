"""How long a checked fact holds, and what is to be confirmed next."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from replies import CITY, MORNING

from bot.answers import urgent
from bot.answers.model import Memory, Turn
from bot.directory import freshness
from bot.directory.model import Pack, Service

TODAY = MORNING.date()


def checked(days_ago: int, by: str | None = "Health desk") -> Service:
    any_one = next(iter(CITY.services.values()))
    day = TODAY - datetime.timedelta(days=days_ago)
    return dataclasses.replace(any_one, checked_on=day, checked_by=by)


@pytest.mark.parametrize(("days", "fresh"), [(0, True), (365, True), (366, False), (4000, False)])
def test_a_check_holds_for_a_year(days, fresh):
    assert freshness.is_fresh(checked(days), TODAY) is fresh


@pytest.mark.parametrize("by", [None, freshness.NOBODY])
def test_what_was_only_read_on_public_pages_is_not_confirmed(by):
    assert not freshness.is_confirmed(checked(1, by), TODAY)
    assert freshness.is_confirmed(checked(1), TODAY)
    assert not freshness.is_confirmed(checked(366), TODAY)


def pack_of(**services: Service) -> Pack:
    named = {id_: dataclasses.replace(service, id=id_) for id_, service in services.items()}
    return Pack(CITY.city, named)


def test_what_is_urgent_is_to_be_confirmed_first_then_the_oldest_and_most_used():
    calm = dataclasses.replace(checked(60, None), routes=("job_help",))
    pack = pack_of(
        used=dataclasses.replace(calm, routes=("housing_help",)),
        calm=calm,
        confirmed=dataclasses.replace(checked(60), routes=("job_help",)),
        older=dataclasses.replace(checked(120, None), routes=("job_help",)),
        urgent=dataclasses.replace(checked(1), routes=("abuse_at_home",)),
    )
    order = [service.id for service in freshness.due(pack, {"housing_help": 9}, TODAY)]
    assert order == ["urgent", "older", "used", "calm", "confirmed"]


@pytest.mark.parametrize("route", ["crisis_self_harm", "abuse_at_home", "emergency_now"])
def test_a_card_uses_only_what_was_checked_within_a_year_and_always_the_emergency_number(route):
    old = TODAY - datetime.timedelta(days=366)
    stale = {
        id_: dataclasses.replace(service, checked_on=old) for id_, service in CITY.services.items()
    }
    turn = Turn(route, "en", MORNING, memory=Memory(introduced=True))
    lines = urgent.card_lines(turn, Pack(CITY.city, stale), route)
    assert {line.id for line in lines} == {CITY.city.emergency_service}
    reply = urgent.answer(turn, Pack(CITY.city, stale)).reply
    assert CITY.emergency_number in reply.text
