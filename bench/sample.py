"""A sample of the training messages, for pipelines that could not learn from all in time."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

from evaluation import messages

Sample = dict[str, dict[str, list[str]]]


def take(count: int) -> Sample:
    """Return the first `count` messages of each route: language -> route -> texts."""
    found: Sample = defaultdict(lambda: defaultdict(list))
    for example in messages.training():
        texts = found[example.language][example.right[0]]
        if len(texts) < count:
            texts.append(example.text)
    return found


def write(found: Sample, folder: Path) -> None:
    """Write messages as Rasa's training data into a new folder, one file a language."""
    folder.mkdir()
    for language, by_route in found.items():
        entries = [
            {
                "intent": route,
                "metadata": {"language": language},
                "examples": "".join(f"- {text}\n" for text in texts),
            }
            for route, texts in by_route.items()
        ]
        content = yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True)
        (folder / f"{language}.yml").write_text(content, encoding="utf-8")
