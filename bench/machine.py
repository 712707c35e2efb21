"""What the machine is on which figures were measured, without anything that names it."""

from __future__ import annotations

import os
import platform
import random
import re
import statistics
import sysconfig
import time
from array import array
from collections.abc import Callable
from functools import lru_cache
from importlib import metadata
from pathlib import Path

CPU_NAME = re.compile(r"^model name\s*: (.+)$", re.MULTILINE)
PACKAGES = ("rasa", "rasa-sdk", "sanic", "python-telegram-bot", "scikit-learn")
REST_SECONDS = 0.03
ROUNDS = 50
# Processors take a while until they run at full speed.
BUSY_SECONDS = 1.0
COUNTED = 20_000
# Eight megabytes, as a model may have them.
NUMBERS, LOOKED_UP = 1 << 20, 3_000


def described() -> dict[str, str]:
    """Return the processor, the memory, the system, Python, and the packages that matter."""
    cpu = CPU_NAME.search(Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    kernel = re.match(r"[\d.]+", platform.release())
    optimised = "" if is_optimised() else " (no optimised build)"
    return {
        "processor": cpu[1] if cpu else platform.machine(),
        "cores": str(os.cpu_count()),
        "after a rest of 30 ms": after_a_rest(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {kernel[0] if kernel else ''}".strip(),
        "Python": platform.python_version() + optimised,
        **{name: metadata.version(name) for name in PACKAGES},
    }


def is_optimised() -> bool:
    """Tell whether Python was built with the optimisations that its makers recommend."""
    return "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")


def after_a_rest() -> str:
    """Return how many times as long the same work takes after each rest as without any.

    A paced turn is work after a rest: what it needs has left the caches meanwhile.
    """
    counting, looking_up = slowness(_count), slowness(_look_up)
    return f"counting {counting:.1f}, looking up in memory {looking_up:.1f} times as long"


def slowness(work: Callable[[], None]) -> float:
    """Return how many times as long some work takes after a rest as it does again and again."""
    busy, end = [], time.monotonic() + BUSY_SECONDS
    while time.monotonic() < end:
        busy.append(_seconds(work))
    rested = []
    for _ in range(ROUNDS):
        time.sleep(REST_SECONDS)
        rested.append(_seconds(work))
    half = len(busy) // 2
    return statistics.median(rested[ROUNDS // 2 :]) / statistics.median(busy[half:])


def _seconds(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _count() -> None:
    sum(number * number for number in range(COUNTED))


def _look_up() -> None:
    numbers, places = _memory()
    sum(numbers[place] for place in places)


@lru_cache(maxsize=1)
def _memory() -> tuple[array[int], list[int]]:
    """Return many numbers, and some places among them, far apart."""
    return array("q", range(NUMBERS)), random.Random(1).sample(range(NUMBERS), LOOKED_UP)  # noqa: S311
