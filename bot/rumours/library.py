"""The rumours of the city that is served, and which of them a message asks about.

A file with faults is left out, and everything else is served: an unreadable rumour must never keep
the numbers for people in danger from being there. `make check` names the faults, and so does the
start.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.directory.model import Pack
from bot.rumours import reading
from bot.rumours.matching import Matcher
from bot.rumours.model import Rumour
from bot.words import languages


class Library(NamedTuple):
    """The signed rumours by their ids, what finds them, and the faults of those left out."""

    rumours: Mapping[str, Rumour]
    matcher: Matcher
    faults: tuple[str, ...]


def of(pack: Pack) -> Library:
    """Return the rumours of a pack: read once, then kept."""
    return _library(pack.folder, pack.city.languages)


def find(pack: Pack, text: str, language: str, today: datetime.date) -> str | None:
    """Return the id of the shown rumour that a message asks about; None when there is none."""
    library = of(pack)
    found = library.matcher.find(text, language)
    return found.id if found and library.rumours[found.id].is_shown(today) else None


def get(pack: Pack, id_: str, today: datetime.date) -> Rumour | None:
    """Return a rumour that may be shown; None for all others."""
    found = of(pack).rumours.get(id_)
    return found if found and found.is_shown(today) else None


@lru_cache(maxsize=16)
def _library(folder: Path | None, promised: tuple[str, ...]) -> Library:
    read = reading.read(folder, promised) if folder else reading.Read({}, ())
    signed = {id_: one for id_, one in read.rumours.items() if not one.is_draft}
    return Library(signed, Matcher(signed.values(), languages.supported()), read.faults)
