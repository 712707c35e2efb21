"""One process of `make bench-understanding`: trains a pipeline, or asks a trained one.

The last line that it prints is JSON with its figures; memory is the process's highest.
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bot.nlu import logs
from evaluation import messages

MODEL = "model.tar.gz"


def train(config: str, nlu: str, folder: str) -> dict[str, float]:
    """Train, and return seconds, memory and the size of the model."""
    from rasa.model_training import train_nlu

    begin = time.monotonic()
    train_nlu(config, nlu, folder, fixed_model_name=MODEL.removesuffix(".tar.gz"))
    return {
        "train_seconds": round(time.monotonic() - begin, 1),
        "train_memory_mb": _memory(),
        "model_mb": round((Path(folder) / MODEL).stat().st_size / 1e6, 1),
    }


def ask(folder: str) -> dict[str, Any]:
    """Load the model, ask the test messages one by one, and return how right and how fast."""
    begin = time.monotonic()
    from rasa.core.agent import Agent

    agent = Agent.load(str(Path(folder) / MODEL))
    loaded = time.monotonic() - begin
    examples = messages.of_folder(messages.TEST)
    rankings, times = asyncio.run(_asked(agent, [example.text for example in examples]))
    by_language = defaultdict(list)
    for example, ranking in zip(examples, rankings):
        by_language[example.language].append(ranking[0] in example.right)
    shares = {code: _percent(right) for code, right in by_language.items()}
    return {
        "load_seconds": round(loaded, 1),
        "memory_mb": _memory(),
        "p50_ms": round(1000 * statistics.median(times), 2),
        "p95_ms": round(1000 * statistics.quantiles(times, n=20)[-1], 2),
        "per_second": round(len(times) / sum(times)),
        "top1": _percent([r[0] in e.right for e, r in zip(examples, rankings)]),
        "top3": _percent([bool(set(e.right) & set(r[:3])) for e, r in zip(examples, rankings)]),
        "worst": min(shares.values()),
        "languages": shares,
    }


async def _asked(agent: Any, texts: list[str]) -> tuple[list[list[str]], list[float]]:
    rankings, times = [], []
    for text in texts:
        begin = time.perf_counter()
        parsed = await agent.parse_message(text.lstrip("/ "))
        times.append(time.perf_counter() - begin)
        names = [entry["name"] for entry in parsed["intent_ranking"]]
        # Rasa's fallback is no route: what stands behind it is what it would have answered.
        rankings.append([name for name in names if name != "nlu_fallback"] or [""])
    return rankings, times


def _percent(truths: list[bool]) -> float:
    return round(100 * statistics.mean(truths), 1)


def _memory() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    logs.configure("ERROR")
    work, *arguments = sys.argv[1:]
    print(json.dumps(train(*arguments) if work == "train" else ask(*arguments)))
