"""The file of figures: each part's, with the day and the commit it was measured at, and where."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path
from typing import Any

from bench import machine
from bot.settings import ROOT

FILE = ROOT / "reports" / "bench" / "results.json"


def origin(size: str) -> dict[str, Any]:
    """Return what stands beside figures that are measured from now on."""
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    return {"date": today, "commit": commit(), "size": size, "machine": machine.described()}


def merge(
    part: str, figures: dict[str, Any], taken: dict[str, Any], file: Path = FILE
) -> dict[str, Any]:
    """Put the figures of a part and their origin beside the others; return all of them."""
    found = read(file) if file.exists() else {}
    # What an older benchmark left there had no parts.
    found = found if "parts" in found else {"parts": {}}
    found["parts"][part] = {**taken, "figures": figures}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def read(file: Path = FILE) -> dict[str, Any]:
    """Return all figures that are kept: {"parts": {name: ...}}."""
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def commit() -> str:
    """Return the short id of the commit, and whether files were changed after it."""
    try:
        head, changed = (
            _git("rev-parse", "--short", "HEAD"),
            _git("status", "--porcelain", "-uno"),
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{head} and changes" if changed else head


def _git(*words: str) -> str:
    command = ["git", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
