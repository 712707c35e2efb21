"""From the JSON form to rows: services, organizations or services at locations, taken apart."""

from __future__ import annotations

from typing import Any

from bot.directory.hsds.nested import as_text
from bot.directory.hsds.records import Dataset, Fault, Row, Table, quoted
from bot.directory.hsds.specification import BY_ENTITY, LINKS, READ_ONLY, Member
from bot.directory.hsds.specification import Table as Described
from bot.directory.hsds.values import KINDS

Json = dict[str, Any]
NUMBER, TEXT = "a number", "a text"


class Rows:
    """Collects the rows of nested objects into `dataset`, and what is wrong with them.

    An object may stand at several places under one id: its fields are put together, and must not
    contradict each other.
    """

    def __init__(self, file: str) -> None:
        self.dataset = Dataset()
        self.faults: list[Fault] = []
        self._file = file
        self._rows: dict[tuple[str, str], Row] = {}
        self._columns: dict[str, dict[str, None]] = {}

    def take(self, value: Any, entity: str, pointer: str) -> None:
        """Take an object of a table apart, with all that stands inside."""
        self._take(value, BY_ENTITY[entity], pointer, {})

    def finish(self) -> Dataset:
        """Return the dataset, with the columns in the specification's order.

        A program that no organization holds is taken for one of its service's organization: the
        lists of HSDS's API give programs so.
        """
        programs = {row["id"]: row for row in self.dataset.rows("programs")}
        for service in self.dataset.rows("services"):
            program = programs.get(service["program_id"])
            if program and not program["organization_id"] and service["organization_id"]:
                program.values["organization_id"] = service["organization_id"]
                self._columns["programs"].setdefault("organization_id")
        for name, columns in self._columns.items():
            self.dataset.tables[name].columns = list(columns)
            self.dataset.tables[name].arrange()
        return self.dataset

    def _take(self, value: Any, table: Described, pointer: str, given: dict[str, str]) -> str:
        if not isinstance(value, dict):
            self._fault(pointer, table.entity, f"is {_named(value)}", "an object")
            return ""
        cells = self._cells(value, table, pointer)
        row = self._row(table, pointer, cells)
        for entity in set(given) & set(LINKS.values()):
            if row[entity]:
                del given[entity]
        self._add(row, table, given, pointer)
        for member in (*table.members, *READ_ONLY.get(table.entity, ())):
            inside = value.get(member.name)
            if inside is not None:
                self._member(inside, member, row, table, f"{pointer}/{member.name}")
        return row["id"]

    def _member(
        self, inside: Any, member: Member, row: Row, table: Described, pointer: str
    ) -> None:
        inner = BY_ENTITY[member.entity]
        if not member.many:
            id_ = self._take(inside, inner, pointer, {})
            self._add(row, table, {member.reference: id_}, pointer)
            return
        if not isinstance(inside, list):
            self._fault(pointer, member.name, f"is {_named(inside)}", "a list")
            return
        given = {member.reference: row["id"]}
        if member.reference in LINKS:
            given[LINKS[member.reference]] = table.entity
        for number, each in enumerate(inside):
            self._take(each, inner, f"{pointer}/{number}", dict(given))

    def _cells(self, value: Json, table: Described, pointer: str) -> dict[str, str]:
        return {
            name: self._text(cell, table, name, pointer)
            for name, cell in value.items()
            if cell is not None and name not in table.member_names
        }

    def _text(self, cell: Any, table: Described, name: str, pointer: str) -> str:
        field = table.by_name.get(name)
        wanted = NUMBER if field and KINDS[field.kind].number else TEXT
        if field and _named(cell) != wanted:
            self._fault(pointer, name, f"is {_named(cell)}", wanted)
        if isinstance(cell, str):
            return cell
        return as_text(cell)

    def _row(self, table: Described, pointer: str, cells: dict[str, str]) -> Row:
        """Return the row of this id, a new one at its first place, with the cells added."""
        row = Row(self._file, pointer or "/", {})
        if table.name not in self._columns:
            self._columns[table.name] = {"id": None}
            self.dataset.tables[table.name] = Table(table.name, [])
        id_ = cells.get("id", "")
        found = self._rows.setdefault((table.name, id_), row) if id_ else row
        if found is row:
            self.dataset.tables[table.name].rows.append(row)
        self._add(found, table, cells, pointer)
        return found

    def _add(self, row: Row, table: Described, cells: dict[str, str], pointer: str) -> None:
        columns = self._columns[table.name]
        for name, text in cells.items():
            columns.setdefault(name)
            if text and row.values.setdefault(name, text) != text:
                wrong = f"{quoted(text)} contradicts {quoted(row[name])} at {row.place}"
                self._fault(pointer, name, wrong, "one value for one id")

    def _fault(self, pointer: str, name: str, wrong: str, allowed: str) -> None:
        self.faults.append(Fault(f"{self._file}:{pointer}", name, wrong, allowed))


def _named(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    if isinstance(value, list):
        return "a list"
    return "an object" if isinstance(value, dict) else "nothing"
