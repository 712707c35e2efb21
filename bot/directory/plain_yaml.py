"""Reads the YAML files that stand beside a pack's tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml


class _PlainYaml(yaml.SafeLoader):
    """YAML without aliases: a few lines of them unfold to more than any memory holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)


def read(path: Path, fields: Iterable[str]) -> tuple[dict[str, Any] | None, str]:
    """Return what the file holds by field; or None, and what is wrong with the whole file."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_PlainYaml)  # noqa: S506
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        return None, f"{type(error).__name__}; allowed: a YAML file in UTF-8"
    if not isinstance(content, dict):
        return None, f"holds no fields; allowed: {', '.join(fields)}"
    return content, ""
