"""What the JSON form has no place for: kept in one more member, so that nothing is lost.

The member `x_rightdoor` has `tables`, by table name:
- `columns`: the header, when it is not what the objects show;
- `cells`: by id, what the objects lack or write otherwise, as text; whole rows, too;
- `order`: the ids, when the rows stand in another order than they are met in the objects;
- `rows`: for a table the specification does not have, all its rows, as lists of text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.directory.hsds.records import Dataset, Fault, Row, Table
from bot.directory.hsds.specification import BY_NAME

Json = dict[str, Any]
MEMBER = "x_rightdoor"
ALLOWED = "what an export of Right Door has there"


def beyond(whole: Dataset, shown: Dataset) -> Json:
    """Return what `whole` has beyond `shown`, the dataset that the objects alone give."""
    tables = {}
    for table in whole.in_order():
        if table.name not in BY_NAME:
            rows = [[row[name] for name in table.columns] for row in table.rows]
            tables[table.name] = {"columns": table.columns, "rows": rows}
        else:
            kept = _beyond_table(table, shown.tables.get(table.name, Table(table.name, [])))
            tables |= {table.name: kept} if kept else {}
    return {"tables": tables} if tables else {}


def _beyond_table(whole: Table, shown: Table) -> Json:
    kept: Json = {}
    known = {row["id"]: row.values for row in shown.rows}
    if whole.columns != shown.columns:
        kept["columns"] = whole.columns
    changes = {row["id"]: _changes(row.values, known.get(row["id"], {})) for row in whole.rows}
    kept |= {"cells": cells} if (cells := {id_: new for id_, new in changes.items() if new}) else {}
    natural = [*known, *(id_ for id_ in changes if id_ not in known)]
    if natural != list(changes):
        kept["order"] = list(changes)
    return kept


def _changes(whole: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    if whole == shown:
        return {}
    gone = dict.fromkeys(shown.keys() - whole.keys(), "")
    return {name: text for name, text in whole.items() if shown.get(name) != text} | gone


def add(dataset: Dataset, remainder: Any, file: str) -> list[Fault]:
    """Put what `beyond` returned back into the dataset of the objects; return the faults."""
    faults: list[Fault] = []
    tables = remainder.get("tables", {}) if isinstance(remainder, dict) else None
    if not isinstance(tables, dict):
        return [Fault(f"{file}:/{MEMBER}", "tables", "is no object", ALLOWED)]
    for name, kept in tables.items():
        place = f"{file}:/{MEMBER}/tables/{name}"
        members = ("columns", "cells", "order") if name in BY_NAME else ("columns", "rows")
        if not _is_sound(kept, members):
            faults.append(Fault(place, "table", "is not of its form", ALLOWED))
        elif name in BY_NAME:
            table = dataset.tables.setdefault(name, Table(name, ["id"]))
            faults += _add_table(table, kept, place)
        else:
            columns = kept.get("columns", [])
            rows = [Row(place, number, _filled(columns, row)) for number, row in _numbered(kept)]
            dataset.tables[name] = Table(name, columns, rows, place)
    return faults


def _add_table(table: Table, kept: Json, place: str) -> list[Fault]:
    rows = {row["id"]: row for row in table.rows}
    for id_, cells in kept.get("cells", {}).items():
        row = rows.setdefault(id_, Row(place, id_, {}))
        row.values |= cells
        row.values = {name: text for name, text in row.values.items() if text}
    table.columns = kept.get("columns", table.columns)
    stray = {name for row in rows.values() for name in row.values} - set(table.columns)
    order = kept.get("order", list(rows))
    if sorted(order) != sorted(rows) or stray:
        return [Fault(place, "order or columns", "do not name all rows and columns", ALLOWED)]
    table.rows = [rows[id_] for id_ in order]
    table.arrange()
    return []


def _is_sound(kept: Any, members: tuple[str, ...]) -> bool:
    if not isinstance(kept, dict) or not kept.keys() <= set(members):
        return False
    columns, cells = kept.get("columns", []), kept.get("cells", {})
    rows, order = kept.get("rows", []), kept.get("order", [])
    return (
        _are_texts(columns)
        and len(columns) == len(set(columns))
        and _are_texts(order)
        and isinstance(cells, dict)
        and all(isinstance(new, dict) and _are_texts(list(new.values())) for new in cells.values())
        and isinstance(rows, list)
        and all(_are_texts(row) and len(row) == len(columns) for row in rows)
    )


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _numbered(kept: Json) -> enumerate[list[str]]:
    return enumerate(kept.get("rows", []), 2)


def _filled(columns: list[str], cells: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells) if cell}
