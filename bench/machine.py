"""What the machine is on which figures were measured, without anything that names it."""

from __future__ import annotations

import os
import platform
import re
import statistics
import sysconfig
import time
from importlib import metadata
from pathlib import Path

CPU_NAME = re.compile(r"^model name\s*: (.+)$", re.MULTILINE)
PACKAGES = ("rasa", "rasa-sdk", "sanic", "python-telegram-bot", "scikit-learn")
REST_SECONDS = 0.03
ROUNDS = 50
# Processors take a while until they run at full speed.
BUSY_SECONDS = 2.0
WORK = 20_000


def described() -> dict[str, str]:
    """Return the processor, the memory, the system, Python, and the packages that matter."""
    cpu = CPU_NAME.search(Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    kernel = re.match(r"[\d.]+", platform.release())
    optimised = "" if is_optimised() else " (no optimised build)"
    return {
        "processor": cpu[1] if cpu else platform.machine(),
        "cores": str(os.cpu_count()),
        "work after a rest of 30 ms takes": f"{slowness_after_a_rest():.1f} times as long",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {kernel[0] if kernel else ''}".strip(),
        "Python": platform.python_version() + optimised,
        **{name: metadata.version(name) for name in PACKAGES},
    }


def is_optimised() -> bool:
    """Tell whether Python was built with the optimisations that its makers recommend."""
    return "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")


def slowness_after_a_rest() -> float:
    """Return how many times as long the same work takes after each rest as without any."""
    busy, end = [], time.monotonic() + BUSY_SECONDS
    while time.monotonic() < end:
        busy.append(_seconds_of_work())
    rested = []
    for _ in range(ROUNDS):
        time.sleep(REST_SECONDS)
        rested.append(_seconds_of_work())
    half = len(busy) // 2
    return statistics.median(rested[ROUNDS // 2 :]) / statistics.median(busy[half:])


def _seconds_of_work() -> float:
    begin = time.perf_counter()
    sum(number * number for number in range(WORK))
    return time.perf_counter() - begin
