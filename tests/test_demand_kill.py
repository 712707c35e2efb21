"""The real gateway is killed at random points, hundreds of times: committed counts stay right."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest
from demand_rows import own_postgresql, rows
from fakes.bot_api import FakeBotApi
from fakes.gateway_process import nursery
from fakes.rasa_server import DEMAND, FakeRasa
from fakes.stage import TOKEN

from bot.database import migrate
from bot.database.engine import engine

pytestmark = pytest.mark.slow

FIRST_CHAT = 700_000_001
# Written far more often than in life, so that a kill often falls into a write.
FLUSH_SECONDS = 0.02
LONGEST_LIFE_SECONDS = 0.4
# So many of them live until they have asked for updates.
LIVES_LONG = 0.9
LONGEST_SENDING_SECONDS = 0.15


class Town:
    """People who write one message each, every one of a topic of its own."""

    def __init__(self, api: FakeBotApi, address: str) -> None:
        self._api = api
        self._address = address
        self.update_of: dict[str, int] = {}
        self.lost: set[str] = set()
        self.counted: set[str] = set()
        # How often a death left a count in the database whose message came again.
        self.repeated = 0

    def write(self, people: int) -> None:
        for _ in range(people):
            number = len(self.update_of)
            update_id = self._api.write(FIRST_CHAT + number, f"r{number}")
            assert update_id
            self.update_of[f"r{number}"] = update_id
            self._api.delay_next("sendMessage", random.uniform(0, LONGEST_SENDING_SECONDS))

    def look(self) -> None:
        """Check what is committed after a death, and note what the death took along."""
        found = committed(self._address)
        assert set(found.values()) <= {1}, "a count was doubled"
        assert self.counted <= set(found), "a committed count was lost"
        self.counted = set(found)
        confirmed = self._api.confirmed
        acknowledged = {route for route, number in self.update_of.items() if number <= confirmed}
        self.lost |= acknowledged - self.counted
        self.repeated += len(self.counted - acknowledged)


def committed(address: str) -> dict[str, int]:
    return {str(row[2]): int(row[-1]) for row in rows(address)}


def calls(api: FakeBotApi) -> int:
    return sum(request.method == "getUpdates" for request in api.requests)


def kill_on_and_on(folder: Path, address: str, kills: int) -> Town:
    # The first gateways may die before they have made a table.
    migrate.upgrade(engine(address), migrate.RAW)
    with FakeBotApi(TOKEN) as api, FakeRasa() as rasa:
        rasa.demand_of = lambda text: {**DEMAND, "route": text}
        town = Town(api, address)
        with nursery(folder, rasa, api, FLUSH_SECONDS, DATABASE_URL=address) as gateways:
            for _ in range(kills):
                town.write(random.randint(1, 3))
                polls = calls(api)
                gateways.begin()
                if random.random() < LIVES_LONG:
                    assert api.wait_until(lambda before=polls: calls(api) > before)
                time.sleep(random.uniform(0, LONGEST_LIFE_SECONDS))
                gateways.end(signal.SIGKILL)
                town.look()
            gateways.begin()
            assert api.wait_until(lambda: not api.pending(), 60)
            gateways.end(signal.SIGTERM)
        return town


def check(town: Town, address: str) -> None:
    # What was not acknowledged came again and was counted, once; a death took only what was
    # acknowledged and not yet written.
    found = committed(address)
    assert set(found.values()) == {1}
    assert set(found) == set(town.update_of) - town.lost
    assert town.repeated, "no death was of the kind that could double a count"
    print(
        f"{len(found)} of {len(town.update_of)} counted, {len(town.lost)} lost before a write,"
        f" {town.repeated} came again after they were counted"
    )


def test_a_gateway_killed_two_hundred_times_counts_every_message_once(tmp_path):
    address = f"sqlite:///{tmp_path}/demand.sqlite3"
    check(kill_on_and_on(tmp_path, address, kills=200), address)


def test_with_postgresql_it_is_the_same(tmp_path):
    with own_postgresql() as server:
        address = server.get_uri()
        check(kill_on_and_on(tmp_path, address, kills=40), address)
