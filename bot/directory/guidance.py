"""What a city's staff should know: whom to turn to first, what may be shared, who works together.

A pack may do without its guidance.yml: answers then say general sentences. Each text has the
page it was read on and the day; what could not be found at a source is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.directory import plain_yaml
from bot.directory.companions import GUIDANCE as FILE
from bot.directory.model import City
from bot.directory.sourced import Reader, Sourced

# Where staff work; guidance that holds for all of them stands under GENERAL.
SETTINGS = ("school", "youth_club", "sport", "care")
GENERAL = "general"
FIELDS = {
    "settings": "ids of services.csv by setting: whom staff turn to, first to last",
    "first_person": "texts by setting: whom inside the own organisation to talk to first",
    "sharing": "texts by setting or general: what may or must be shared, with whom, and why",
    "team": "the multi-agency team: name, members, comes_in, then, service",
    "support": "ids of services.csv: for the pupil, for the family",
    "child_images": "a text with the page where images of abused children are reported",
}
TEAM = ("name", "members", "comes_in", "then", "service")
SUPPORT = ("pupil", "family")


@dataclass(frozen=True)
class Team:
    """Where several offices talk about one case. None is not known.

    `members` tells who sits in it, `comes_in` when and how it is asked, `then` what follows.
    `service` is its id in the directory.
    """

    names: Mapping[str, str]
    members: Sourced | None = None
    comes_in: Sourced | None = None
    then: Sourced | None = None
    service: str | None = None

    def name_in(self, language: str) -> str:
        """Return the team's name in this language, else the first it has."""
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True)
class Guidance:
    """The guidance of one city. Ids are those of services that are shown."""

    settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_person: Mapping[str, tuple[Sourced, ...]] = field(default_factory=dict)
    sharing: Mapping[str, tuple[Sourced, ...]] = field(default_factory=dict)
    team: Team | None = None
    support: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    child_images: Sourced | None = None

    def sharing_in(self, setting: str) -> tuple[Sourced, ...]:
        """Return what may or must be shared in a setting, and then what holds in all."""
        return (*self.sharing.get(setting, ()), *self.sharing.get(GENERAL, ()))


def read(folder: Path, city: City, services: Collection[str]) -> tuple[Guidance | None, list[str]]:
    """Return the guidance in `folder` and its faults; None and no fault when it has none.

    `services` are the ids of the services that are shown.
    """
    path = folder / FILE
    if not path.exists():
        return None, []
    reader = _GuidanceReader(f"{folder.name}/{FILE}", city, services)
    content, fault = plain_yaml.read(path, FIELDS)
    if content is None:
        return None, [f"{folder.name}/{FILE}: file: {fault}"]
    found = reader.guidance(content)
    return found, reader.faults


class _GuidanceReader(Reader):
    def __init__(self, file: str, city: City, services: Collection[str]) -> None:
        super().__init__(file, city.languages)
        self._services = services

    def guidance(self, content: dict[str, Any]) -> Guidance:
        self.unknown("", content, FIELDS)
        settings, support = content.get("settings"), content.get("support")
        images = content.get("child_images")
        return Guidance(
            settings=self._ids_by("settings", settings, SETTINGS),
            first_person=self._texts_by("first_person", content, SETTINGS),
            sharing=self._texts_by("sharing", content, (*SETTINGS, GENERAL)),
            team=self._team(content.get("team")),
            support=self._ids_by("support", support, SUPPORT),
            child_images=self.text("child_images", images) if images is not None else None,
        )

    def _ids_by(self, place: str, given: Any, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found = self.group(place, given, names)
        return {name: self._ids(f"{place}.{name}", ids) for name, ids in found.items()}

    def _ids(self, place: str, given: Any) -> tuple[str, ...]:
        allowed = "a list of ids of services.csv, each once"
        if not isinstance(given, list) or len(given) != len(set(map(str, given))) or not given:
            self.fault(place, f"{given!r:.60} does not fit", allowed)
            return ()
        for id_ in given:
            self._id(place, id_)
        return tuple(map(str, given))

    def _id(self, place: str, id_: Any) -> None:
        if not isinstance(id_, str) or id_ not in self._services:
            self.fault(place, f"{id_!r} is no shown service", "an id of services.csv")

    def _texts_by(
        self, place: str, content: dict[str, Any], names: tuple[str, ...]
    ) -> dict[str, tuple[Sourced, ...]]:
        found = self.group(place, content.get(place), names)
        return {name: self.texts(f"{place}.{name}", entry) for name, entry in found.items()}

    def _team(self, given: Any) -> Team | None:
        fields = self.group("team", given, TEAM)
        if not fields:
            return None
        parts = {
            name: self.text(f"team.{name}", fields[name])
            for name in ("members", "comes_in", "then")
            if name in fields
        }
        if "service" in fields:
            self._id("team.service", fields["service"])
        names = fields.get("name")
        if not isinstance(names, dict) or not _are_names(names):
            self.fault("team.name", f"{names!r:.60} does not fit", "a name by language code")
            return None
        return Team(names, service=fields.get("service"), **parts)


def _are_names(names: dict[Any, Any]) -> bool:
    return bool(names) and all(
        isinstance(text, str) and text for pair in names.items() for text in pair
    )
