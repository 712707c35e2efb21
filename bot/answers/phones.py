"""Phone numbers as a person reads them: in a form that a phone can call at a touch."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from bot.directory.model import Pack

# Of other kinds (free, shared cost, short) nobody can tell whether they work from abroad.
CALLED_FROM_ABROAD = frozenset(
    (
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    )
)


@lru_cache(maxsize=4096)
def to_call(number: str, country: str) -> str:
    """Return a number of `country` (ISO 3166) in the form in which it can be called everywhere.

    That is the international one, with a plus (ITU-T E.123), which Telegram's clients show as a
    link. A number for emergencies, a short or a free one stays as its owner prints it.
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    whole = _is_whole(number, parsed) and phonenumbers.is_valid_number(parsed)
    if not whole or phonenumbers.number_type(parsed) not in CALLED_FROM_ABROAD:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def _is_whole(number: str, parsed: phonenumbers.PhoneNumber) -> bool:
    """Tell whether nothing is lost of what is printed: no second number, no words beside it."""
    digits = re.sub(r"\D", "", number)
    national = phonenumbers.national_significant_number(parsed)
    return re.search(r"[^\W\d]", number) is None and digits.endswith(national)


def in_danger(pack: Pack) -> str:
    """Return the number to call in danger, as it is to be read."""
    return to_call(pack.emergency_number, pack.city.country)
