"""Reads the rumours of a city: one YAML file each, `data/cities/<city>/rumours/<id>.yml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bot.directory import plain_yaml
from bot.directory.model import LocalText
from bot.rumours import form
from bot.rumours.model import Messenger, Rumour
from bot.words.languages import SOURCE_LANGUAGE

FOLDER = "rumours"
MOST_BYTES = 200_000


class Read(NamedTuple):
    """The rumours without faults by their ids, and all faults of the others' files."""

    rumours: Mapping[str, Rumour]
    faults: tuple[str, ...]


def read(folder: Path, promised: Collection[str]) -> Read:
    """Read the rumours of a pack's folder; a file with any fault is left out as a whole.

    `promised` are the languages of the pack. A fault is told as "file: field: what; allowed: what".
    """
    found: dict[str, Rumour] = {}
    faults: list[str] = []
    for path in sorted((folder / FOLDER).glob("*")):
        place = f"{folder.name}/{FOLDER}/{path.name}"
        content, wrong = _content(path)
        if not wrong:
            wrong = _field_faults(path, content, tuple(dict.fromkeys((SOURCE_LANGUAGE, *promised))))
        faults += [f"{place}: {one}" for one in wrong]
        if not wrong:
            found[path.stem] = _rumour(content)
    return Read(found, tuple(faults))


def _field_faults(path: Path, content: Mapping[str, Any], promised: Collection[str]) -> list[str]:
    wrong = [f"{name}: {what}" for name, what in form.faults(content, promised)]
    if content.get("id") not in (None, path.stem):
        wrong.append(f"id: is not the file's name; allowed: {path.stem}")
    return wrong


def _content(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of a file and what is wrong with it as a file."""
    allowed = f"a YAML file <id>.yml in UTF-8 of at most {MOST_BYTES} bytes"
    if path.suffix != ".yml" or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return {}, [f"file: does not fit; allowed: {allowed}"]
    content, wrong = plain_yaml.read(path, form.ALLOWED)
    return ({}, [f"file: {wrong}"]) if content is None else (content, [])


def _rumour(content: Mapping[str, Any]) -> Rumour:
    return Rumour(
        id=content["id"],
        claim=LocalText(content["claim"]),
        also_told={code: tuple(told) for code, told in content.get("also_told", {}).items()},
        state=form.state_of(content["state"]),
        fact=LocalText(content["fact"]),
        sources=tuple(content["source"]),
        signed_by=content["signed_by"],
        signed_on=content["signed_on"],
        date_published=content["date_published"],
        next_check=content["next_check"],
        fact_again=_text(content.get("fact_again")),
        why_it_misleads=_text(content.get("why_it_misleads")),
        what_to_do=_text(content.get("what_to_do")),
        messenger=_messenger(content.get("messenger")),
        routes=tuple(content.get("routes", ())),
    )


def _text(given: Mapping[str, str] | None) -> LocalText | None:
    return LocalText(given) if given else None


def _messenger(given: Mapping[str, Any] | None) -> Messenger | None:
    return Messenger(LocalText(given["who"]), given["agreed_on"]) if given else None
