"""Reads the tables of a pack: HSDS 3.0, and what Right Door asks of them besides.

The rules of HSDS are those of bot/directory/hsds. Here stand the narrower ones: which tables and
fields a pack cannot do without, and `translations`, our own side table, since HSDS has no text by
language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.directory.disclosure import disclosed, leaks
from bot.directory.hsds import transfer
from bot.directory.hsds.records import Dataset, Fault, Row
from bot.directory.hsds.specification import BY_NAME
from bot.directory.hsds.values import DAY, Kind

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# The fields that a row must have filled, besides those that HSDS requires.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "organizations": (),
    "services": ("description", "assured_date"),
    "phones": ("service_id", "type"),
    "schedules": ("service_id",),
    "languages": ("service_id",),
    "locations": (),
    "addresses": ("location_id",),
    "service_at_location": (),
    "service_areas": ("service_id", "name"),
    "taxonomies": (),
    "taxonomy_terms": ("code", "taxonomy_id"),
    "attributes": (),
    "accessibility": ("location_id", "description"),
    "required_documents": ("service_id", "document"),
    "translations": ("id", "link_entity", "link_id", "field", "language", "text", "reviewed_by"),
}
MAY_BE_MISSING = ("accessibility", "required_documents")
TRANSLATED = {
    "service": "services",
    "attribute": "attributes",
    "phone": "phones",
    "schedule": "schedules",
    "language": "languages",
    "accessibility": "accessibility",
    "required_document": "required_documents",
}
RECURRENCE = ("freq", "byday", "opens_at", "closes_at")


def is_url(value: str) -> bool:
    """Tell whether `value` is a web address with a host."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in value


def is_language(value: str) -> bool:
    """Tell whether `value` is written like an ISO 639 code."""
    return re.fullmatch(r"[a-z]{2,3}", value) is not None


def _matches(pattern: str, allowed: str) -> Kind:
    return Kind(lambda value: re.fullmatch(pattern, value) is not None, allowed)


def _one_of(*allowed: str) -> Kind:
    return Kind(frozenset(allowed).__contains__, ", ".join(allowed))


URL = Kind(is_url, "an address that begins with http:// or https://")
LANGUAGE = Kind(is_language, "an ISO 639 code")
# What a value must be, more narrowly than HSDS says it.
NARROWER: Mapping[str, Mapping[str, Kind]] = {
    "organizations": {"website": URL},
    "services": {"url": URL},
    "phones": {
        "number": _matches(r"\+?[\d /.()-]{2,24}", "digits, spaces, +"),
        "type": _one_of("voice", "sms"),
    },
    "schedules": {
        "byday": _matches(
            rf"(?:[1-5]|-1)?{DAY}(?:,(?:[1-5]|-1)?{DAY})*",
            "days like MO,TU or, in a month, 1MO,-1FR",
        ),
        "opens_at": _matches(r"\d\d:\d\d", "a time like 09:30"),
        "closes_at": _matches(r"\d\d:\d\d", "a time like 09:30"),
    },
    "languages": {"code": LANGUAGE},
    "locations": {"location_type": _one_of("physical")},
    "attributes": {"link_entity": _one_of("service")},
    "translations": {"language": LANGUAGE, "link_entity": _one_of(*TRANSLATED)},
}

Tables = dict[str, list[Row]]


def read(folder: Path) -> tuple[Tables, list[str]]:
    """Return the rows of every table in `folder`, and every fault found in them.

    Secret addresses are not among them. Rows with a fault are left out, except services, so that
    their other facts are judged as well.
    """
    dataset, of_hsds = transfer.load(folder)
    shown = disclosed(dataset)
    told = {(fault.place, fault.field) for fault in of_hsds}
    besides = [
        fault
        for fault in (*_faults(dataset, folder), *leaks(dataset, shown))
        if (fault.place, fault.field) not in told
    ]
    faults = [*of_hsds, *besides]
    places = {fault.place for fault in faults}
    return {
        name: [row for row in shown.rows(name) if name == "services" or row.place not in places]
        for name in REQUIRED
    }, list(map(str, faults))


def _faults(dataset: Dataset, folder: Path) -> Iterator[Fault]:
    for name in REQUIRED:
        place = f"{folder.name}/{name}.csv:1"
        if name not in dataset.tables and name not in (*MAY_BE_MISSING, *dataset.incomplete):
            yield Fault(place, "file", "is missing", "a CSV file with a header")
        yield from _column_faults(dataset, name, place)
        for row in dataset.rows(name):
            yield from _row_faults(name, row)
    ids = {name: {row["id"] for row in dataset.rows(name)} for name in TRANSLATED.values()}
    for row in dataset.rows("translations"):
        table = TRANSLATED.get(row["link_entity"])
        there = table in dataset.tables or table in MAY_BE_MISSING
        readable = there and table not in dataset.incomplete
        if table and readable and row["link_id"] not in ids[table]:
            wrong = f"{row['link_id']!r} is unknown"
            yield row.fault("link_id", wrong, f"an id of {table}.csv")


def _column_faults(dataset: Dataset, name: str, place: str) -> Iterator[Fault]:
    """Name columns that HSDS does not know: a mistyped one would hide its facts without a word."""
    known = set(BY_NAME[name].by_name) if name in BY_NAME else set(REQUIRED[name])
    table = dataset.tables.get(name)
    for column in sorted(set(table.columns) - known) if table else ():
        yield Fault(place, column, "is an unknown column", ", ".join(sorted(known)))


def _row_faults(name: str, row: Row) -> Iterator[Fault]:
    partly = name == "schedules" and any(row[field] for field in RECURRENCE)
    for field in (*REQUIRED[name], *(RECURRENCE if partly else ())):
        if not row[field]:
            yield row.fault(field, "is empty", "a value")
    for field, kind in NARROWER.get(name, {}).items():
        if row[field] and not kind.fits(row[field]):
            yield row.fault(field, f"{row[field]!r} does not fit", kind.allowed)
