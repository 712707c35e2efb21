"""What an answer depends on besides the route: who asks when and from where, in which city."""

from __future__ import annotations

from typing import NamedTuple

from bot.answers import wishes
from bot.answers.model import Turn
from bot.directory.model import City, District, Pack
from bot.directory.search import Asked


class Here(NamedTuple):
    """The city, and who asks."""

    city: City
    asked: Asked


def here(turn: Turn, pack: Pack) -> Here:
    """Return the city and who asks, for a turn."""
    near = district_of(turn, pack.city)
    first, wish, also = wishes.first_ids(turn, pack), wishes.rank(turn), wishes.also(turn, pack)
    return Here(pack.city, Asked(turn.language, turn.now, near, first, wish, also))


def district_of(turn: Turn, city: City) -> District | None:
    """Return the district that the person named in this conversation, if any."""
    return city.districts.get(turn.memory.district or "")
