"""Part "training": seconds and size of the model against messages and languages.

`make train` in a copy of the project whose training messages were made fewer. It takes long (about
three whole trainings), so it can be left out.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import running
from bench.figures import rounded, slope
from bench.said import LANGUAGES
from bench.sizes import Size
from bot.settings import ROOT

LANGUAGES_ASKED = (3, 6)
NOT_COPIED = shutil.ignore_patterns(
    ".*", "models", "reports", "docs", "tests", "bench", "evaluation", "*.sqlite3*"
)
# `- text`, within an entry's examples.
EXAMPLE = re.compile(r"^ +- (?!intent)")
Keeps = Callable[[Path, int], bool]


def measure(size: Size) -> dict[str, Any]:
    """Return a row for each number of messages, and for each number of languages, with slopes."""
    by_share = [_row(_one_in(share)) for share in size.shares]
    by_language = [_row(_one_in(size.shares[-1], some)) for some in LANGUAGES_ASKED]
    by_language.append(by_share[-1])
    rows = {"by_messages": by_share, "by_languages": by_language}
    slopes = {
        f"{cost}_{name}": rounded(slope((row["messages"], row[cost]) for row in found))
        for name, found in rows.items()
        for cost in ("seconds", "model_mb")
    }
    return {**rows, "slopes": slopes}


def _one_in(share: int, languages: int = len(LANGUAGES)) -> Keeps:
    """Return what keeps one message in so many, of the first languages."""

    def keeps(path: Path, number: int) -> bool:
        return number % share == 0 and path.parent.name in LANGUAGES[:languages]

    return keeps


def _row(keeps: Keeps) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
        messages = _thin_out(copy / "data" / "nlu", keeps)
        languages = len({path.parent for path in (copy / "data" / "nlu").glob("*/*.yml")})
        seconds = _train(copy)
        megabytes = round((copy / "models" / "rightdoor.tar.gz").stat().st_size / 1e6, 2)
    row = {"messages": messages, "languages": languages, "seconds": seconds, "model_mb": megabytes}
    print(f"  {row}", flush=True)
    return row


def _thin_out(folder: Path, keeps: Keeps) -> int:
    """Leave only the messages that are kept; return how many there are."""
    total = 0
    for path in sorted(folder.glob("*/*.yml")):
        lines = list(_kept(path, keeps))
        kept = sum(bool(EXAMPLE.match(line)) for line in lines)
        total += kept
        if kept:
            path.write_text("".join(lines), encoding="utf-8")
        else:
            path.unlink()
    return total


def _kept(path: Path, keeps: Keeps) -> Iterator[str]:
    numbers = count()
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("- intent"):
            # The first of each route stays, or Rasa would not know the route.
            numbers = count()
        if not EXAMPLE.match(line) or keeps(path, next(numbers)):
            yield line


def _train(copy: Path) -> float:
    command = [sys.executable, "-W", "ignore", "-m", "bot.model_file", "--anew"]
    given = running.environment(copy, {})
    begin = perf_counter()
    done = subprocess.run(command, cwd=copy, env=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise running.StartError(
            f"training of a part failed: {(done.stdout + done.stderr)[-1500:]}"
        )
    return round(perf_counter() - begin, 1)
