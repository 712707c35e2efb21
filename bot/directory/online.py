"""What holds in every city: how to report a post, how to keep proof, what to note down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.directory import plain_yaml
from bot.directory.sourced import Reader, Sourced
from bot.settings import ROOT
from bot.words import languages

PATH = ROOT / "data" / "guidance" / "online.yml"
FIELDS = {
    "platforms": "by the platform's id: its name, how to report a post there, its help page",
    "keep_proof": "texts: how to keep proof of a post",
    "child_images": "texts: what to do about images of abused children",
    "evidence": "texts: what to note down after something happened",
}


class OnlineError(ValueError):
    """The file has faults; `faults` holds them as "file: field: what; allowed: what"."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Online:
    """Guidance for everybody. Texts stand in the order in which they are told."""

    platforms: Mapping[str, Sourced]
    keep_proof: tuple[Sourced, ...]
    child_images: tuple[Sourced, ...]
    evidence: tuple[Sourced, ...]


@cache
def load() -> Online:
    """Return the checked file of `data/guidance/`; raise OnlineError when it has faults."""
    return read(PATH)


def read(path: Path) -> Online:
    """Return what `path` holds in every supported language, or raise OnlineError."""
    place = f"{path.parent.name}/{path.name}"
    content, fault = plain_yaml.read(path, FIELDS)
    if content is None:
        raise OnlineError([f"{place}: file: {fault}"])
    reader = Reader(place, languages.supported())
    reader.unknown("", content, FIELDS)
    given = content.get("platforms")
    platforms = reader.group("platforms", given, given if isinstance(given, dict) else ())
    told = {id_: reader.text(f"platforms.{id_}", entry) for id_, entry in platforms.items()}
    for id_ in (id_ for id_, entry in told.items() if entry and not entry.name):
        reader.fault(f"platforms.{id_}.name", "is missing", "what the platform is called")
    lists = {name: reader.texts(name, content.get(name)) for name in FIELDS if name != "platforms"}
    if reader.faults:
        raise OnlineError(reader.faults)
    return Online({id_: entry for id_, entry in told.items() if entry}, **lists)
