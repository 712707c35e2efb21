"""From rows to the JSON form: complete services, with all that refers to them inside."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from bot.directory.hsds.records import Dataset, Row
from bot.directory.hsds.specification import BY_ENTITY, LINKS, Member, Table, table_called
from bot.directory.hsds.values import KINDS, is_number

Json = dict[str, Any]


class Nest:
    """Turns the rows of a checked Dataset into nested objects.

    An organization stands with its lists in its first service only, later with its own fields: a
    city's whole list of locations in each of its services would grow with their product.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._by_id: dict[str, dict[str, Row]] = {}
        self._below: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        self._told: set[str] = set()
        for table in BY_ENTITY.values():
            rows = dataset.rows(table.name)
            self._by_id[table.entity] = {row["id"]: row for row in rows}
            for row in rows:
                self._index(table, row)

    def services(self) -> Iterator[Json]:
        """Yield each service with everything that belongs to it, in the order of the table."""
        for row in self._dataset.rows("services"):
            yield self._object(row, BY_ENTITY["service"])

    def _index(self, table: Table, row: Row) -> None:
        for field in table.fields:
            id_ = row[field.name]
            if field.name in LINKS and id_:
                linked = table_called(row[LINKS[field.name]])
                if linked:
                    self._below[linked.entity, table.entity, id_].append(row)
            elif field.refers_to and not field.loose and id_:
                self._below[field.refers_to, table.entity, id_].append(row)

    def _object(self, row: Row, table: Table, implied: str = "") -> Json:
        """Return a row as an object, without the reference that its place implies."""
        made = {
            name: _json_value(table, name, row[name])
            for name in self._dataset.tables[table.name].columns
            if row[name] and name != implied and name not in table.member_names
        }
        short = table.entity == "organization" and row["id"] in self._told
        self._told.add(row["id"])
        for member in () if short else table.members:
            inside = self._inside(member, row, table)
            if inside:
                made[member.name] = inside
                if not member.many:
                    made.pop(member.reference, None)
        return made

    def _inside(self, member: Member, row: Row, table: Table) -> list[Json] | Json | None:
        inner = BY_ENTITY[member.entity]
        if member.many:
            rows = self._below.get((table.entity, member.entity, row["id"]), ())
            return [self._object(found, inner, member.reference) for found in rows]
        found = self._by_id[member.entity].get(row[member.reference])
        return self._object(found, inner) if found else None


def _json_value(table: Table, name: str, text: str) -> Any:
    field = table.by_name.get(name)
    if field is None:
        return _structure(text)
    if KINDS[field.kind].number and is_number(text):
        return float(text) if set(text) & set(".eE") else int(text)
    return text


def _structure(text: str) -> Any:
    """Return the list or object that an unknown column holds as text; other texts as they are."""
    if text[0] in "[{":
        try:
            found = json.loads(text)
            return found if as_text(found) == text else text
        except (ValueError, RecursionError):
            return text
    return text


def as_text(value: Any) -> str:
    """Return a list or object as the text that stands for it in a cell."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
