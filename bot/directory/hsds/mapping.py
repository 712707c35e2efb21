"""Mappings: YAML files that say how tables of another form become tables of HSDS 3.

`docs/how-to/exchange-the-directory.md` tells how to write one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.directory.hsds.records import Fault, HsdsError
from bot.directory.hsds.specification import BY_NAME, Table

SUPPLIED = Path(__file__).parent / "older"


@dataclass(frozen=True)
class Value:
    """Where a field's text comes from: columns, a constant, or the part of an `each`.

    Several columns are joined, or the `first` filled one counts. A `prefix` keeps apart the ids
    of two files that become one table.
    The text is parted at `separator`, each part replaced by `values`, and a date or time read by
    `format` (as Python's strptime does). Only on lines where the column `when` is filled.
    """

    columns: tuple[str, ...] = ()
    join: str = " "
    first: bool = False
    prefix: str = ""
    constant: str = ""
    part: bool = False
    separator: str = ""
    values: Mapping[str, str] | None = None
    format: str = ""
    when: str = ""


@dataclass(frozen=True)
class Rule:
    """A row that each line makes. `adds`: its fields go to the row that has this id already.

    `copy`: columns go over under their own names, but those that `fields` gives another name.
    `when`, `unless`: a column that is filled, or empty, on the lines meant. `each`: a column, and
    the separator of its parts, each of which makes a row.
    """

    place: str
    table: Table
    fields: Mapping[str, Value]
    adds: bool = False
    copy: bool = False
    when: str = ""
    unless: str = ""
    each: tuple[str, str] | None = None


@dataclass(frozen=True)
class Source:
    """A file of the other form: its names, and the rows that its lines make."""

    place: str
    files: tuple[str, ...]
    rules: tuple[Rule, ...]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    leave_out: tuple[str, ...] = ()


@dataclass
class Plan:
    """A whole mapping. `lenient`: files and columns that are not there are no fault."""

    namespace: uuid.UUID
    lenient: bool
    sources: list[Source] = field(default_factory=list)


def load(name: str) -> Plan:
    """Return the mapping in a file, or the supplied one of this name; HsdsError has its faults."""
    supplied = SUPPLIED / f"{name}.yml"
    path = supplied if name.replace("-", "").isalnum() and supplied.is_file() else Path(name)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        allowed = "a YAML file in UTF-8, or the name of a supplied mapping: hsds-2"
        raise HsdsError([Fault(str(path), "file", type(error).__name__, allowed)]) from None
    reader = _Reader(path.name)
    plan = reader.plan(content)
    if reader.faults:
        raise HsdsError(reader.faults)
    return plan


class _Reader:
    """Reads the parts of a mapping and collects every fault."""

    def __init__(self, file: str) -> None:
        self.faults: list[Fault] = []
        self._file = file

    def plan(self, content: Any) -> Plan:
        found = self._parts(content, "", namespace=str, missing=str, sources=list)
        if found.get("missing", "fault") not in ("fault", "allowed"):
            self._fault("", "missing", "does not fit", "fault or allowed")
        plan = Plan(self._namespace(found), found.get("missing") == "allowed")
        for number, each in enumerate(found.get("sources", [])):
            plan.sources.append(self._source(each, f"sources.{number}"))
        if not plan.sources:
            self._fault("", "sources", "is empty", "a list of files")
        return plan

    def _namespace(self, found: dict[str, Any]) -> uuid.UUID:
        try:
            return uuid.UUID(found.get("namespace", ""))
        except ValueError:
            self._fault("", "namespace", "is no UUID", "a UUID of the publisher's own")
            return uuid.NAMESPACE_URL

    def _source(self, content: Any, place: str) -> Source:
        found = self._parts(
            content, place, file=(str, list), rows=list, delimiter=str, encoding=str, leave_out=list
        )
        files = _texts(found.pop("file", ()))
        if not files:
            self._fault(place, "file", "is missing", "the name of a CSV file")
        rules = [
            self._rule(each, f"{place}.rows.{number}")
            for number, each in enumerate(found.pop("rows", []))
        ]
        self._check_reading(found, place)
        found["leave_out"] = _texts(found.get("leave_out", ()))
        return Source(place, files, tuple(rules), **found)

    def _check_reading(self, found: dict[str, Any], place: str) -> None:
        if len(found.get("delimiter", ",")) != 1:
            self._fault(place, "delimiter", "is no single sign", "one sign like ;")
        try:
            "x".encode(found.get("encoding", "utf-8"))
        except (LookupError, ValueError):
            self._fault(place, "encoding", "is unknown", "a name like utf-8 or cp1252")

    def _rule(self, content: Any, place: str) -> Rule:
        found = self._parts(
            content,
            place,
            **dict.fromkeys(("table", "add_to", "when", "unless"), str),
            **dict.fromkeys(("fields", "each"), dict),
            copy=bool,
        )
        name = found.pop("table", None) or found.get("add_to", "")
        adds = bool(found.pop("add_to", None))
        if name not in BY_NAME:
            self._fault(place, "table", f"{name!r} is unknown", ", ".join(BY_NAME))
            return Rule(place, next(iter(BY_NAME.values())), {})
        table, given = BY_NAME[name], found.pop("fields", {})
        for unknown in given.keys() - table.by_name.keys():
            self._fault(f"{place}.fields", str(unknown), "is unknown", ", ".join(table.by_name))
        fields = {name: self._value(each, f"{place}.fields.{name}") for name, each in given.items()}
        if adds and "id" not in fields:
            self._fault(f"{place}.fields", "id", "is missing", "the row that add_to adds to")
        each = self._each(found.pop("each", None), f"{place}.each")
        return Rule(place, table, fields, adds, each=each, **found)

    def _each(self, content: Any, place: str) -> tuple[str, str] | None:
        if content is None:
            return None
        found = self._parts(content, place, column=str, separator=str)
        if not found.get("column") or not found.get("separator"):
            self._fault(place, "each", "lacks column or separator", "both")
        return found.get("column", ""), found.get("separator") or ","

    def _value(self, content: Any, place: str) -> Value:
        if isinstance(content, str):
            return Value((content,))
        if not isinstance(content, dict):
            # YAML reads a bare No as false and 2026 as a number.
            wrong, allowed = f"{content!r} is no text", "a column's name, in quotes if need be"
            self._fault(place, "value", wrong, allowed)
            return Value()
        found = self._parts(
            content,
            place,
            **dict.fromkeys(("column", "join", "prefix", "separator", "format", "when"), str),
            **dict.fromkeys(("part", "first"), bool),
            columns=list,
            constant=object,
            values=dict,
        )
        columns = (*_texts(found.pop("column", ())), *_texts(found.pop("columns", ())))
        if bool(columns) + ("constant" in found) + found.get("part", False) != 1:
            self._fault(place, "value", "has not one origin", "column, columns, constant or part")
        if "constant" in found:
            found["constant"] = str(found["constant"])
        if "values" in found:
            found["values"] = {str(old): str(new) for old, new in found["values"].items()}
        return Value(columns, **found)

    def _parts(self, content: Any, place: str, **kinds: Any) -> dict[str, Any]:
        """Return the parts of an object that are known and of their kind; the others are faults."""
        if not isinstance(content, dict):
            self._fault(place, "mapping", "is no object", ", ".join(kinds))
            return {}
        good = {}
        for name, value in content.items():
            if name not in kinds:
                self._fault(place, str(name), "is unknown", ", ".join(kinds))
            elif not isinstance(value, kinds[name]):
                kind = getattr(kinds[name], "__name__", "str or list")
                self._fault(place, str(name), f"is no {kind}", kind)
            else:
                good[name] = value
        return good

    def _fault(self, place: str, name: str, wrong: str, allowed: str) -> None:
        where = f"{self._file}:{place}" if place else self._file
        self.faults.append(Fault(where, name, wrong, allowed))


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value))
