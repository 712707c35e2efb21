"""Reads the CSV tables of a pack and finds every fault that one table can show by itself.

Table and field names, required fields and references are those of HSDS 3.0 (Open Referral,
tabular form); `translations` is Right Door's own side table, since HSDS has no text by language.
"""

from __future__ import annotations

import csv
import datetime
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Row:
    """One line of a table, with the place it was read from."""

    file: str
    line: int
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def fault(self, name: str, wrong: str, allowed: str) -> str:
        """Return a fault of this line in the one form in which all faults are told."""
        return f"{self.file}:{self.line}: {name}: {wrong}; allowed: {allowed}"


def is_url(value: str) -> bool:
    """Tell whether `value` is a web address with a host."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in value


def is_time(value: str) -> bool:
    """Tell whether `value` is a time of day written HH:MM."""
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


def is_date(value: str) -> bool:
    """Tell whether `value` is a date written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(value) is not None
    except ValueError:
        return False


def are_days(value: str) -> bool:
    """Tell whether `value` lists days as HSDS writes them: MO,TU,WE, or 1MO,-1FR of a month."""
    return all(re.fullmatch(rf"(?:[1-5]|-1)?(?:{'|'.join(DAYS)})", d) for d in value.split(","))


def is_degree(value: str) -> bool:
    """Tell whether `value` is a number of degrees."""
    return re.fullmatch(r"-?\d{1,3}(?:\.\d+)?", value) is not None and abs(float(value)) <= 180


def is_language(value: str) -> bool:
    """Tell whether `value` is written like an ISO 639 code."""
    return re.fullmatch(r"[a-z]{2,3}", value) is not None


def one_of(*allowed: str) -> tuple[Callable[[str], bool], str]:
    """Return the rule that a value is one of these."""
    return (lambda value: value in allowed), ", ".join(allowed)


URL = (is_url, "an address that begins with http:// or https://")
TIME = (is_time, "a time like 09:30")
DATE = (is_date, "a date like 2026-11-20")
EMAIL = ((lambda value: re.fullmatch(r"\S+@\S+\.\S+", value) is not None), "an e-mail address")
PHONE = (
    (lambda value: re.fullmatch(r"\+?[\d /.()-]{2,24}", value) is not None),
    "digits, spaces, +",
)
LANGUAGE = (is_language, "an ISO 639 code")
DEGREE = (is_degree, "degrees like 50.85")


@dataclass(frozen=True)
class Table:
    """What a table must hold: required fields, rules for values, references to other tables.

    Fields that stand `together` are all empty or all filled.
    """

    required: tuple[str, ...]
    rules: Mapping[str, tuple[Callable[[str], bool], str]] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def fields(self) -> set[str]:
        """Return the names of all fields that the table may have."""
        named = (*self.required, *self.rules, *self.references, *self.together, *self.others)
        return set(named)


TABLES: Mapping[str, Table] = {
    "organizations": Table(("id", "name", "description"), {"website": URL}),
    "services": Table(
        ("id", "organization_id", "name", "description", "status", "assured_date"),
        {
            "url": URL,
            "email": EMAIL,
            "assured_date": DATE,
            "status": one_of("active", "inactive", "defunct", "temporarily closed"),
        },
        {"organization_id": "organizations"},
        others=(
            *("alternate_name", "fees_description", "eligibility_description"),
            *("application_process", "interpretation_services"),
        ),
    ),
    "phones": Table(
        ("id", "service_id", "number", "type"),
        {"number": PHONE, "type": one_of("voice", "sms")},
        {"service_id": "services"},
        others=("description",),
    ),
    "schedules": Table(
        ("id", "service_id"),
        {
            "freq": one_of("WEEKLY", "MONTHLY"),
            "byday": (are_days, "days like MO,TU,WE or 1MO,-1FR"),
            "valid_from": DATE,
            "valid_to": DATE,
            "opens_at": TIME,
            "closes_at": TIME,
        },
        {"service_id": "services"},
        together=("freq", "byday", "opens_at", "closes_at"),
        others=("wkst", "dtstart", "description"),
    ),
    "languages": Table(
        ("id", "service_id"),
        {"code": LANGUAGE},
        {"service_id": "services"},
        others=("name", "note"),
    ),
    "locations": Table(
        ("id", "location_type"),
        {"location_type": one_of("physical"), "latitude": DEGREE, "longitude": DEGREE},
        others=("name",),
    ),
    "addresses": Table(
        ("id", "location_id", "address_1", "city", "state_province", "postal_code", "country"),
        {"address_type": one_of("physical", "postal", "virtual")},
        {"location_id": "locations"},
    ),
    "service_at_location": Table(
        ("id", "service_id", "location_id"),
        {},
        {"service_id": "services", "location_id": "locations"},
    ),
    "accessibility": Table(("id", "location_id", "description"), {}, {"location_id": "locations"}),
    "required_documents": Table(("id", "service_id", "document"), {}, {"service_id": "services"}),
    "service_areas": Table(("id", "service_id", "name"), {}, {"service_id": "services"}),
    "taxonomies": Table(("id", "name", "description")),
    "taxonomy_terms": Table(
        ("id", "code", "name", "description", "taxonomy_id"),
        {},
        {"taxonomy_id": "taxonomies"},
        others=("taxonomy",),
    ),
    "attributes": Table(
        ("id", "link_id", "taxonomy_term_id", "link_entity"),
        {"link_entity": one_of("service")},
        {"link_id": "services", "taxonomy_term_id": "taxonomy_terms"},
        others=("link_type", "value"),
    ),
    "translations": Table(
        ("id", "link_entity", "link_id", "field", "language", "text", "reviewed_by"),
        {
            "language": LANGUAGE,
            "link_entity": one_of(
                *("service", "attribute", "phone", "schedule", "language"),
                *("accessibility", "required_document"),
            ),
        },
    ),
}

MAY_BE_MISSING = ("accessibility", "required_documents")

Tables = dict[str, list[Row]]


def read(folder: Path) -> tuple[Tables, list[str]]:
    """Return the rows of every table in `folder`, and every fault found in them.

    Rows with a fault are left out, except services, so that their other facts are judged as well.
    """
    tables: Tables = {}
    faults: list[str] = []
    for name in TABLES:
        path = folder / f"{name}.csv"
        tables[name] = []
        try:
            tables[name] = list(_rows(path))
        except FileNotFoundError:
            if name in MAY_BE_MISSING:
                continue
            faults.append(f"{_place(path)}:1: file: is missing; allowed: a CSV file with a header")
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            faults.append(f"{_place(path)}:1: file: {type(error).__name__}; allowed: CSV in UTF-8")
    # What refers to a table that cannot be read is not judged.
    known = {name: {row["id"] for row in rows} for name, rows in tables.items() if rows}
    for name, rows in tables.items():
        faults += _table_faults(TABLES[name], rows, known)
    faults += _dangling_translations(tables["translations"], known)
    told = {fault.partition(": ")[0] for fault in faults}
    for name in tables.keys() - {"services"}:
        tables[name] = [row for row in tables[name] if f"{row.file}:{row.line}" not in told]
    return tables, faults


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for values in reader:
            cells = {name: (value or "").strip() for name, value in values.items() if name}
            yield Row(_place(path), reader.line_num, cells)


def _table_faults(table: Table, rows: list[Row], known: dict[str, set[str]]) -> Iterator[str]:
    seen: set[str] = set()
    for column in sorted(rows[0].values.keys() - table.fields) if rows else ():
        # A mistyped column would hide its facts without a word.
        yield rows[0].fault(column, "is an unknown column", ", ".join(sorted(table.fields)))
    for row in rows:
        partly = table.together if any(row[name] for name in table.together) else ()
        for name in (*table.required, *partly):
            if not row[name]:
                yield row.fault(name, "is empty", "a value")
        yield from _rule_faults(table, row)
        for name, target in table.references.items():
            if row[name] and row[name] not in known.get(target, (row[name],)):
                yield row.fault(name, f"{row[name]!r} is unknown", f"an id of {target}.csv")
        if row["id"] in seen:
            yield row.fault("id", f"{row['id']!r} stands twice", "an id of its own for each line")
        seen.add(row["id"])


def _dangling_translations(rows: list[Row], known: dict[str, set[str]]) -> Iterator[str]:
    for row in rows:
        table = {"accessibility": "accessibility"}.get(entity := row["link_entity"], f"{entity}s")
        if table in known and row["link_id"] not in known[table]:
            yield row.fault("link_id", f"{row['link_id']!r} is unknown", f"an id of {table}.csv")


def _rule_faults(table: Table, row: Row) -> Iterator[str]:
    if row["id"] and not _is_uuid(row["id"]):
        yield row.fault("id", f"{row['id']!r} is no UUID", "a UUID")
    for name, (fits, allowed) in table.rules.items():
        if row[name] and not fits(row[name]):
            yield row.fault(name, f"{row[name]!r} does not fit", allowed)


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
