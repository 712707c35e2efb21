"""The form of a rumour's file: its fields, what each may hold, and which a state asks for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from bot import routes
from bot.directory.tables import is_url
from bot.rumours.model import FALSE, STATES, TRUE
from bot.words import languages

LONGEST_ID = 40
# What Telegram shows of one message, halved: a reply holds more than one of these texts.
LONGEST_TEXT = 600

ALLOWED = {
    "id": f"small letters, digits and _, at most {LONGEST_ID}, the same as the file's name",
    "claim": "how it is told, by language code",
    "also_told": "other ways of telling it: lists by language code",
    "state": ", ".join(STATES),
    "fact": "what is so, by language code",
    "why_it_misleads": "why the claim misleads, by language code",
    "fact_again": "the fact in other words, by language code",
    "what_to_do": "what to do about it, by language code",
    "source": "a list of web addresses",
    "messenger": "who: by language code; agreed_on: the day of their written agreement",
    "signed_by": "the office that answers for it, or none for a draft",
    "signed_on": "the day on which it was last checked, like 2026-11-21, not in the future",
    "date_published": "a day like 2026-11-21, not before signed_on",
    "next_check": "a day like 2026-11-21, after signed_on",
    "routes": "a list of routes that lead to services",
}
OPTIONAL = ("also_told", "messenger", "routes", "why_it_misleads", "fact_again", "what_to_do")
# The fields that only one state has, and must have.
OF_STATE = {"why_it_misleads": FALSE, "fact_again": FALSE, "what_to_do": TRUE}
# The texts that people read: in every language that the pack promises.
SHOWN = ("claim", "fact", "why_it_misleads", "fact_again", "what_to_do")
MESSENGER = ("who", "agreed_on")


class Field(NamedTuple):
    """What a fault is about: a field, and what is wrong with it."""

    name: str
    wrong: str


def faults(content: Mapping[str, Any], promised: Collection[str]) -> Iterator[Field]:
    """Yield every fault of a file's fields; `promised` are the languages of the pack."""
    for name in content:
        if name not in ALLOWED:
            yield Field(str(name), f"is unknown; allowed: {', '.join(ALLOWED)}")
    state = state_of(content.get("state"))
    for name, allowed in ALLOWED.items():
        wanted = OF_STATE[name] == state if name in OF_STATE else name not in OPTIONAL
        given = content.get(name)
        if given is None:
            if wanted:
                yield Field(name, f"is missing; allowed: {allowed}")
        elif name in OF_STATE and not wanted:
            yield Field(name, f"has no place here; allowed: where state is {OF_STATE[name]}")
        elif not FITS[name](given):
            yield Field(name, f"does not fit; allowed: {allowed}")
        elif name in SHOWN:
            yield from _missing_languages(name, given, promised)
    yield from _messenger_faults(content.get("messenger"), promised)
    yield from _order_faults(content)


def state_of(given: Any) -> str:
    """Return a state as it is written; YAML reads a bare true or false as a truth value."""
    return str(given).lower() if isinstance(given, bool) else str(given)


def _missing_languages(
    name: str, given: Mapping[str, str], promised: Collection[str]
) -> Iterator[Field]:
    missing = [code for code in promised if code not in given]
    if missing:
        yield Field(name, f"is missing in {', '.join(missing)}; allowed: {', '.join(promised)}")


def _messenger_faults(given: Any, promised: Collection[str]) -> Iterator[Field]:
    if isinstance(given, dict) and FITS["messenger"](given):
        yield from _missing_languages("messenger.who", given["who"], promised)


def _order_faults(content: Mapping[str, Any]) -> Iterator[Field]:
    days = {name: content.get(name) for name in ("signed_on", "date_published", "next_check")}
    known = {
        name: day for name, day in days.items() if isinstance(day, datetime.date) and _is_day(day)
    }
    signed = known.get("signed_on")
    if signed is None:
        return
    # Somewhere on earth tomorrow has begun.
    tomorrow = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=1)
    wrong = {
        "signed_on": signed > tomorrow,
        "date_published": known.get("date_published", signed) < signed,
        "next_check": known.get("next_check", datetime.date.max) <= signed,
    }
    for name in (name for name, is_wrong in wrong.items() if is_wrong):
        yield Field(name, f"is too early or too late; allowed: {ALLOWED[name]}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_TEXT


def _is_line(value: Any) -> bool:
    return _is_text(value) and value.isprintable()


def _by_language(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, dict)
        and set(value) <= set(languages.supported())
        and all(fits(text) for text in value.values())
    )


def _are(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(fits(one) for one in value)


def _is_day(value: Any) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _is_messenger(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(MESSENGER)
        and _by_language(_is_line)(value["who"])
        and _is_day(value["agreed_on"])
    )


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(
        re.fullmatch(rf"[a-z0-9_]{{1,{LONGEST_ID}}}", value, re.ASCII)
    )


FITS: Mapping[str, Callable[[Any], bool]] = {
    "id": _is_id,
    **dict.fromkeys(SHOWN, _by_language(_is_line)),
    "also_told": _by_language(_are(_is_line)),
    "state": lambda value: state_of(value) in STATES,
    "source": lambda value: bool(value) and _are(lambda url: _is_line(url) and is_url(url))(value),
    "messenger": _is_messenger,
    "signed_by": _is_line,
    **dict.fromkeys(("signed_on", "date_published", "next_check"), _is_day),
    "routes": _are(lambda route: route in routes.service_ids()),
}
