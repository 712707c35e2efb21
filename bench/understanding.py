"""`make bench-understanding`: our pipeline beside Rasa's own default one, in one run.

Both learn from the same sample of the training messages, small enough that the default one is
done in half an hour, and are asked the same test messages. reports/understanding/side-by-side.*
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from bench import sample
from bot.settings import ROOT
from evaluation.report import FOLDER

# Messages a route and language.
SAMPLE = 8
OURS, DEFAULT = "Right Door", "Rasa's default"
ROWS = {
    "top1": "right route first, %",
    "worst": "the same, worst language, %",
    "top3": "right route among three, %",
    "train_seconds": "training, s",
    "train_memory_mb": "memory of training, MB",
    "model_mb": "model file, MB",
    "load_seconds": "loading, s",
    "memory_mb": "memory when loaded, MB",
    "p50_ms": "one message, p50, ms",
    "p95_ms": "one message, p95, ms",
    "per_second": "messages a second",
}


def measured(pipeline: list[dict[str, Any]], nlu: Path) -> dict[str, Any]:
    """Train a pipeline in a process of its own, ask it in another, and return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        content = {"recipe": "default.v1", "assistant_id": "bench", "language": "en"}
        config.write_text(yaml.safe_dump({**content, "pipeline": pipeline}), encoding="utf-8")
        trained = _worker("train", str(config), str(nlu), folder)
        asked = _worker("ask", folder)
    return {**trained, **asked}


def _worker(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.understanding_worker", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def pipelines() -> dict[str, list[dict[str, Any]]]:
    """Return both pipelines: ours, and the one `rasa init` leads to."""
    ours = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    file = resources.files("rasa.engine.recipes.config_files") / "default_config.yml"
    return {OURS: ours, DEFAULT: yaml.safe_load(file.read_text(encoding="utf-8"))["pipeline"]}


def table(figures: dict[str, dict[str, Any]]) -> str:
    """Return the figures side by side, and how many times ours is of the default."""
    lines = ["| | Right Door | Rasa's default | ratio |", "|---|---|---|---|"]
    for key, name in ROWS.items():
        ours, default = figures[OURS][key], figures[DEFAULT][key]
        lines.append(f"| {name} | {ours:g} | {default:g} | {ours / default:.2f} |")
    for code, share in sorted(figures[OURS]["languages"].items(), key=lambda item: item[1]):
        default = figures[DEFAULT]["languages"][code]
        lines.append(f"| {code}, right route first, % | {share:g} | {default:g} | |")
    return "\n".join(lines)


def main() -> None:
    """Measure both, write the figures and print the table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        nlu = Path(folder) / "nlu"
        sample.write(sample.take(SAMPLE), nlu)
        figures = {name: measured(pipeline, nlu) for name, pipeline in pipelines().items()}
    (FOLDER / "side-by-side.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    page = f"{SAMPLE} messages a route and language.\n\n{table(figures)}\n"
    (FOLDER / "side-by-side.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
