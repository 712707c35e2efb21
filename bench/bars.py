"""What the speed of Right Door must be, each bar by name, and whether it is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench import memory
from bench.figures import slope
from bench.sizes import BAR_CHATS
from bench.turns import DEFAULT, PACED, REST

Figures = dict[str, Any]
EIGHT = str(BAR_CHATS)
USUAL_CHARACTERS = 100


@dataclass(frozen=True)
class Bar:
    """A bar: what is measured in which part, and the most (or the least) that is allowed."""

    name: str
    part: str
    value: Callable[[Figures], float]
    limit: float
    unit: str = ""
    at_least: bool = False

    def is_reached(self, value: float) -> bool:
        """Tell whether a value is on the right side of the limit."""
        return value >= self.limit if self.at_least else value <= self.limit

    @property
    def wanted(self) -> str:
        """Return the limit in words."""
        return f"{'at least' if self.at_least else 'at most'} {self.limit:g}{self.unit}"


def _median(figures: Figures) -> float:
    ways = figures["ways"]
    return float(ways[REST]["1"]["p50_ms"] / ways[DEFAULT]["1"]["p50_ms"])


def _throughput(figures: Figures) -> float:
    ways = figures["ways"]
    return float(ways[REST][EIGHT]["per_second"] / ways[DEFAULT][EIGHT]["per_second"])


def _together(figures: Figures) -> float:
    """Return the most that all processes hold together, at start or after the turns."""
    moments = [memory.START, *(f"after {figures[key]} turns" for key in ("few", "many"))]
    return float(max(figures["moments"][moment]["all"]["rss"] for moment in moments))


def _kept_growth(figures: Figures) -> float:
    few, many = (f"after {figures[key]} turns" for key in ("few", "many"))
    moments = figures["moments"]
    return 100 * float(moments[many]["all"]["rss"] / moments[few]["all"]["rss"] - 1)


def _by_characters(figures: Figures) -> float:
    """Return the exponent with which a turn grows with its message, from a usual length on."""
    rows = {int(length): row["p50_ms"] for length, row in figures["by_characters"].items()}
    return slope((length, ms) for length, ms in rows.items() if length >= USUAL_CHARACTERS)


def _slope(kind: str) -> Callable[[Figures], float]:
    return lambda figures: max(
        value for name, value in figures["slopes"].items() if name.startswith(kind)
    )


BARS = (
    Bar("a turn's p50, of the default configuration's, 1 chat", "turns", _median, 0.125),
    Bar(
        f"turns a second, times the default configuration's, {EIGHT} chats",
        *("turns", _throughput, 10.0),
        at_least=True,
    ),
    Bar(
        f"from Telegram's update to the reply, p95, {EIGHT} chats",
        *("turns", lambda figures: figures["ways"][PACED][EIGHT]["p95_ms"], 15.0, " ms"),
    ),
    Bar("first answer after the start", "start", lambda figures: figures["ours_s"], 8.0, " s"),
    Bar("all processes together", "memory", _together, 450.0, " MB"),
    Bar("growth between the two numbers of turns", "memory", _kept_growth, 5.0, "%"),
    Bar(
        "the last turns of a long conversation, of the first ones",
        *("lengths", lambda figures: figures["drift"], 1.1),
    ),
    Bar(
        "growth of a turn with the characters of its message, exponent",
        "lengths",
        _by_characters,
        1,
    ),
    Bar("growth of training time, exponent", "training", _slope("seconds"), 1.1),
    Bar("growth of the model file, exponent", "training", _slope("model_mb"), 1.1),
)


def judged(found: Figures) -> Iterator[tuple[Bar, float, bool]]:
    """Yield each bar whose part was measured, with its value and whether it is reached."""
    for bar in BARS:
        part = found["parts"].get(bar.part)
        if part:
            value = bar.value(part["figures"])
            yield bar, value, bar.is_reached(value)
