"""The paragraphs about an incident: whole on first contact, short on what is related to it."""

from __future__ import annotations

from bot.directory.model import Pack
from bot.incident import firsts
from bot.incident.model import NOW, Fact, Shown
from bot.incident.values import units
from bot.words import cldr, incident, texts
from bot.words.catalogue import Words

# In UTF-16 units, as Telegram counts: one block fits a phone's screen.
LONGEST = 900
FACTS, NUMBERS = 2, 2


def whole(say: Words, shown: Shown, pack: Pack) -> tuple[str, ...]:
    """Return what happened, what is known since when, what is not, and where help is."""
    told = shown.incident
    if shown.phase != NOW:
        return (_what(say, shown), say.say(incident.LATER[shown.phase]))
    known = [say.say(incident.KNOWN), *(_fact(say, fact) for fact in told.facts[:FACTS])]
    return (
        _what(say, shown),
        "\n".join(known),
        say.say(incident.NOT_KNOWN, not_known=told.not_known.in_language(say.language)),
        "\n".join([say.say(incident.HELP), *_numbers(say, shown, pack)]),
    )


def short(say: Words, shown: Shown) -> tuple[str, ...]:
    """Return what happened and the latest fact; later, that feelings may come back."""
    if shown.phase != NOW:
        return (_what(say, shown), say.say(incident.LATER[shown.phase]))
    return (f"{_what(say, shown)}\n{_fact(say, shown.incident.facts[0])}",)


def length(say: Words, shown: Shown, pack: Pack) -> int:
    """Return the length of the whole block in UTF-16 units."""
    return units("\n\n".join((*drill(say, shown), *whole(say, shown, pack))))


def drill(say: Words, shown: Shown | None) -> tuple[str, ...]:
    """Return the sentence that a drill is one; nothing for a real incident."""
    return (say.say(incident.DRILL),) if shown and shown.incident.drill else ()


def _what(say: Words, shown: Shown) -> str:
    return say.isolated(shown.incident.what.in_language(say.language))


def _fact(say: Words, fact: Fact) -> str:
    return say.say(
        incident.FACT,
        date=cldr.date(fact.at.date(), say.language),
        time=cldr.time(fact.at.time(), say.language),
        fact=fact.text.in_language(say.language),
        source=fact.source,
    )


def _numbers(say: Words, shown: Shown, pack: Pack) -> list[str]:
    lines = [
        say.say(texts.LINE, number=service.voice_number, name=service.name_in(say.language))
        for service in firsts.numbers(pack, shown)[:NUMBERS]
    ]
    return [say.say(incident.HELP_LINES), *lines] if lines else []
