"""A copy of a city pack that a test may change: tables as rows, saved when the pack is read."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from bot import settings
from bot.directory import pack
from bot.directory.model import Pack
from bot.directory.pack import PackError

Row = dict[str, str]


class PackCopy:
    def __init__(self, city: str, parent: Path) -> None:
        self.folder = Path(shutil.copytree(settings.CITIES / city, parent / city))
        self.tables = {path.stem: read(path) for path in self.folder.glob("*.csv")}
        self._saved = self._texts()
        self._codes = {term["id"]: term["code"] for term in self.tables["taxonomy_terms"]}

    def where(self, table: str, **wanted: str) -> list[Row]:
        rows = self.tables[table]
        return [row for row in rows if all(row[name] == text for name, text in wanted.items())]

    def facts(self, code: str) -> list[Row]:
        attributes = self.tables["attributes"]
        return [row for row in attributes if self._codes[row["taxonomy_term_id"]] == code]

    def line_of(self, table: str, row: Row) -> int:
        return self.tables[table].index(row) + 2

    def put(self, table: str, line: int, **values: str) -> None:
        self.tables[table][line - 2].update(values)

    def append(self, table: str, like: int, **values: str) -> None:
        self.tables[table].append({**self.tables[table][like - 2], **values})

    def drop(self, table: str, rows: list[Row]) -> None:
        assert rows
        self.tables[table] = [row for row in self.tables[table] if row not in rows]

    def rewrite_city(self, *changes: tuple[str, str]) -> None:
        path = self.folder / "city.yml"
        content = path.read_text(encoding="utf-8")
        for pattern, replacement in changes:
            content, found = re.subn(pattern, replacement, content)
            assert found == 1, pattern
        path.write_text(content, encoding="utf-8")

    def save(self) -> None:
        for name, text in self._texts().items():
            if text != self._saved[name]:
                write(self.folder / f"{name}.csv", self.tables[name])
        self._saved = self._texts()

    def pack(self) -> Pack:
        self.save()
        return pack.read(self.folder)

    def faults(self) -> list[str]:
        with pytest.raises(PackError) as raised:
            self.pack()
        return raised.value.faults

    def _texts(self) -> dict[str, str]:
        return {name: str(rows) for name, rows in self.tables.items()}


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
