"""The trained model: where it stands, whether it is up to date, and how it is trained."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT

MODEL = ROOT / "models" / "rightdoor.tar.gz"
FINGERPRINT = MODEL.with_suffix(".fingerprint")

# All that the trained model depends on. Words, patterns, the thresholds of the decision and the
# directory are read at run time.
LEARNING = (
    "classifier", "features", "importer", "language", "learning", "linear", "linear_component",
    "message", "neutral", "policy", "spans", "stored",
)  # fmt: skip
SOURCES = (
    "config.yml", "domain.yml", "data/rules.yml", "data/nlu/**/*.yml", "data/neutral/*.yml",
    *(f"bot/nlu/{name}.py" for name in LEARNING), "bot/urgent.py",
    "bot/routes.yml", "locales/languages.yml",
)  # fmt: skip
# The libraries that learn, or that bring the names of countries; others may change as they like.
LIBRARIES = ("rasa", "scikit-learn", "numpy", "scipy", "joblib", "babel")
LOCK = "uv.lock"
STEP = re.compile(r"(?:Starting to train|Restored) component '([\w.]+)'")


class TrainingError(RuntimeError):
    """The model could not be trained; the text holds the end of what Rasa said."""


def fingerprint() -> str:
    """Return the SHA-256 over all sources of the model and the versions of its libraries."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    for line in _versions():
        digest.update(line.encode() + b"\0")
    return digest.hexdigest()


def is_up_to_date() -> bool:
    """Tell whether the model is there and was trained from the sources as they are now."""
    known = FINGERPRINT.read_text(encoding="utf-8") if FINGERPRINT.exists() else ""
    return MODEL.exists() and known == fingerprint()


def train() -> None:
    """Train the model and say each step; raise TrainingError when Rasa cannot.

    The old model stays until the new one is whole.
    """
    wanted, begin = fingerprint(), time.monotonic()
    print("Training the model (a few minutes, only when its data has changed):", flush=True)
    command = [
        sys.executable, "-W", "ignore", "-m", "rasa", "train",
        "--fixed-model-name", "training", "--out", str(MODEL.parent),
        # Not all of data/: Rasa takes any file with a field "rules" for its own.
        "--data", "data/nlu", "data/rules.yml",
        # What it would check, tests check faster (tests/test_contract_routes.py).
        "--skip-validation",
    ]  # fmt: skip
    fresh = MODEL.with_name("training.tar.gz")
    fresh.unlink(missing_ok=True)
    said = _run(command)
    if not fresh.exists():
        raise TrainingError("\n".join(said[-20:]))
    fresh.replace(MODEL)
    FINGERPRINT.write_text(wanted, encoding="utf-8")
    print(f"  done in {time.monotonic() - begin:.0f} s", flush=True)


def ensure() -> None:
    """Train the model unless it is up to date."""
    if not is_up_to_date():
        train()


def _run(command: list[str]) -> list[str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    environment = {**os.environ, **quiet, "LOG_LEVEL": "INFO"}
    said = []
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            for line in process.stdout or ():
                said.append(line.rstrip())
                step = STEP.search(line)
                if step:
                    print(f"  {step[1]}", flush=True)
        except BaseException:  # whoever is told to stop leaves no training behind
            process.terminate()
            raise
    return said


def _versions() -> list[str]:
    """Return the lines of the lock file that name the locked versions of the libraries."""
    locked = re.findall(
        r'^name = "([\w.-]+)"\nversion = "(.+)"$', (ROOT / LOCK).read_text("utf-8"), re.MULTILINE
    )
    return sorted(f"{name}=={version}" for name, version in locked if name in LIBRARIES)


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(ROOT.glob(pattern))


if __name__ == "__main__":
    try:
        train() if "--anew" in sys.argv[1:] else ensure()
    except TrainingError as error:
        sys.exit(f"The model could not be trained. Rasa said:\n{error}")
