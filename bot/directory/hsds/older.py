"""Turns tables of other forms, HSDS 1 and 2 or somebody's own, into HSDS 3 by a mapping."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from bot.directory.hsds import identifiers
from bot.directory.hsds.mapping import Plan, Rule, Source, Value
from bot.directory.hsds.records import Dataset, Fault, Row, Table, quoted
from bot.directory.hsds.specification import BY_NAME, Field
from bot.directory.hsds.tabular import Sheet, files_of, sheet_of

Line = dict[str, str]


class UnfitError(ValueError):
    """A text that the mapping does not foresee: what is wrong, and what is allowed."""


def read(source: Path, plan: Plan) -> tuple[Dataset, list[Fault]]:
    """Return what a folder, zip or single file becomes by the mapping, and every fault.

    Files that the mapping does not name are kept as unknown tables.
    """
    work = _Work(plan)
    contents = dict(files_of(source))
    for origin in plan.sources:
        names = [name for name in origin.files if name in contents]
        if not names and not plan.lenient:
            wrong = f"{' or '.join(origin.files)} is not there"
            work.faults.append(Fault(origin.place, "file", wrong, ", ".join(contents)))
        for name in names:
            work.take(origin, contents.pop(name), f"{source.name}/{name}")
    for name, content in contents.items():
        work.keep(content, f"{source.name}/{name}")
    return work.finish(), work.faults


class _Work:
    """Collects the rows that the lines of all sources make."""

    def __init__(self, plan: Plan) -> None:
        self.faults: list[Fault] = []
        self._plan = plan
        self._dataset = Dataset()
        self._rows: dict[tuple[str, str], Row] = {}
        self._added: list[tuple[Rule, Row]] = []

    def take(self, source: Source, content: bytes, place: str) -> None:
        """Make the rows of one file."""
        sheet = sheet_of(content, place, source.delimiter, source.encoding)
        self.faults += sheet.faults
        self.faults += () if self._plan.lenient else _column_faults(source, sheet, place)
        for number, cells in sheet.lines:
            line = {name: cell for name, cell in zip(sheet.columns, cells) if cell.strip()}
            for rule in source.rules:
                if _applies(rule, line):
                    for part in _parts(rule, line):
                        self._make(rule, line, part, Row(place, number, {}), source)

    def keep(self, content: bytes, place: str) -> None:
        """Keep a file that the mapping does not name."""
        sheet, name = sheet_of(content, place), Path(place).stem
        if name in BY_NAME:
            self.faults.append(Fault(place, "file", "is not in the mapping", "a source of it"))
            return
        rows = [
            Row(place, number, {name: cell for name, cell in zip(sheet.columns, cells) if cell})
            for number, cells in sheet.lines
        ]
        self.faults += sheet.faults
        self._dataset.tables[name] = Table(name, sheet.columns, rows, place)

    def finish(self) -> Dataset:
        """Add what goes to rows of other lines, and return the dataset."""
        for rule, row in self._added:
            found = self._rows.get((rule.table.name, row["id"]))
            if found is None:
                wrong = f"{quoted(row['id'])} is unknown"
                self.faults.append(row.fault("id", wrong, f"an id of {rule.table.name}"))
            else:
                self._add(found, row, rule)
        for table in self._dataset.tables.values():
            met = {name: None for row in table.rows for name in row.values}
            table.columns = table.columns if table.name not in BY_NAME else list(met)
            table.arrange()
        return self._dataset

    def _make(self, rule: Rule, line: Line, part: str, row: Row, source: Source) -> None:
        if rule.copy:
            used = {name for value in rule.fields.values() for name in value.columns}
            left_out = used - rule.table.by_name.keys() | set(source.leave_out)
            row.values |= {name: cell for name, cell in line.items() if name not in left_out}
        for name, value in rule.fields.items():
            try:
                text = _text(value, line, part, rule.table.by_name[name])
                row.values |= {name: text} if text else {}
            except UnfitError as error:
                wrong, allowed = error.args
                self.faults.append(row.fault(f"{name} ({rule.place})", wrong, allowed))
        if row.values:
            self._identify(row, rule)
            self._put(row, rule)

    def _identify(self, row: Row, rule: Rule) -> None:
        table = rule.table.name
        if not row["id"]:
            row.values["id"] = "\x1f".join(f"{name}={text}" for name, text in row.values.items())
        for name in list(row.values):
            target = identifiers.target_of(table, name, row)
            if target:
                row.values[name] = identifiers.made(self._plan.namespace, target, row[name])

    def _put(self, row: Row, rule: Rule) -> None:
        if rule.adds:
            self._added.append((rule, row))
            return
        name = rule.table.name
        table = self._dataset.tables.setdefault(name, Table(name, []))
        first = self._rows.setdefault((name, row["id"]), row)
        # Many lines may name the same organization in the same words: it is one row.
        if first is row or first.values != row.values:
            table.rows.append(row)

    def _add(self, row: Row, more: Row, rule: Rule) -> None:
        for name, text in more.values.items():
            field = rule.table.by_name.get(name)
            if row.values.setdefault(name, text) == text:
                continue
            if field and field.kind == "text":
                row.values[name] += f"\n{text}"
            else:
                wrong = f"{quoted(text)} contradicts {quoted(row[name])} at {row.place}"
                self.faults.append(more.fault(name, wrong, "one value for one id"))


def _column_faults(source: Source, sheet: Sheet, place: str) -> Iterator[Fault]:
    named = set(source.leave_out)
    for rule in source.rules:
        values = rule.fields.values()
        used = {name for value in values for name in (*value.columns, value.when) if name}
        each = rule.each[0] if rule.each else ""
        used |= {name for name in (rule.when, rule.unless, each) if name}
        for name in sorted(used - set(sheet.columns)):
            allowed = ", ".join(sheet.columns)
            yield Fault(f"{place}:1", f"column ({rule.place})", f"{name!r} is not there", allowed)
        named |= used
    if not any(rule.copy for rule in source.rules):
        for name in sheet.columns:
            if name not in named:
                yield Fault(f"{place}:1", name, "is not mapped", "a rule, or a name in leave_out")


def _applies(rule: Rule, line: Line) -> bool:
    wanted = not rule.when or rule.when in line
    return wanted and not (rule.unless and rule.unless in line)


def _parts(rule: Rule, line: Line) -> list[str]:
    if rule.each is None:
        return [""]
    column, separator = rule.each
    return [part.strip() for part in line.get(column, "").split(separator) if part.strip()]


def _text(value: Value, line: Line, part: str, field: Field) -> str:
    if value.when and not line.get(value.when):
        return ""
    found = [line[name] for name in value.columns if name in line]
    found = found[:1] if value.first else found
    text = value.constant or part if not value.columns else value.join.join(found)
    if text and value.prefix:
        text = value.prefix + text
    if not text or not (value.separator or value.values or value.format):
        return text
    pieces = text.split(value.separator) if value.separator else [text]
    return ",".join(_piece(value, piece.strip(), field) for piece in pieces if piece.strip())


def _piece(value: Value, piece: str, field: Field) -> str:
    if value.values is not None:
        if piece not in value.values:
            raise UnfitError(f"{quoted(piece)} is not foreseen", ", ".join(value.values))
        piece = value.values[piece]
    if value.format:
        try:
            moment = datetime.datetime.strptime(piece, value.format)
        except ValueError:
            raise UnfitError(f"{quoted(piece)} does not fit", f"the form {value.format}") from None
        forms = {"date": moment.date().isoformat(), "time": f"{moment:%H:%M}"}
        return forms.get(field.kind, moment.isoformat())
    return piece
