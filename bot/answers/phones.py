"""Phone numbers as a person reads them: in a form that a phone can call at a touch."""

from __future__ import annotations

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
    known = phonenumbers.is_valid_number(parsed) and parsed.extension is None
    if not known or phonenumbers.number_type(parsed) not in CALLED_FROM_ABROAD:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def in_danger(pack: Pack) -> str:
    """Return the number to call in danger, as it is to be read."""
    return to_call(pack.emergency_number, pack.city.country)
