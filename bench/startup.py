"""Part "start": seconds from the start of all processes to the first answer, ours and stock."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import ours, running, said, stock
from bench.rest import Rest
from bench.sizes import Size


def measure(size: Size) -> dict[str, Any]:
    """Return the medians in seconds, and all times; ours and the default one after the other."""
    stock.ensure()
    times: dict[str, list[float]] = {"ours": [], "default": []}
    for number in range(size.starts):
        print(f"  start {number + 1} of {size.starts}", flush=True)
        with tempfile.TemporaryDirectory() as name:
            with ours.served(Path(name) / "ours") as own:
                times["ours"].append(round(own.first_answer_s, 2))
            times["default"].append(round(_default(Path(name)), 2))
    medians = {f"{name}_s": round(statistics.median(all_), 2) for name, all_ in times.items()}
    return {**medians, "times": times, "model_s": _model_seconds()}


def _default(folder: Path) -> float:
    begin = perf_counter()
    with stock.served(folder) as default:
        way = Rest(default.port, ours.WEBHOOK, "first")
        asyncio.run(way.turn(0, 0, said.MESSAGES["en"][0]))
        return perf_counter() - begin


def _model_seconds() -> float:
    """Return how long it takes to see that nothing has to be trained: a part of ours."""
    with tempfile.TemporaryDirectory() as name:
        begin = perf_counter()
        with running.program(("-m", "bot.model_file"), Path(name), {}) as process:
            process.wait()
        return round(perf_counter() - begin, 2)
