"""Reads days and moments as an incident file writes them."""

from __future__ import annotations

import datetime
import re
from typing import Any

ALLOWED_DAY = "a day like 2026-11-20"
ALLOWED_TIME = "a time like 2026-11-20T14:30, in the city's time"
ALLOWED_ZONED = "a time with its zone like 2026-11-20T14:30+01:00"


def day(given: Any) -> datetime.date | None:
    """Return a day; None when the text is none."""
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
        return None
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        return None


def moment(given: Any, zone: datetime.tzinfo | None = None) -> datetime.datetime | None:
    """Return an aware moment in `zone`; None when the text is none.

    A time that names no zone is in `zone`; without `zone` it must name one.
    """
    if not isinstance(given, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", given, re.ASCII):
        return None
    try:
        told = datetime.datetime.fromisoformat(re.sub("Z$", "+00:00", given))
        if told.tzinfo is None:
            return told.replace(tzinfo=zone) if zone else None
        return told.astimezone(zone)
    except (ValueError, OverflowError):
        return None
