"""The answer to "is it true that ...?": what an office of the city has checked, in a fixed order.

The order is that of the Debunking Handbook (2020): the fact, a warning, the claim once, why it
misleads, the fact again. What the person wrote is never repeated.
"""

from __future__ import annotations

import dataclasses

from bot.answers import blocks, keyboard, services
from bot.answers.here import here
from bot.answers.model import ANSWERED, UNMET, Answer, Reply, Turn
from bot.directory import search
from bot.directory.model import LocalText, Pack, Service
from bot.rumours import library
from bot.rumours.model import FALSE, TRUE, Rumour
from bot.words import cldr
from bot.words import rumours as texts
from bot.words.catalogue import Words, words

ROUTE = "check_rumour"


def is_asked(turn: Turn) -> bool:
    """Tell whether a turn asks about a rumour in its own words; a button does not."""
    return turn.route == ROUTE and turn.rumour is not None and not turn.view


def answer(turn: Turn, pack: Pack) -> Answer:
    """Answer what the city has checked; else say so, and where the city itself can be asked."""
    rumour = library.get(pack, turn.rumour or "", turn.now.date())
    return _known(turn, pack, rumour) if rumour else _unknown(turn, pack)


def _known(turn: Turn, pack: Pack, rumour: Rumour) -> Answer:
    say = words(turn.language)
    stale = rumour.is_stale(turn.now.date())
    ask = _official(say, turn, pack) if stale else ()
    reply = Reply(
        turn.language,
        (*_stale(say, rumour, stale), *_told(say, rumour), _signed(say, rumour, stale), *ask),
        keyboard.after_rumour(say, rumour.routes),
        _headings(say, pack) if stale else (),
    )
    memory = services.answer(turn, pack).memory
    return Answer(reply, memory, ANSWERED)


def _unknown(turn: Turn, pack: Pack) -> Answer:
    say = words(turn.language)
    shown = services.answer(turn, pack)
    plainly = (say.say(texts.NOTHING_CHECKED), say.say(texts.DO_NOT_PASS_ON))
    paragraphs = (*plainly, *_official(say, turn, pack), *shown.reply.paragraphs)
    reply = dataclasses.replace(
        shown.reply,
        # The city's own desk may be one of the services of the route as well.
        paragraphs=tuple(dict.fromkeys(paragraphs)),
        headings=tuple(dict.fromkeys((*_headings(say, pack), *shown.reply.headings))),
    )
    return Answer(reply, shown.memory, UNMET)


def _told(say: Words, rumour: Rumour) -> tuple[str, ...]:
    """Return what is so, in the order that fits the state."""
    fact = _in_language(say, rumour.fact)
    claim = _in_language(say, rumour.claim)
    if rumour.state == FALSE:
        false = "\n".join([say.say(texts.FALSE_FOLLOWS), say.say(texts.CLAIM, claim=claim)])
        why = say.say(texts.WHY_IT_MISLEADS, reason=_in_language(say, rumour.why_it_misleads))
        again = say.say(texts.FACT_AGAIN, fact=_in_language(say, rumour.fact_again))
        return (fact, false, why, again)
    if rumour.state == TRUE:
        return (say.say(texts.TRUE_INDEED), fact, _in_language(say, rumour.what_to_do))
    return (
        say.say(texts.NOT_KNOWN_YET, claim=claim),
        say.say(texts.KNOWN_SO_FAR, fact=fact),
        say.say(texts.DO_NOT_PASS_ON),
    )


def _signed(say: Words, rumour: Rumour, stale: bool) -> str:
    """Return who says so and since when, where to read it, and when it is looked at again."""
    date = cldr.date(rumour.signed_on, say.language)
    lines = [say.say(texts.SAID_BY, office=rumour.signed_by, date=date)]
    if rumour.messenger:
        who = _in_language(say, rumour.messenger.who)
        lines.append(say.say(texts.MESSENGER, who=who))
    lines += [say.say(texts.SOURCE, url=url) for url in rumour.sources]
    if not stale:
        again = cldr.date(rumour.next_check, say.language)
        lines.append(say.say(texts.NEXT_CHECK, date=again))
    return "\n".join(lines)


def _stale(say: Words, rumour: Rumour, stale: bool) -> tuple[str, ...]:
    date = cldr.date(rumour.signed_on, say.language)
    return (say.say(texts.STALE, date=date),) if stale else ()


def _official(say: Words, turn: Turn, pack: Pack) -> tuple[str, ...]:
    """Return where the city itself can be asked."""
    seen = here(turn, pack)
    desks = _desks(pack, say.language)
    lines = [blocks.summary(say, service, "talk_to_human", seen) for service in desks]
    return (say.say(texts.ASK_HERE), *lines)


def _headings(say: Words, pack: Pack) -> tuple[str, ...]:
    return tuple(blocks.heading(say, service) for service in _desks(pack, say.language))


def _desks(pack: Pack, language: str) -> list[Service]:
    """Return the city's own desk, or the lines where a person answers when it names none."""
    channel = pack.city.official_channel
    return [pack.services[channel]] if channel else search.human_lines(pack, language)


def _in_language(say: Words, text: LocalText | None) -> str:
    return say.isolated(text.in_language(say.language)) if text else ""
