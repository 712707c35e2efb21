"""The state file: which incidents are switched on. Only `rightdoor incident` writes it.

A seal over all of it tells a whole file from one that was cut off or changed by hand.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.incident import form
from bot.incident.form import Content, FormError

NOTE = "# Written by `rightdoor incident`. Please do not change it by hand: it would be ignored.\n"
# A server shows a drill only when its own state file is called so, and then nothing else.
DRILL_PREFIX = "drill"


class StateError(ValueError):
    """The state file cannot be used."""


@dataclass(frozen=True)
class Entry:
    """An incident that was switched on: in which city, when (ISO 8601), and its file's content."""

    city: str
    started_at: str
    content: Content


def is_for_drills(path: Path) -> bool:
    """Tell whether a state file is for drills: its name says so, never what stands in it."""
    return path.name.startswith(DRILL_PREFIX)


def load(path: Path) -> tuple[Entry, ...]:
    """Return what is switched on; nothing without a file; raise StateError for a broken one."""
    if not path.exists():
        return ()
    try:
        content = form.read(path)
        entries = content["entries"]
        if content["seal"] != _seal(entries):
            raise StateError("it was cut off or changed by hand")
        return tuple(Entry(one["city"], one["started_at"], one["incident"]) for one in entries)
    except (FormError, KeyError, TypeError) as error:
        raise StateError(type(error).__name__) from None


def save(path: Path, entries: Iterable[Entry]) -> None:
    """Write what is switched on in one step; without entries, take the file away."""
    told = [
        {"city": one.city, "started_at": one.started_at, "incident": one.content} for one in entries
    ]
    if not told:
        path.unlink(missing_ok=True)
        return
    text = yaml.dump(
        {"entries": told, "seal": _seal(told)}, Dumper=_Dumper, allow_unicode=True, sort_keys=False
    )
    _replace(path, NOTE + text)


class _Dumper(yaml.SafeDumper):
    """YAML without aliases, as our reader wants it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _seal(entries: Any) -> str:
    written = json.dumps(entries, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # The servers may run as another user than the one who switches on.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
