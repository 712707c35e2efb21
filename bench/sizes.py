"""How much `make bench` measures: whole, or a small run that only shows that it works."""

from __future__ import annotations

from dataclasses import dataclass

CHATS = (1, 8, 32, 128)
# What 8 people may do at once is what the bars are about.
BAR_CHATS = 8


@dataclass(frozen=True)
class Size:
    """Numbers of one run; times in seconds."""

    name: str
    rounds: int
    seconds: float
    turns: tuple[int, int]
    people: int
    open_conversations: int
    starts: int
    long_turns: int
    window: int
    repeats: int
    shares: tuple[int, ...]


SIZES = {
    "full": Size(
        name="full",
        rounds=5,
        seconds=5.0,
        # Memory is looked at after the first number of turns, and again after the second.
        turns=(10_000, 100_000),
        people=1_000,
        open_conversations=50_000,
        starts=3,
        long_turns=400,
        window=50,
        repeats=3,
        # One message in so many is trained on.
        shares=(8, 4, 2, 1),
    ),
    "small": Size(
        name="small",
        rounds=2,
        seconds=1.5,
        turns=(100, 400),
        people=20,
        open_conversations=200,
        starts=1,
        long_turns=60,
        window=20,
        repeats=1,
        shares=(64, 32, 16),
    ),
}
