"""The messages that understanding is measured on, and those it has learnt from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot import routes
from bot.settings import ROOT

TRAINING = ROOT / "data" / "nlu"
DEVELOPMENT = ROOT / "data" / "development"
TEST = ROOT / "tests" / "nlu"


@dataclass(frozen=True)
class Example:
    """A message, the language it is in, the routes that are right for it, and its kind.

    The first of `right` is the best; a careful person would accept the others as well.
    """

    text: str
    language: str
    right: tuple[str, ...]
    kind: str = ""

    @property
    def urgent(self) -> bool:
        """Tell whether the right answer is an urgent one."""
        return routes.get(self.right[0]).urgent

    @property
    def harmless(self) -> bool:
        """Tell whether no urgent route is right."""
        return not any(routes.get(route).urgent for route in self.right)

    @property
    def group(self) -> str:
        """Return the group of the best route."""
        return routes.get(self.right[0]).group


def training() -> list[Example]:
    """Return all messages of data/nlu."""
    return [
        Example(line.removeprefix("- ").strip(), path.parent.name, (entry["intent"],))
        for path in sorted(TRAINING.glob("*/*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in entry["examples"].splitlines()
    ]


def of_folder(folder: Path) -> list[Example]:
    """Return the messages of a folder: one file a language, <code>.yml or <code>.jsonl.

    Each entry: text, route, and where needed accept (routes that are right as well) and kind.
    """
    paths = sorted([*folder.glob("*.yml"), *folder.glob("*.jsonl")])
    return [_example(entry, path.stem) for path in paths for entry in _entries(path)]


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        yield from (json.loads(line) for line in text.splitlines())
    else:
        yield from yaml.safe_load(text)


def _example(entry: dict[str, Any], language: str) -> Example:
    others = [route for route in entry.get("accept", []) if route != entry["route"]]
    right = (entry["route"], *others)
    return Example(entry["text"], language, right, entry.get("kind", ""))
