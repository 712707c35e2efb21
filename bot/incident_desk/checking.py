"""Checks an incident file against a city's pack: every fault at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from bot.directory.model import Pack
from bot.incident import block, document, firsts
from bot.incident.document import IncidentError
from bot.incident.form import Content
from bot.incident.judge import Judge
from bot.incident.model import LATER, NOW, Incident, Shown
from bot.words.catalogue import words


class Checked(NamedTuple):
    """An incident without faults, and the content of its file."""

    incident: Incident
    content: Content


def check(content: Content, pack: Pack, now: datetime.datetime) -> Checked:
    """Return the incident of a file; raise IncidentError with every fault."""
    city = pack.city
    judge = Judge(city.time_zone, city.languages, pack.services, now)
    incident = document.build(content, judge)
    faults = list(_too_long(incident, pack))
    if faults:
        raise IncidentError(faults)
    return Checked(incident, content)


def _too_long(incident: Incident, pack: Pack) -> Iterator[str]:
    for language in pack.city.languages:
        lengths = (_length(language, Shown(incident, phase), pack) for phase in (NOW, *LATER))
        longest = max(lengths)
        if longest > block.LONGEST:
            yield (
                f"block: in {language} it has {longest} characters; allowed: {block.LONGEST}, so"
                " shorten what, facts, not_known or the names of lines"
            )


def _length(language: str, shown: Shown, pack: Pack) -> int:
    return block.length(words(language), shown, firsts.on(pack, shown))
