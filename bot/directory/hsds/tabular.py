"""The tabular form: a folder or zip of CSV files, read into a Dataset and written from one."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.directory.hsds import archive
from bot.directory.hsds.records import Dataset, Fault, HsdsError, Row, Table, quoted
from bot.directory.hsds.specification import table_called

MOST_LETTERS = 1_000_000  # in one cell
UTF_8 = "utf-8-sig"
LINE_END = b"\n"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
WRONG_CSV = {
    "unexpected end of data": "has a quote that is never closed",
    "field larger than field limit": "has a cell of more than 1 MB, or a quote never closed",
}
TO_QUOTE = re.compile(r'[",\r\n]')


@dataclass
class Sheet:
    """One CSV file: its header, and each line's number and cells. `whole`: read to its end."""

    columns: list[str] = field(default_factory=list)
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True


def files_of(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each CSV file of a folder or a zip, or of a single CSV file."""
    if archive.is_archive(source):
        yield from archive.read(source)
        return
    source.stat()  # raises when it is not there
    paths = sorted(source.iterdir()) if source.is_dir() else [source]
    for path in paths:
        if path.suffix.lower() == ".csv" and path.is_file() and not path.name.startswith("."):
            if path.stat().st_size > archive.MOST_BYTES:
                fault = Fault(path.name, "file", "is too large", f"{archive.MOST_BYTES} bytes")
                raise HsdsError([fault])
            yield path.name, path.read_bytes()


def read(source: Path) -> tuple[Dataset, list[Fault]]:
    """Return the tables of a folder or zip, and the faults that reading them shows."""
    dataset, faults = Dataset(), list[Fault]()
    for name, content in files_of(source):
        place = f"{source.resolve().name}/{name}"
        sheet = sheet_of(content, place)
        faults += sheet.faults
        faults += _take(dataset, place, sheet)
    if not dataset.tables.keys() - dataset.unknown():
        wrong = "holds no table of HSDS"
        faults.append(Fault(source.name, "file", wrong, "CSV files like services.csv"))
    return dataset, faults


def _take(dataset: Dataset, place: str, sheet: Sheet) -> Iterator[Fault]:
    stem = Path(place).stem
    known = table_called(stem)
    name = known.name if known else stem
    if name in dataset.tables:
        yield Fault(place, "file", f"is a second table of {name}", "one file for each table")
        return
    table = dataset.tables[name] = Table(name, [], file=place)
    if not sheet.whole:
        dataset.incomplete.add(name)
    for line, cells in sheet.lines:
        filled = {column: cell for column, cell in zip(sheet.columns, cells) if cell}
        table.rows.append(Row(place, line, filled))
    # Only now: the cells stand in the order of the file's own header.
    table.columns = list(sheet.columns)
    table.arrange()


def sheet_of(content: bytes, place: str, delimiter: str = ",", encoding: str = UTF_8) -> Sheet:
    """Return header and lines of a CSV file, and every fault of its form."""
    text, wrong = _decoded(content, place, encoding)
    if wrong:
        return Sheet(faults=[wrong], whole=False)
    sheet = Sheet()
    records = _records(text, place, delimiter, sheet)
    _, sheet.columns = next(records, (0, []))
    sheet.columns = [name.strip().lstrip("\ufeff") for name in sheet.columns]
    sheet.faults += _header_faults(sheet.columns, place, delimiter)
    for line, cells in records:
        if len(cells) != len(sheet.columns):
            wrong_length = f"has {len(cells)} cells"
            sheet.faults.append(
                Fault(f"{place}:{line}", "line", wrong_length, f"{len(sheet.columns)} as above")
            )
        elif cells == sheet.columns:
            sheet.faults.append(Fault(f"{place}:{line}", "line", "repeats the header", "a row"))
            continue
        sheet.lines.append((line, cells))
    return sheet


def _decoded(content: bytes, place: str, encoding: str) -> tuple[str, Fault | None]:
    begin = content[:200]
    if encoding == UTF_8 and (begin.startswith(UTF_16) or begin.count(0) > len(begin) // 4):
        return "", Fault(f"{place}:1", "file", "looks like UTF-16", "UTF-8: save it as UTF-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"{place}:{content.count(LINE_END, 0, error.start) + 1}"
        if encoding != UTF_8:
            return "", Fault(where, "file", f"is not in {encoding}", "its true encoding")
        cut_off = error.reason == "unexpected end of data"
        looks = "is cut off within a letter" if cut_off else "looks like Latin-1"
        return "", Fault(where, "file", looks, "UTF-8: save it as UTF-8")
    if "\0" in text:
        where = f"{place}:{text.count(chr(10), 0, text.index(chr(0))) + 1}"
        return "", Fault(where, "file", "holds a NUL", "a text")
    return text, None


def _records(
    text: str, place: str, delimiter: str, sheet: Sheet
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of its first line and the cells of each record, blank lines left out."""
    csv.field_size_limit(MOST_LETTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        reason = str(error).partition(" (")[0]
        wrong = WRONG_CSV.get(reason, f"has a quote or line end astray ({reason})")
        sheet.faults.append(Fault(f"{place}:{begins}", "line", wrong, "CSV with paired quotes"))
        sheet.whole = False


def _header_faults(columns: list[str], place: str, delimiter: str) -> Iterator[Fault]:
    where = f"{place}:1"
    if not columns:
        yield Fault(where, "file", "is empty", "a header with the names of the columns")
    if len(columns) == 1 and delimiter == "," and re.search(r"[;\t|]", columns[0]):
        yield Fault(where, "file", "is not parted by commas", "commas between the columns")
    counts = Counter(columns)
    for number, name in enumerate(columns, 1):
        if not name:
            yield Fault(where, f"column {number}", "has no name", "a name for each column")
    for name in counts:
        if name and counts[name] > 1:
            yield Fault(where, "column", f"{quoted(name)} stands twice", "each name once")


def write(dataset: Dataset) -> dict[str, bytes]:
    """Return the dataset's CSV files by name: the same dataset gives the same bytes."""
    return {f"{table.name}.csv": _table(table).encode() for table in dataset.in_order()}


def _table(table: Table) -> str:
    lines = [_csv_line(table.columns)]
    lines += [_csv_line(map(row.__getitem__, table.columns)) for row in table.rows]
    return "".join(lines)


def _csv_line(cells: Iterable[str]) -> str:
    line = ",".join(
        '"' + cell.replace('"', '""') + '"' if TO_QUOTE.search(cell) else cell for cell in cells
    )
    # A line without anything would be passed over.
    return f"{line}\n" if line else '""\n'
