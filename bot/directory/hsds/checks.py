"""Every fault of a Dataset at once, by the rules of HSDS 3.0 and of what CSV can carry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.directory.hsds import schedules
from bot.directory.hsds.records import Dataset, Fault, Row, Table, quoted
from bot.directory.hsds.specification import (
    BY_ENTITY,
    BY_NAME,
    LINKS,
    OLDER,
    Field,
    table_called,
)
from bot.directory.hsds.specification import Table as Described
from bot.directory.hsds.tabular import MOST_LETTERS
from bot.directory.hsds.values import DAY, KINDS, NUMBER

Ids = dict[str, set[str]]
NAME = re.compile(r"\w[\w. -]{0,99}")
RUN = "=+-@\t\r"  # a spreadsheet takes a cell that begins so for a formula
# Telephone numbers, lists of numbers, and days of a month like -1FR.
HARMLESS = re.compile(
    rf"[+-]?[0-9 ()/.,-]+(?: ?(?:ext\.?|x) ?[0-9]+)?|{NUMBER.pattern}|(?:[+-]?[1-5]?{DAY}[, ]*)+"
)
UNFIT = re.compile("[\0\ud800-\udfff]")
ORDERED = (("valid_from", "valid_to"), ("dtstart", "until"), ("minimum_age", "maximum_age"))


def faults(dataset: Dataset) -> Iterator[Fault]:
    """Yield every fault of every row, table by table."""
    ids = {name: {row["id"] for row in table.rows} for name, table in dataset.tables.items()}
    for table in dataset.in_order():
        yield from _name_faults(table)
        known = BY_NAME.get(table.name)
        if known:
            yield from _double_ids(table)
            yield from () if table.name in dataset.incomplete else _column_faults(table, known)
        for row in table.rows:
            yield from _cell_faults(row)
            if known:
                for field in known.fields:
                    yield from _field_faults(field, row)
                yield from _reference_faults(row, known.fields, ids, dataset)
                yield from _link_faults(row, ids, dataset)
                yield from _order_faults(row)
    for row in dataset.rows("schedules"):
        yield from schedules.faults(row)
    yield from _double_codes(dataset)
    for name, parent in (
        ("organizations", "parent_organization_id"),
        ("taxonomy_terms", "parent_id"),
    ):
        yield from _circles(dataset.rows(name), parent)


def _name_faults(table: Table) -> Iterator[Fault]:
    place = table.file or f"{table.name}.csv"
    if not NAME.fullmatch(table.name):
        yield Fault(place, "file", f"cannot be called {quoted(table.name)}", "letters, digits, _")
    if table.name in OLDER:
        wrong = "is a table of HSDS 1 or 2"
        yield Fault(place, "file", wrong, "HSDS 3; import it with --mapping hsds-2")
    if table.name in BY_ENTITY and table.name not in BY_NAME:
        yield Fault(place, "file", "is a table of HSDS by another name", BY_ENTITY[table.name].name)
    for column in table.columns:
        if not column or column != column.strip() or not column.isprintable():
            yield Fault(place, "column", f"cannot be called {quoted(column)}", "a plain name")


def _column_faults(table: Table, known: Described) -> Iterator[Fault]:
    """Find required columns that are not there, in a table whose rows cannot tell."""
    for field in known.fields:
        if field.required and not table.rows and field.name not in table.columns:
            yield Fault(f"{table.file}:1", field.name, "is missing", "a column of this name")


def _cell_faults(row: Row) -> Iterator[Fault]:
    for name, text in row.values.items():
        if text[:1] in RUN and not HARMLESS.fullmatch(text):
            wrong = f"begins with {text[0]!r}: a spreadsheet would run it"
            yield row.fault(name, wrong, "a text that begins with another sign")
        if len(text) > MOST_LETTERS:
            yield row.fault(name, f"is {len(text)} letters long", f"{MOST_LETTERS} at most")
        if UNFIT.search(text):
            yield row.fault(
                name, f"{quoted(text)} is no plain text", "letters that UTF-8 can write"
            )


def _field_faults(field: Field, row: Row) -> Iterator[Fault]:
    text = row[field.name]
    if not text or (field.required and not text.strip()):
        if field.required:
            yield row.fault(field.name, "is empty", KINDS[field.kind].allowed)
        return
    kind = KINDS[field.kind]
    if not kind.fits(text):
        hint = " (import can make one: --make-ids)" if field.kind == "uuid" else ""
        yield row.fault(field.name, f"{quoted(text)} does not fit", kind.allowed + hint)


def _double_ids(table: Table) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in table.rows:
        if row["id"] and first.setdefault(row["id"], row) is not row:
            wrong = f"{quoted(row['id'])} stands at {first[row['id']].place}, too"
            yield row.fault("id", wrong, "an id of its own for each row")


def _double_codes(dataset: Dataset) -> Iterator[Fault]:
    """Find codes that do not define a term: the specification says code and taxonomy do."""
    first: dict[tuple[str, str, str], Row] = {}
    for row in dataset.rows("taxonomy_terms"):
        key = row["code"], row["taxonomy_id"], row["taxonomy"]
        if row["code"] and first.setdefault(key, row) is not row:
            wrong = f"{quoted(row['code'])} stands at {first[key].place}, too"
            yield row.fault("code", wrong, "a code of its own for each term of a taxonomy")


def _reference_faults(
    row: Row, fields: tuple[Field, ...], ids: Ids, dataset: Dataset
) -> Iterator[Fault]:
    for field in fields:
        if field.refers_to and not field.loose and row[field.name]:
            name = BY_ENTITY[field.refers_to].name
            yield from _dangling(row, field.name, name, ids, dataset)


def _link_faults(row: Row, ids: Ids, dataset: Dataset) -> Iterator[Fault]:
    for link, entity in LINKS.items():
        if link in row.values and entity in row.values:
            known = table_called(row[entity])
            name = known.name if known else row[entity]
            if known or name in dataset.tables:
                yield from _dangling(row, link, name, ids, dataset)
            else:
                yield row.fault(entity, f"{quoted(name)} is no table", ", ".join(BY_ENTITY))


def _dangling(row: Row, name: str, table: str, ids: Ids, dataset: Dataset) -> Iterator[Fault]:
    if row[name] not in ids.get(table, ()) and table not in dataset.incomplete:
        yield row.fault(name, f"{quoted(row[name])} is unknown", f"an id of {table}")


def _order_faults(row: Row) -> Iterator[Fault]:
    for first, last in ORDERED:
        begin, end = row.values.get(first), row.values.get(last)
        if begin and end and _after(begin, end):
            yield row.fault(
                last, f"{quoted(end)} is before {first}, {quoted(begin)}", "a later one"
            )


def _after(begin: str, end: str) -> bool:
    if NUMBER.fullmatch(begin) and NUMBER.fullmatch(end):
        return float(begin) > float(end)
    return begin > end


def _circles(rows: list[Row], parent: str) -> Iterator[Fault]:
    """Find the rows that are their own ancestor; each circle is told once."""
    above = {row["id"]: row[parent] for row in rows}
    state: dict[str, int] = defaultdict(int)
    place = {row["id"]: row for row in rows}
    for number, start in enumerate(above, 1):
        step = start
        while step in above and not state[step]:
            state[step] = number
            step = above[step]
        if state.get(step) == number:
            wrong = f"{quoted(place[step][parent])} leads back to this row"
            yield place[step].fault(parent, wrong, "a parent that does not stand below its child")
