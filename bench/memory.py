"""Part "memory": each process at start, after many turns of the same people, and with many people.

All turns come over Telegram, through all processes that `make run` starts; only the limit of 30
messages a second is lifted (TELEGRAM_RATE), or it would take an hour.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench import ours, processes, stock
from bench.sizes import Size

AT_ONCE = 8
# The most that is asked between two signs of life.
STEP = 10_000
START, OPEN, DEFAULT = "at start", "open conversations", "default"


def measure(size: Size) -> dict[str, Any]:
    """Return what each process holds in MB: moment -> process -> rss and pss."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = _ours(folder, size)
        with stock.served(folder) as default:
            found[DEFAULT] = processes.memory(*default.pids)
    few, many = size.turns
    return {"moments": found, "few": few, "many": many, "open": size.open_conversations}


def _ours(folder: Path, size: Size) -> dict[str, Any]:
    few, many = size.turns
    with ours.served(folder / "ours", ours.UNLIMITED) as own:
        found = {START: processes.memory(own.pid)}
        # The same people come back, so that only turns grow, not conversations.
        _turns(own, few, people=size.people)
        found[f"after {few} turns"] = processes.memory(own.pid)
        _turns(own, many - few, people=size.people)
        found[f"after {many} turns"] = processes.memory(own.pid)
        _turns(own, size.open_conversations, first=size.people, length=1)
        found[OPEN] = processes.memory(own.pid)
        return found


def _turns(own: ours.Ours, turns: int, first: int = 0, people: int = 0, length: int = 6) -> None:
    for begin in range(0, turns, STEP):
        some = min(STEP, turns - begin)
        new = first if people else first + begin
        told = own.people.ask(chats=AT_ONCE, turns=some, first=new, people=people, length=length)
        if told["short"] or told["lost"]:
            print(f"  {len(told['short'])} short answers, {told['lost']} lost", flush=True)
        print(f"  {begin + some} of {turns} turns, {told['seconds']:.0f} s", flush=True)
