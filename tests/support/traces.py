"""Looks for words that must be nowhere, in every form in which a program may have written them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

# Installed packages and the history of the project are written by no program of ours.
LEFT_OUT = {".venv", ".tools", ".git"}


def forms(secret: str) -> set[bytes]:
    as_json = json.dumps(secret)[1:-1]
    spelt = {secret, secret.casefold(), as_json, json.dumps(as_json)[1:-1], quote(secret)}
    found = {one.encode() for one in spelt} | {secret.encode("utf-16-le")}
    return {form.lower() for form in found}


def traces(secrets: Iterable[str], content: bytes) -> list[str]:
    lowered = content.lower()
    return [secret for secret in secrets if any(form in lowered for form in forms(secret))]


def files(folder: Path, since: float = 0.0) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        for path in (Path(place, name) for name in names):
            if path.is_file() and path.stat().st_mtime >= since:
                yield path


def traces_in_files(secrets: Iterable[str], folder: Path, since: float = 0.0) -> list[str]:
    # Raw bytes: a database's free pages and its log are searched as well, and names of files.
    known = list(secrets)
    return [
        f"{secret} in {path}"
        for path in files(folder, since)
        for secret in traces(known, str(path).encode() + b"\n" + path.read_bytes())
    ]
