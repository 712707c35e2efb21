"""Reads the training messages for Rasa, named in `config.yml`: each is read, hashed and kept once.

Rasa's own importer reads each file several times, copies all messages at each of five merges and
hashes them anew after each: half of the training's time. Ours read the same and give the same
(tests/test_importer.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class ExampleError(ValueError):
    """A training message has markup in it: there are no entities in ours."""


class Example(Message):
    """A training message. It never changes, so that nobody needs a copy of it."""

    _cached_fingerprint: str | None

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        return self

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set an attribute; what is set to what it is leaves the fingerprint."""
        if self.data.get(prop) != info:
            super().set(prop, info, add_to_output)

    def fingerprint(self) -> str:
        """Return a hash of all that the message holds."""
        if self._cached_fingerprint is None:
            held = json.dumps(self.data, sort_keys=True).encode()
            self._cached_fingerprint = hashlib.md5(held, usedforsecurity=False).hexdigest()
        return self._cached_fingerprint


class ExampleImporter(RasaFileImporter):
    """Takes training messages from the folders that are given, and rules from the files."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        given = [training_data_paths] if isinstance(training_data_paths, str) else None
        paths = [Path(path) for path in given or training_data_paths or []]
        super().__init__(config_file, domain_path, [str(path) for path in paths if path.is_file()])
        self._folders = [path for path in paths if path.is_dir()]

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return all training messages; raise ExampleError for one with markup."""
        files = [path for folder in self._folders for path in sorted(folder.rglob("*.yml"))]
        return TrainingData([example for path in files for example in examples(path)])


def examples(path: Path) -> Iterator[Example]:
    """Yield the messages of a file of `data/nlu`."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for entry in content["nlu"]:
        metadata = {"metadata": {"intent": entry["metadata"]}} if "metadata" in entry else {}
        for line in entry["examples"].splitlines():
            text = line.strip().removeprefix("- ").strip()
            if "](" in text or "]{" in text:
                raise ExampleError(f"{path}: markup in a message of {entry['intent']}")
            if text:
                yield Example({"text": text, "intent": entry["intent"], **metadata})
