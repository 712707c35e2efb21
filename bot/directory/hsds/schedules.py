"""What makes a schedule contradict itself (RFC 5545, which HSDS takes its fields from)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.directory.hsds.records import Fault, Row

# Fields that say something only about a schedule that recurs.
OF_A_RECURRENCE = ("until", "count", "interval", "byday", "byweekno", "bymonthday", "byyearday")
NUMBERED = "0123456789+-"


def faults(row: Row) -> Iterator[Fault]:
    """Yield what does not go together in one row of schedules."""
    for name in OF_A_RECURRENCE:
        if row[name] and not row["freq"]:
            yield row.fault(name, "stands without freq", "freq WEEKLY or MONTHLY beside it")
    for name, other in (("opens_at", "closes_at"), ("closes_at", "opens_at")):
        if row[name] and not row[other]:
            yield row.fault(name, f"stands without {other}", "both times or none")
    if row["freq"] == "WEEKLY" and any(day.strip()[:1] in NUMBERED for day in _days(row)):
        yield row.fault("byday", "counts days of a month in a week", "days like MO,TU")
    if len(_days(row)) != len(set(_days(row))):
        yield row.fault("byday", "names a day twice", "each day once")


def _days(row: Row) -> list[str]:
    return [day.strip() for day in row["byday"].split(",") if day.strip()]
