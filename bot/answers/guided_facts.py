"""What a page of a guided conversation says of this city and of the platforms, with its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.answers.model import Turn
from bot.directory import online
from bot.directory.guidance import SETTINGS, Guidance, Team
from bot.directory.model import Pack
from bot.directory.sourced import Sourced
from bot.words import cldr
from bot.words.catalogue import Words
from bot.words.guided import common, staff

Facts = tuple[Sourced, ...]


def paragraphs(say: Words, turn: Turn, pack: Pack, answer: str) -> tuple[str, ...]:
    """Return what is known for an answer beside its general words, and where it was read."""
    known = pack.guidance or Guidance()
    found = _FACTS[answer](known, _setting(turn)) if answer in _FACTS else ()
    if answer in SETTINGS:
        found = known.first_person.get(answer, ())
    told = tuple(_line(say, fact) for fact in found)
    named = _team_name(say, known.team) if answer == "team" else ()
    return (*named, *told, *_sources(say, found))


def _setting(turn: Turn) -> str:
    return next((answer for answer in turn.memory.taken if answer in SETTINGS), "")


def _line(say: Words, fact: Sourced) -> str:
    text = fact.text.in_language(say.language)
    named = say.say(common.NAMED, name=fact.name, how=text) if fact.name else text
    return "\n".join([named, say.isolated(fact.page)]) if fact.page and fact.name else named


def _team_name(say: Words, team: Team | None) -> tuple[str, ...]:
    return (say.say(staff.TEAM_NAME, name=team.name_in(say.language)),) if team else ()


def _sources(say: Words, facts: Iterable[Sourced]) -> tuple[str, ...]:
    """Return the pages that the facts were read on, each once, by the day of reading."""
    by_day: dict[str, list[str]] = {}
    for fact in facts:
        pages = by_day.setdefault(cldr.date(fact.checked_on, say.language), [])
        if fact.source not in pages:
            pages.append(fact.source)
    lines = [say.say(common.READ_ON, date=date) + "\n" + "\n".join(map(say.isolated, pages))
             for date, pages in by_day.items()]  # fmt: skip
    return tuple(lines)


def _team(known: Guidance, setting: str) -> Facts:
    team = known.team
    return tuple(one for one in (team.members, team.comes_in) if one) if team else ()


def _afterwards(known: Guidance, setting: str) -> Facts:
    return (known.team.then,) if known.team and known.team.then else ()


def _evidence(known: Guidance, setting: str) -> Facts:
    images = (known.child_images,) if known.child_images else ()
    return (*online.load().keep_proof, *online.load().child_images, *images)


_FACTS: dict[str, Callable[[Guidance, str], Facts]] = {
    "sharing": lambda known, setting: known.sharing_in(setting),
    "team": _team,
    "afterwards": _afterwards,
    "evidence": _evidence,
    "platform": lambda known, setting: tuple(online.load().platforms.values()),
    "note_down": lambda known, setting: online.load().evidence,
}
# The answers that facts are known for: their pages may do without words of their own.
ANSWERS = frozenset((*_FACTS, *SETTINGS))
