"""The journeys of tests/journeys, walked on Telegram through the whole assistant."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.written import OnTelegram, otherwise

from bench.journeys import reading

pytestmark = pytest.mark.slow

FILES = sorted((Path(__file__).parent / "journeys").glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_journey_goes_as_it_is_written(stack, meet, path):
    def switch_rasa(runs: bool) -> None:
        if runs:
            stack.start()
        else:
            stack.rasa.stop()

    journey = reading.read(path)
    try:
        told = otherwise(journey, OnTelegram(meet, journey, switch_rasa))
    finally:
        stack.start()
    assert not told, told
