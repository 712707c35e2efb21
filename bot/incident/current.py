"""What is shown at the moment: the state file, read again by running servers when it changes."""

from __future__ import annotations

import datetime
import logging
import os
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bot import settings
from bot.directory.model import City
from bot.incident import state
from bot.incident.document import build
from bot.incident.judge import Judge
from bot.incident.model import NOW, Incident, Shown

LOOK_EVERY_SECONDS = 1.0

logger = logging.getLogger(__name__)


class Watched:
    """The incidents of one state file for one city; a broken file leaves the last good ones."""

    def __init__(self, path: Path, city: City, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._city = city
        self._clock = clock
        self._looked_at: float | None = None
        self._seen: tuple[int, ...] | None = None
        self._incidents: tuple[Incident, ...] = ()

    def shown(self, now: datetime.datetime) -> Shown | None:
        """Return what is shown at an aware moment, a running incident before a remembered one."""
        self._look()
        there = now.astimezone(self._city.time_zone)
        found = [Shown(one, phase) for one in self._incidents if (phase := one.phase(there))]
        found.sort(key=lambda one: (one.phase == NOW, one.incident.begins), reverse=True)
        return found[0] if found else None

    def _look(self) -> None:
        """Read the file again when it has changed; the disk is asked at most once a second."""
        at = self._clock()
        if self._looked_at is not None and at - self._looked_at < LOOK_EVERY_SECONDS:
            return
        self._looked_at = at
        signs = _signs(self._path)
        if signs == self._seen:
            return
        self._seen = signs
        try:
            self._incidents = read(self._path, self._city)
        except Exception as error:
            # Whatever is in that file, nobody in danger may be left without an answer for it.
            kind = type(error).__name__
            logger.error("The incident file cannot be used (%s); what was shown stays", kind)


def read(path: Path, city: City) -> tuple[Incident, ...]:
    """Return the incidents of a city that are switched on, in a state file as it is now.

    A file for drills holds drills only, any other file none: nobody else ever sees one.
    """
    judge = Judge(city.time_zone)
    ours = [entry for entry in state.load(path) if entry.city == city.id]
    incidents = tuple(build(entry.content, judge) for entry in ours)
    return tuple(one for one in incidents if one.drill == state.is_for_drills(path))


def shown(city: City, now: datetime.datetime) -> Shown | None:
    """Return the incident that the settings' state file shows at an aware moment, if any."""
    if city.id not in _watched():
        _watched()[city.id] = Watched(settings.read().incident_file, city)
    return _watched()[city.id].shown(now)


@cache
def _watched() -> dict[str, Watched]:
    return {}


def _signs(path: Path) -> tuple[int, ...]:
    """Return what changes whenever a file is replaced or written."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_ino, found.st_size)
