"""Part "turns": four ways of a turn side by side, at 1 to 128 chats, in turns of rounds.

In each round every way gets its share of time, one after the other, so that whatever else the
machine does hits all of them alike.
"""

from __future__ import annotations

import itertools
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from bench import ours, running, stock
from bench.figures import summary
from bench.sizes import BAR_CHATS, CHATS, Size
from bench.worker import Worker

DEFAULT, REST, PACED, TELEGRAM, FLOOR = "default", "rest", "paced", "telegram", "echo"
# In the order in which they get their time.
WAYS = (DEFAULT, REST, PACED, TELEGRAM, FLOOR)
# Telegram lets a bot send 30 messages a second to all chats together, and an answer is up to
# three messages: this is what all people together begin in a second, on average.
PACE = 12.0
LIMITED_CHATS = (BAR_CHATS, 128)
WARM_UP_SECONDS = 2.0
# A limit that was reached must not slow down what is measured next.
CALM_SECONDS = 3.0
# People of one run are strangers to all others.
APART = 1_000_000

Ask = Callable[..., dict[str, Any]]


def measure(size: Size) -> dict[str, Any]:
    """Return the figures: way -> number of chats -> a row, and what Telegram's limit allows."""
    with tempfile.TemporaryDirectory() as name, _ways(Path(name)) as (ways, limited):
        people = itertools.count(1)
        for ask in ways.values():
            ask(chats=BAR_CHATS, seconds=WARM_UP_SECONDS, first=next(people) * APART)
        rounds: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for number, chats in itertools.product(range(size.rounds), CHATS):
            print(f"  round {number + 1} of {size.rounds}, {chats} chats", flush=True)
            for way, ask in ways.items():
                plan = {"chats": chats, "seconds": size.seconds, "first": next(people) * APART}
                rounds[way, chats].append(ask(**plan))
        found = {way: {str(chats): summary(rounds[way, chats]) for chats in CHATS} for way in ways}
        return {"ways": found, "limited": _limited(limited, size, people), "pace": PACE}


def _limited(people: Worker, size: Size, first: Iterator[int]) -> dict[str, Any]:
    """Return what comes through as fast as it goes, with Telegram's limit kept."""
    found = {}
    for chats in LIMITED_CHATS:
        sleep(CALM_SECONDS)
        told = people.ask(chats=chats, seconds=2 * size.seconds, first=next(first) * APART)
        sent = {"messages_per_second": round(told["messages"] / told["seconds"], 1)}
        found[str(chats)] = summary([told]) | sent
    return found


@contextmanager
def _ways(folder: Path) -> Iterator[tuple[dict[str, Ask], Worker]]:
    """Start everything; yield what asks each way, and the people behind Telegram's limit."""
    (floor_port,) = running.free_ports(1)
    with ExitStack() as stack:
        default = stack.enter_context(stock.served(folder))
        own = stack.enter_context(ours.served(folder / "ours"))
        free = stack.enter_context(ours.unlimited_gateway(own, folder / "unlimited"))
        echo = ["-m", "bench.echo", str(floor_port)]
        floor = stack.enter_context(running.program(echo, folder, {}))
        running.wait_for(floor, floor_port, "/")
        loads = {
            name: stack.enter_context(Worker("bench.load", str(port), path, name)).ask
            for name, port, path in (
                (DEFAULT, default.port, ours.WEBHOOK),
                (REST, own.port, ours.WEBHOOK),
                (FLOOR, floor_port, "/echo"),
            )
        }
        over = {PACED: _paced(own.people), TELEGRAM: free.ask}
        asks = {**loads, **over}
        yield {way: asks[way] for way in WAYS}, own.people


def _paced(people: Worker) -> Ask:
    def ask(seconds: float, **plan: Any) -> dict[str, Any]:
        # Few turns a second need more of them for a tail.
        return people.ask(**plan, seconds=2 * seconds, pace=PACE)

    return ask
