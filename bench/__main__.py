"""`make bench`: the speed and memory of the whole path, beside Rasa's default, in one run.

`PARTS="turns memory"` measures some parts, `SIZE=small` a little of each. Each part's figures go
into reports/bench/results.json beside those of the others; whole runs also into docs/speed.md.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from bench import (
    bars,
    directory,
    lengths,
    memory,
    results,
    running,
    signals,
    speed_page,
    startup,
    tables,
    training,
    turns,
)
from bench.sizes import SIZES, Size
from bot import model_file

PARTS: dict[str, Callable[[Size], dict[str, Any]]] = {
    "turns": turns.measure,
    "lengths": lengths.measure,
    "start": startup.measure,
    "memory": memory.measure,
    "directory": lambda size: directory.measure(),
    "signals": lambda size: signals.measure(),
    "training": training.measure,
}


def run(parts: list[str], size: Size) -> dict[str, Any]:
    """Measure these parts, keep each as soon as it is done, and return all figures."""
    found: dict[str, Any] = {"parts": {}}
    for part in parts:
        print(f"{part} ...", flush=True)
        begin, taken = time.monotonic(), results.origin(size.name)
        found = results.merge(part, PARTS[part](size), taken)
        print(f"  done in {time.monotonic() - begin:.0f} s", flush=True)
    return found


def main() -> int:
    """Measure what the command line names; return 1 when something cannot be measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--size", choices=SIZES, default="full")
    asked = parser.parse_args()
    if wrong := sorted(set(asked.parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(wrong)}; allowed: {', '.join(PARTS)}")
    # Told to end, it ends what it has started.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        model_file.ensure()
        found = run(asked.parts or list(PARTS), SIZES[asked.size])
    except (running.StartError, model_file.TrainingError) as error:
        print(error, file=sys.stderr)
        return 1
    speed_page.write(found)
    print(tables.page(found))
    missed = [bar.name for bar, _, reached in bars.judged(found) if not reached]
    print(f"Missed: {'; '.join(missed) or 'nothing'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
