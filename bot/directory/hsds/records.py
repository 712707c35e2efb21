"""Rows of HSDS data as they were read, whatever the form they stood in, and their faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.directory.hsds.specification import ALL, BY_NAME

SHOWN = 80  # letters of a value that a fault shows


@dataclass(frozen=True)
class Fault:
    """Something wrong in the data: where, in which field, what, and what is allowed there."""

    place: str
    field: str
    wrong: str
    allowed: str

    def __str__(self) -> str:
        line = f"{self.place}: {self.field}: {self.wrong}; allowed: {self.allowed}"
        return "".join(letter if letter.isprintable() else "?" for letter in line)


def quoted(text: str) -> str:
    """Return a value for a fault: in quotes, on one line, and not longer than one can read."""
    return repr(text) if len(text) <= SHOWN else f"{text[:SHOWN]!r}..."


class HsdsError(ValueError):
    """Data or a mapping have faults; `faults` holds them all."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(slots=True)
class Row:
    """One row: its cells as text, empty ones left out, and where it was read.

    `spot` is the number of the line where the row begins, or a JSON pointer.
    """

    file: str
    spot: int | str
    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def place(self) -> str:
        """Return where the row stands: file and line, or file and JSON pointer."""
        return f"{self.file}:{self.spot}"

    def fault(self, name: str, wrong: str, allowed: str) -> Fault:
        """Return a fault of a field of this row."""
        return Fault(self.place, name, wrong, allowed)


@dataclass
class Table:
    """The rows of one table in the order read. `columns` are those of its header."""

    name: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    file: str = ""

    def arrange(self) -> None:
        """Put the specification's columns first, in its order; others stay as they were met."""
        if self.name in BY_NAME:
            places = {name: place for place, name in enumerate(BY_NAME[self.name].by_name)}
            self.columns.sort(key=lambda name: places.get(name, len(places)))


@dataclass
class Dataset:
    """A directory: tables by file name without .csv, unknown ones as well.

    `incomplete` names the tables that could not be read to their end.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table; none when it is not there."""
        return self.tables[name].rows if name in self.tables else []

    def in_order(self) -> Iterator[Table]:
        """Yield the tables in the specification's order, then unknown ones by name."""
        known = [table.name for table in ALL if table.name in self.tables]
        yield from (self.tables[name] for name in [*known, *sorted(self.unknown())])

    def unknown(self) -> set[str]:
        """Return the names of the tables that the specification does not have."""
        return self.tables.keys() - BY_NAME.keys()
