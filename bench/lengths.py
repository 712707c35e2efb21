"""Part "lengths": turns of a long conversation, and messages from one character to the longest."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import ours, said, stock
from bench.figures import drift, percentile, rounded
from bench.rest import Rest
from bench.sizes import Size

# Characters of a message; Telegram allows no more than the last.
CHARACTERS = (1, 10, 100, 500, 1000, 4096)
# What is written again and again in a long conversation, so that each window holds the same.
CYCLE = (*said.MESSAGES["en"][:3], "/show_menu", said.MESSAGES["fr"][0])
POINTS = 10
OTHERS = 1_000_000


def measure(size: Size) -> dict[str, Any]:
    """Return the times by turn of a conversation, of both, and ours by characters of a message."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        default = stack.enter_context(stock.served(Path(name)))
        own = stack.enter_context(ours.served(Path(name) / "ours"))
        return asyncio.run(_measure(own.port, default.port, size))


async def _measure(own: int, default: int, size: Size) -> dict[str, Any]:
    way = Rest(own, ours.WEBHOOK, "long")
    await _conversation(way, OTHERS - 1, size.window)
    talks = [await _conversation(way, number, size.long_turns) for number in range(size.repeats)]
    stock_way = Rest(default, ours.WEBHOOK, "long")
    await _conversation(stock_way, OTHERS - 1, size.window)
    stock_talk = await _conversation(stock_way, 0, size.long_turns)
    found = {
        "turns": size.long_turns,
        "window": size.window,
        "drift": rounded(statistics.median(drift(*talk, size.window) for talk in talks)),
        "default_drift": rounded(drift(*stock_talk, size.window)),
        "by_turn": _by_turn([long for long, _ in talks]),
        "default_by_turn": _by_turn([stock_talk[0]]),
        # A way of its own: the server has closed the connections that were idle meanwhile.
        "by_characters": await _by_characters(Rest(own, ours.WEBHOOK, "written"), size),
    }
    way.close()
    stock_way.close()
    return found


async def _conversation(way: Rest, person: int, turns: int) -> tuple[list[float], list[float]]:
    """Return the times of a conversation's turns, and between them those of strangers."""
    long, fresh = [], []
    for turn, text in zip(range(turns), itertools.cycle(CYCLE)):
        long.append((await way.turn(0, person, text)).ms)
        stranger = OTHERS * (person + 1) + turn
        fresh.append((await way.turn(1, stranger, text)).ms)
    return long, fresh


def _by_turn(talks: list[list[float]]) -> dict[str, float]:
    """Return the median of each stretch of turns, by its first turn (from 1)."""
    step = max(len(talks[0]) // POINTS, 1)
    starts = range(0, len(talks[0]) - step + 1, step)
    return {
        str(begin + 1): rounded(
            statistics.median(time for talk in talks for time in talk[begin : begin + step])
        )
        for begin in starts
    }


async def _by_characters(way: Rest, size: Size) -> dict[str, dict[str, float]]:
    times: dict[int, list[float]] = defaultdict(list)
    whole = [" ".join(itertools.chain(said.MESSAGES[code] * 40)) for code in said.LANGUAGES]
    for number, (text, length) in enumerate(
        itertools.product(whole * size.rounds * size.repeats, CHARACTERS)
    ):
        person = 2 * OTHERS * OTHERS + number
        times[length].append((await way.turn(0, person, text[:length])).ms)
    return {
        str(length): {
            "p50_ms": rounded(percentile(found, 50)),
            "p95_ms": rounded(percentile(found, 95)),
        }
        for length, found in times.items()
    }
