"""The card "What happens with this": who reads what is said at a service, and what follows."""

from __future__ import annotations

from collections.abc import Iterable

from bot import routes
from bot.directory.model import RunBy, Service
from bot.words import card, cldr, texts
from bot.words.catalogue import Words
from bot.words.marks import Text

# Without and with the name of the organization.
RUN_BY: dict[RunBy | None, tuple[Text, Text]] = {
    RunBy.POLICE: (card.POLICE, card.POLICE_NAMED),
    RunBy.JUSTICE: (card.JUSTICE, card.JUSTICE_NAMED),
    RunBy.PUBLIC: (card.PUBLIC, card.PUBLIC_NAMED),
    RunBy.POLICE_AND_PUBLIC: (card.WITH_POLICE, card.WITH_POLICE_NAMED),
    RunBy.INDEPENDENT: (card.INDEPENDENT, card.INDEPENDENT_NAMED),
    None: (card.UNKNOWN, card.UNKNOWN_NAMED),
}
ANONYMOUS = {
    True: texts.ANONYMOUS_YES,
    False: texts.ANONYMOUS_NO,
    None: texts.ANONYMOUS_UNKNOWN,
}
# Reports after which somebody may look for a person: a hole in the street or a rumour is none.
ABOUT_SOMEBODY = frozenset(routes.ids("reporting")) - {"report_street_problem", "check_rumour"}


def takes_reports(service: Service) -> bool:
    """Tell whether people report somebody to this service."""
    return not ABOUT_SOMEBODY.isdisjoint(service.routes)


def lines(words: Words, service: Service, in_danger: bool = False) -> list[str]:
    """Return who runs a service, what a name means there, its languages, and what follows.

    Whether residence papers matter comes last, also when nobody knows. Whoever is `in_danger` is
    not told what nobody knows of it: no doubt may keep them from calling.
    """
    told = in_short(words, service)
    if in_danger:
        return told if service.run_by else told[1:]
    return told if service.residence_asked else [*told, words.say(card.RESIDENCE_UNKNOWN)]


def in_short(words: Words, service: Service) -> list[str]:
    """Return the same without what is not known of residence papers."""
    return [
        _who(words, service),
        *_without_a_name(words, service),
        languages(words, service),
        *_what_follows(words, service),
        *_residence(words, service),
    ]


def residence_unknown(words: Words, shown: Iterable[Service], route: str) -> list[str]:
    """Return once, for all services shown in short, that residence papers may matter there."""
    unknown = any(service.residence_asked is None for service in shown)
    if route not in ABOUT_SOMEBODY or not unknown:
        return []
    return [words.say(card.RESIDENCE_UNKNOWN_OF_SOME)]


def languages(words: Words, service: Service) -> str:
    """Return in which languages a service works."""
    named = [cldr.language_name(code, words.language) or code for code in service.languages]
    named += [note.in_language(words.language) for note in service.language_notes]
    if not named:
        return words.say(texts.LANGUAGES_UNKNOWN)
    return words.say(texts.LANGUAGES, languages=cldr.listing(named, words.language))


def _who(words: Words, service: Service) -> str:
    alone, named = RUN_BY[service.run_by]
    if not service.organization:
        return words.say(alone)
    return words.say(named, organization=service.organization)


def _without_a_name(words: Words, service: Service) -> list[str]:
    told = [words.say(ANONYMOUS[service.anonymous])]
    if service.anonymous and takes_reports(service):
        told.append(words.say(card.WITHOUT_NAME))
    return told


def _what_follows(words: Words, service: Service) -> list[str]:
    explained, time = (
        told and told.in_language(words.language)
        for told in (service.what_happens, service.answer_within)
    )
    happens = (
        words.say(texts.WHAT_HAPPENS, explanation=explained)
        if explained
        else words.say(texts.WHAT_HAPPENS_UNKNOWN)
    )
    return [happens, *([words.say(card.ANSWER_WITHIN, time=time)] if time else [])]


def _residence(words: Words, service: Service) -> list[str]:
    known = service.residence_asked
    if known is None:
        return []
    note = known.note.in_language(words.language)
    return [words.say(card.RESIDENCE, explanation=note), words.say(card.RESIDENCE_MAY_CHANGE)]
