"""Names of languages, lists, times, days and dates as each language writes them (Unicode CLDR)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

# The only countries of Right Door's cities in which distances are given in miles.
IN_MILES = ("US", "GB")
MILES_PER_KM = 0.621371


def language_name(code: str, language: str) -> str | None:
    """Return the name of the language `code` in `language`; None when CLDR has no such name."""
    # CLDR knows some languages by another code: Dari (prs) is fa_AF.
    known_as = get_global("language_aliases").get(code, code)
    return Locale.parse(language).languages.get(known_as)


def listing(items: Iterable[str], language: str) -> str:
    """Join items the way the language does: "French, Dutch and English"."""
    return format_list(list(items), locale=language)


def day_name(weekday: int, language: str) -> str:
    """Return the name of a day; 0 is Monday."""
    return str(get_day_names("wide", "stand-alone", language)[weekday])


def day_and_date(value: datetime.date, language: str) -> str:
    """Return a date with the names of its weekday and month, as a sentence begins with it."""
    named = str(format_skeleton("MMMMEEEEd", value, locale=_european(language)))
    return named[:1].upper() + named[1:]


def time(value: datetime.time, language: str) -> str:
    """Return a time of day in the short form of the language."""
    return format_time(value, "short", locale=_european(language))


def date(value: datetime.date, language: str) -> str:
    """Return a date with the name of its month."""
    return format_date(value, "long", locale=_european(language))


def number(value: int, language: str) -> str:
    """Return a whole number with the language's marks between thousands."""
    return str(format_decimal(value, format="#,##0", locale=_european(language)))


def tenths(value: float, language: str) -> str:
    """Return a number with one place behind the language's decimal mark."""
    return str(format_decimal(value, format="#,##0.0", locale=_european(language)))


def day_of_month(value: datetime.date, language: str) -> str:
    """Return a day with the short name of its month."""
    return str(format_skeleton("MMMd", value, locale=_european(language)))


def month(value: datetime.date, language: str) -> str:
    """Return the short name of a month with its year."""
    return str(format_skeleton("yMMM", value, locale=_european(language)))


def distance(kilometres: float, country: str, language: str) -> str:
    """Return a distance in whole kilometres, or miles where the country counts in them."""
    unit = "length-mile" if country in IN_MILES else "length-kilometer"
    value = kilometres * MILES_PER_KM if country in IN_MILES else kilometres
    return format_unit(max(1, round(value)), unit, "short", locale=language)


def _european(language: str) -> str:
    # CLDR's "en" is American (9:00 PM, October 2, 2026); the cities' own English is not always.
    return "en_GB" if language == "en" else language
