"""What processes hold and whom they have started, from Linux's /proc."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")
LOOK_EVERY_SECONDS = 0.02
# What a process is called in tables, by the module it runs.
NAMES = {
    "bot.launch": "launcher",
    "bot.scale": "launcher",
    "bot.nlu.serve": "Rasa",
    "actions": "action server",
    "bot.gateway": "gateway",
    "bot.gateway.reader": "gateway reader",
    "bot.gateway.worker": "gateway worker",
    "bot.scale.postgresql": "PostgreSQL's keeper",
    "redis": "Redis",
    "bot.dashboard": "dashboard",
    "rasa": "Rasa",
    "rasa_sdk": "action server",
}
HELD = re.compile(r"^(Rss|Pss): +(\d+) kB$", re.MULTILINE)

Held = dict[str, float]


def family(pid: int) -> Iterator[int]:
    """Yield a process, and all that it and its children have started."""
    children: dict[int, list[int]] = {}
    for path in PROC.glob("[0-9]*/stat"):
        # It may have ended meanwhile.
        with contextlib.suppress(OSError):
            told = path.read_text(errors="replace").rpartition(")")[2].split()
            children.setdefault(int(told[1]), []).append(int(path.parent.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += children.get(one, [])


def memory(*pids: int) -> dict[str, Held]:
    """Return the memory of programs and all that they have started, by name, in MB.

    `rss` counts in full what several share, `pss` only the part of each. Those of the same name
    are added up.
    """
    found: dict[str, Held] = {}
    for pid in (one for first in pids for one in family(first)):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            # One that has just ended holds nothing, and has no name any more.
            if held := held_by(pid):
                _add(found.setdefault(name_of(pid), {"rss": 0.0, "pss": 0.0}), held)
    total = {"rss": 0.0, "pss": 0.0}
    for row in found.values():
        _add(total, row)
    return {**found, "all": total}


def worked(*pids: int) -> dict[str, float]:
    """Return how long processors have worked for programs and all they have started, in seconds.

    Unlike the time that something takes, it hardly depends on what else the machine does.
    """
    found: dict[str, float] = {}
    for pid in (one for first in pids for one in family(first)):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            told = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
            seconds = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
            found[name_of(pid)] = found.get(name_of(pid), 0.0) + seconds
    return found


def held_by(pid: int) -> Held:
    """Return the memory of one process in MB."""
    told = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    return {kind.lower(): int(number) / 1024 for kind, number in HELD.findall(told)}


def _add(row: Held, held: Held) -> None:
    for kind in row:
        row[kind] = round(row[kind] + held.get(kind, 0.0), 1)


def name_of(pid: int) -> str:
    """Return what a process is called in tables."""
    words = (PROC / str(pid) / "cmdline").read_text(errors="replace").split("\0")
    called = words[words.index("-m") + 1] if "-m" in words else Path(words[0]).name
    return NAMES.get(called, called)


def end(pids: Iterable[int], patience_seconds: float) -> None:
    """Wait until processes are gone; kill those that are still there then."""
    deadline = time.monotonic() + patience_seconds
    left = [pid for pid in pids if (PROC / str(pid)).exists()]
    while left and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_SECONDS)
        left = [pid for pid in left if (PROC / str(pid)).exists()]
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
