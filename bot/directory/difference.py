"""What two directories say differently: by table and id, in lines that office staff can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.directory.belonging import Belonging
from bot.directory.hsds.records import SHOWN, Dataset, Row, Table, quoted

EMPTY = "nothing"
BEFORE = 20  # letters shown before the place where two long texts part
# What says nothing to a reader, or stands in the line already.
UNTOLD = ("id", "link_type", "link_entity", "resource_type", "field", "language", "reviewed_by")


class Difference(NamedTuple):
    """One line: table and name of the service, then what is different. `service` is its id."""

    table: str
    service: str
    line: str


class Sides(NamedTuple):
    """The two directories, how they are called, and to what their rows belong."""

    names: tuple[str, str]
    datasets: tuple[Dataset, Dataset]
    belonging: tuple[Belonging, Belonging]


def between(names: tuple[str, str], one: Dataset, other: Dataset) -> Iterator[Difference]:
    """Yield every difference: fields of rows that both have, and rows that only one has."""
    sides = Sides(names, (one, other), (Belonging(one), Belonging(other)))
    for name in dict.fromkeys(table.name for each in (one, other) for table in each.in_order()):
        yield from _of_table(sides, name)


def shared(one: Dataset, other: Dataset) -> dict[str, tuple[str, str]]:
    """Return the ids of the services that both have, with the date of the last check in each."""
    dates = [
        {row["id"]: row["assured_date"] for row in each.rows("services")} for each in (one, other)
    ]
    return {id_: (date, dates[1][id_]) for id_, date in dates[0].items() if id_ in dates[1]}


def newest(names: tuple[str, str], checked: tuple[str, str]) -> str:
    """Return in words which side checked a service last, and when."""
    if not any(checked):
        return "never checked"
    if checked[0] == checked[1]:
        return f"last checked {checked[0]} in both"
    last = max(checked)
    return f"last checked {last} in {names[checked.index(last)]}"


def _of_table(sides: Sides, name: str) -> Iterator[Difference]:
    rows = [_by_id(dataset.tables.get(name)) for dataset in sides.datasets]
    for key in dict.fromkeys((*rows[0], *rows[1])):
        pair = (rows[0].get(key), rows[1].get(key))
        if pair[0] and pair[1]:
            yield from _of_fields(sides, name, pair[0], pair[1])
        else:
            side = 0 if pair[0] else 1
            row = rows[side][key]
            line = f"{_shown(row)}only in {sides.names[side]}"
            yield _told(sides.belonging[side], name, row, line)


def _of_fields(sides: Sides, name: str, one: Row, other: Row) -> Iterator[Difference]:
    for field in dict.fromkeys((*one.values, *other.values)):
        if one[field] != other[field]:
            cells = _apart(one[field], other[field])
            line = f"{field}: {_cell(cells[0])} -> {_cell(cells[1])}"
            yield _told(sides.belonging[0], name, one, line)


def _told(belonging: Belonging, table: str, row: Row, line: str) -> Difference:
    service = belonging.service(table, row)
    parts = (f"{table}.csv", belonging.name(table, row), belonging.label(table, row), line)
    text = ": ".join(dict.fromkeys(part for part in parts if part))
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return Difference(table, service["id"] if service else "", printable)


def _by_id(table: Table | None) -> dict[tuple[str, ...], Row]:
    """Return rows by id; those of tables without ids by all that they hold."""
    rows: Iterable[Row] = table.rows if table else ()
    return {
        (row["id"],) if row["id"] else tuple(sorted(f"{k}={v}" for k, v in row.values.items())): row
        for row in rows
    }


def _shown(row: Row) -> str:
    told = [text for name, text in row.values.items() if name not in UNTOLD and name[-3:] != "_id"]
    return f"{quoted(', '.join(told))} " if told else ""


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two texts, long ones only from shortly before the place where they part."""
    parted = (place for place, (a, b) in enumerate(zip(one, other)) if a != b)
    begin = max(0, next(parted, min(len(one), len(other))) - BEFORE)
    if begin == 0 or max(len(one), len(other)) <= SHOWN:
        return one, other
    return f"...{one[begin:]}", f"...{other[begin:]}"


def _cell(text: str) -> str:
    return quoted(text) if text else EMPTY
