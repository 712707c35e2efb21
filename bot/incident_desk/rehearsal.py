"""What residents would read, word by word, from the same code that answers them. Writes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from bot.answers import guidance, kinds
from bot.answers.incident import BELOW
from bot.answers.model import Memory, Reply, Turn
from bot.answers.payload import GUIDE, START, Press
from bot.directory.model import Pack
from bot.incident.model import LATER, NOW, Incident, Shown
from bot.words import cldr
from bot.words.languages import SOURCE_LANGUAGE

FIRST = Press("show_menu", START)
RELATED = (*guidance.GUIDES, BELOW)


def told(
    incident: Incident, pack: Pack, language: str, now: datetime.datetime
) -> Iterator[tuple[str, Reply]]:
    """Yield each reply of an incident with the moment in which it is given."""
    running = Shown(incident, NOW)
    yield "first contact", _reply(running, pack, FIRST, language, now)
    for route in RELATED:
        yield route, _reply(running, pack, Press(route), language, now)
    for page in guidance.PAGES:
        route = next(one for one, guide in guidance.GUIDES.items() if _has(guide, page))
        yield f"guidance: {page}", _reply(running, pack, Press(route, GUIDE, page), language, now)
    for phase in (one for one in LATER if one in incident.later):
        around = f"{phase}, around {incident.later[phase]}"
        yield around, _reply(Shown(incident, phase), pack, FIRST, language, now)


def printed(moment: str, reply: Reply) -> str:
    """Return a reply as the terminal shows it, below the moment in which it is given."""
    buttons = "\n".join(f"  [{button.label}]" for row in reply.buttons for button in row)
    language = cldr.language_name(reply.language, SOURCE_LANGUAGE)
    return f"=== {language}: {moment} ===\n\n{reply.text}\n\n{buttons}\n"


def _has(guide: guidance.Guide, page: str) -> bool:
    return page in guide.pages or guide.sentences == guidance.PAGES[page].sentences


def _reply(shown: Shown, pack: Pack, press: Press, language: str, now: datetime.datetime) -> Reply:
    turn = Turn(
        press.route,
        language,
        now,
        view=press.view,
        choice=press.choice,
        incident=shown,
        memory=Memory(introduced=True),
    )
    return kinds.respond(turn, pack).reply
