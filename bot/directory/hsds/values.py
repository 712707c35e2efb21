"""Which values a field may hold: the kinds of HSDS 3.0, and how a fault tells what is allowed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
# The number of JSON: no leading zeros, no signs but minus, no thousands.
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
TIME = re.compile(
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
)
DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
LARGEST = 1e300


class Kind(NamedTuple):
    """A kind of value: whether a text fits, what is allowed, and whether JSON has it as number."""

    fits: Callable[[str], bool]
    allowed: str
    number: bool = False


def is_uuid(text: str) -> bool:
    """Tell whether the text is a UUID in its usual form with four hyphens."""
    return UUID.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Tell whether the text is a decimal number as JSON writes it, and not beyond a float."""
    return NUMBER.fullmatch(text) is not None and abs(float(text)) < LARGEST


def is_date(text: str) -> bool:
    """Tell whether the text is a day of the calendar, written YYYY-MM-DD."""
    try:
        return len(text) == 10 and datetime.date.fromisoformat(text) is not None
    except ValueError:
        return False


def is_datetime(text: str) -> bool:
    """Tell whether the text is a date and a time of day, as in ISO 8601."""
    return text[10:11] in ("T", " ") and is_date(text[:10]) and _matches(TIME)(text[11:])


def is_email(text: str) -> bool:
    """Tell whether the text is an e-mail address with a dot in its domain (RFC 5321: 320 signs)."""
    return len(text) <= 320 and re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text) is not None


def is_uri(text: str) -> bool:
    """Tell whether the text is an absolute address: a scheme, and what it leads to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    leads = bool(parts.netloc) if parts.scheme in ("http", "https") else bool(parts.path)
    return bool(parts.scheme) and leads and not re.search(r"[\s<>]", text)


def within(least: float, most: float) -> Callable[[str], bool]:
    """Return whether a text is a number in this range, ends included."""
    return lambda text: is_number(text) and least <= float(text) <= most


def _matches(pattern: str | re.Pattern[str]) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def _is_count(text: str) -> bool:
    return is_number(text) and float(text) >= 1 and float(text).is_integer()


def _one_of(*allowed: str) -> Kind:
    return Kind(frozenset(allowed).__contains__, ", ".join(allowed))


def _numbers(most: int) -> Kind:
    def fits(text: str) -> bool:
        numbers = [part.strip() for part in text.split(",")]
        whole = all(re.fullmatch(r"[+-]?[0-9]{1,3}", number) for number in numbers)
        return whole and all(1 <= abs(int(number)) <= most for number in numbers)

    return Kind(fits, f"whole numbers like 1,-2, from 1 to {most} or -1 to -{most}")


KINDS: Mapping[str, Kind] = {
    "text": Kind(lambda _: True, "a text"),
    "uuid": Kind(is_uuid, "a UUID like 0b6a0cd8-6b0f-4f07-8ea4-1f5a3ad3c5a1"),
    "email": Kind(is_email, "an e-mail address"),
    "uri": Kind(is_uri, "an address like https://example.org"),
    "number": Kind(is_number, "a number like 12 or 12.5", True),
    "age": Kind(within(0, 200), "an age in years", True),
    "count": Kind(_is_count, "a whole number from 1", True),
    "offset": Kind(within(-12, 14), "hours from UTC, from -12 to 14", True),
    "latitude": Kind(within(-90, 90), "degrees from -90 to 90", True),
    "longitude": Kind(within(-180, 180), "degrees from -180 to 180", True),
    "date": Kind(is_date, "a date like 2026-11-20"),
    "datetime": Kind(is_datetime, "a date and time like 2026-11-20T09:30:00Z"),
    "time": Kind(_matches(TIME), "a time like 09:30, 09:30Z or 09:30+01:00"),
    "status": _one_of("active", "inactive", "defunct", "temporarily closed"),
    "place": _one_of("physical", "postal", "virtual"),
    "day": _one_of("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "frequency": _one_of("WEEKLY", "MONTHLY"),
    "days": Kind(
        _matches(rf"(?:[+-]?[1-5])?{DAY}(?:,\s*(?:[+-]?[1-5])?{DAY})*"),
        "days like MO,TU or, in a month, 2MO,-1FR",
    ),
    "weeks": _numbers(53),
    "monthdays": _numbers(31),
    "yeardays": _numbers(366),
    "language": Kind(_matches(r"[a-z]{2,3}"), "an ISO 639 code like nl"),
    "country": Kind(_matches(r"[A-Z]{2}"), "an ISO 3166 code like BE"),
    "currency": Kind(_matches(r"[A-Za-z]{3}"), "an ISO 4217 code like EUR"),
}
