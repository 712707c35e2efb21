"""Rasa's default configuration on our data: trained once on a sample, kept, and served.

Pipeline and policies are those of Rasa's own default file; every route has a story, from which
the policies that learn do learn, and a rule, so that each turn calls the trivial action once. How
long a turn takes depends on the layers and on how many words are known, not on how long was learnt:
few epochs and a sample will do for that, and for nothing else.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import yaml

from bench import running, sample, trivial_actions
from bot import routes
from bot.settings import ROOT

# Messages a route and language, and passes over them.
SAMPLE = 20
EPOCHS = 2
# Git ignores it, and `make clean` removes it.
FOLDER = ROOT / "models" / "bench"
FALLBACK = "nlu_fallback"
KEPT = "default.tar.gz"


@dataclass(frozen=True)
class Stock:
    """The running servers of the default configuration."""

    port: int
    pids: tuple[int, int]


@cache
def ensure() -> Path:
    """Return the trained model; train it when there is none of these inputs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder)
        kept = FOLDER / f"{_fingerprint(folder)}.{KEPT}"
        if not kept.exists():
            shutil.rmtree(FOLDER, ignore_errors=True)
            print("Training Rasa's default configuration, once (minutes) ...", flush=True)
            _train(folder)
            FOLDER.mkdir(parents=True)
            shutil.move(folder / KEPT, kept)
    return kept


def _train(folder: Path) -> None:
    command = [
        *(sys.executable, "-W", "ignore", "-m", "rasa", "train", "--skip-validation"),
        *("--config", "config.yml", "--domain", "domain.yml", "--data", "nlu", "rules.yml"),
        *("--out", ".", "--fixed-model-name", KEPT.removesuffix(".tar.gz")),
    ]
    given = running.environment(folder, {})
    done = subprocess.run(
        command, cwd=folder, env=given, capture_output=True, text=True, check=False
    )
    if not (folder / KEPT).exists():
        raise running.StartError(f"Rasa's default configuration: {done.stdout[-2000:]}")


def _write(folder: Path) -> None:
    sample.write(sample.take(SAMPLE), folder / "nlu")
    for name, content in (("config", config()), ("domain", domain()), ("rules", dialogues())):
        written = yaml.safe_dump(content, sort_keys=False)
        (folder / f"{name}.yml").write_text(written, encoding="utf-8")


def config() -> dict[str, Any]:
    """Return Rasa's default configuration, with fewer epochs."""
    file = resources.files("rasa.engine.recipes.config_files") / "default_config.yml"
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for part in (*found["pipeline"], *found["policies"]):
        if "epochs" in part:
            part["epochs"] = EPOCHS
    return found


def domain() -> dict[str, Any]:
    """Return a domain with our routes and the trivial action."""
    return {"version": "3.1", "intents": list(routes.ids()), "actions": [trivial_actions.NAME]}


def dialogues() -> dict[str, Any]:
    """Return a story and a rule for each route, and a rule for what was not understood."""
    action = {"action": trivial_actions.NAME}
    turns = {route: [{"intent": route}, action] for route in (*routes.ids(), FALLBACK)}
    rules = [{"rule": route, "steps": steps} for route, steps in turns.items()]
    stories = [
        {"story": route, "steps": steps} for route, steps in turns.items() if route != FALLBACK
    ]
    return {"version": "3.1", "stories": stories, "rules": rules}


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256(metadata.version("rasa").encode())
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def served(folder: Path) -> Iterator[Stock]:
    """Serve the model and the trivial action, as a newcomer to Rasa would start them."""
    port, actions_port = running.free_ports(2)
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    address = f"http://127.0.0.1:{actions_port}/webhook"
    endpoints.write_text(yaml.safe_dump({"action_endpoint": {"url": address}}), encoding="utf-8")
    credentials.write_text("rest:\n", encoding="utf-8")
    actions = ["-m", "rasa_sdk", "--actions", "bench.trivial_actions", "--port", str(actions_port)]
    rasa = [
        *("-m", "rasa", "run", "--model", str(ensure()), "--endpoints", str(endpoints)),
        *("--credentials", str(credentials), "--interface", "127.0.0.1", "--port", str(port)),
    ]
    with running.program(actions, folder, {}) as one, running.program(rasa, folder, {}) as two:
        running.wait_for(one, actions_port, "/health")
        running.wait_for(two, port, "/")
        yield Stock(port, (one.pid, two.pid))
