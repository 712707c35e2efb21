"""Reads the text of an incident file: YAML in which every value is a text, a list or a table.

Numbers and dates stay as they are written (0800 keeps its zeros), nothing stands twice, and no
alias unfolds.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 200_000

Content = Mapping[str, Any]


class FormError(ValueError):
    """A text is no incident file; `str()` says "place: what is wrong; allowed: what"."""


class _PlainLoader(yaml.BaseLoader):
    """YAML without aliases, in which a name stands once."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise FormError("file: holds an alias (*); allowed: text in quotation marks, or none")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise FormError(f"line {_line(key)}: {key.value!r} stands twice; allowed: once")
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _line(mark: Any) -> int:
    return int(mark.start_mark.line) + 1


def read(path: Path) -> Content:
    """Return what a file says; raise FormError when it is no incident file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FormError(f"file: is too large; allowed: at most {MOST_BYTES} bytes")
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormError(f"file: {error.strerror}; allowed: a YAML file that can be read") from None
    except UnicodeDecodeError:
        raise FormError("file: is not in UTF-8; allowed: a YAML file in UTF-8") from None


def parse(text: str) -> Content:
    """Return what a YAML text says; raise FormError when it is no table of fields."""
    try:
        content = yaml.load(text, Loader=_PlainLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        wrong = f"line {line}: {error.problem}; allowed: YAML as in incidents/example.yml"
        raise FormError(wrong) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise FormError(f"file: {type(error).__name__}; allowed: a YAML file") from None
    if not isinstance(content, dict):
        raise FormError("file: holds no fields; allowed: fields as in incidents/example.yml")
    return content
