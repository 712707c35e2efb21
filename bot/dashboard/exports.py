"""Numbers as files: tables for a spreadsheet, and the open-data package."""

from __future__ import annotations

import csv
import datetime
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.dashboard.figures import Bar, Point
from bot.directory.model import City
from bot.signals import package
from bot.signals.reading import Release
from bot.words import dashboard_files as texts
from bot.words.catalogue import END_OF_ISOLATE, ISOLATE, words
from bot.words.marks import Text

# Excel takes a file for UTF-8 only with this mark.
MARK = "\ufeff"
# What spreadsheets take for a formula at the beginning of a cell (OWASP, CSV injection), wide
# forms of the signs included.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HARMLESS = "'"
_BARE = str.maketrans("", "", ISOLATE + END_OF_ISOLATE)

Value = str | int | float | datetime.date | None


def weeks(points: Sequence[Point], language: str, *, invented: bool) -> bytes:
    """Return weeks as a table: week, first day, number, interval, note."""
    heads = (texts.WEEK, texts.FIRST_DAY, texts.NUMBER, texts.LOW, texts.HIGH)
    rows = [(_week(at.day), at.day, at.value, at.low, at.high) for at in points]
    return _with_notes(heads, rows, language, invented)


def bars(rows: Sequence[Bar], language: str, *, invented: bool) -> bytes:
    """Return named numbers as a table: what, number, interval, note."""
    heads = (texts.WHAT, texts.NUMBER, texts.LOW, texts.HIGH)
    return _with_notes(heads, rows, language, invented)


def table(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a table as CSV (RFC 4180) in UTF-8 with a mark; dates as in ISO 8601, None empty.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (MARK + text.getvalue()).encode()


def open_data(engine: Engine, city: City, releases: Sequence[Release], licence: str) -> bytes:
    """Return releases as a Frictionless data package, a zip (bot/signals/package.py)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        package.write(path, engine, city, releases, licence)
        return path.read_bytes()


def _with_notes(
    heads: Sequence[Text], rows: Iterable[tuple[Value, ...]], language: str, invented: bool
) -> bytes:
    def told(text: Text) -> str:
        return words(language).say(text).translate(_BARE)

    columns = [told(head) for head in (*heads, texts.NOTE)]
    number = heads.index(texts.NUMBER)
    about_all = [texts.INVENTED_NOTE] if invented else []
    noted = [
        (
            *row,
            " ".join(
                map(told, [*about_all, *([texts.HIDDEN_NOTE] if row[number] is None else [])])
            ),
        )
        for row in rows
    ]
    return table(columns, noted)


def _week(day: datetime.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        plain = value.replace("\x00", "")
        return HARMLESS + plain if plain.lstrip(" ").startswith(FORMULA_SIGNS) else plain
    return value
