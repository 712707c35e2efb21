"""Datasets for the tests of HSDS: small ones on file, and made ones with every table."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable
from pathlib import Path

from bot.directory.hsds import specification as hsds
from bot.directory.hsds.records import Dataset, Row, Table

EXAMPLES = Path(__file__).parent / "hsds"
PARENTS = ("parent_organization_id", "parent_id")
# A text for each kind of value but plain text, and for fields that must go together.
FITTING = {
    "email": ["desk@example.org"],
    "uri": ["https://example.org", "tel:+3220000000"],
    "number": ["0", "-1.50", "12", "1e3", "10.10"],
    "age": ["18"],
    "count": ["1", "2.0"],
    "offset": ["1", "-3.5"],
    "latitude": ["50.850", "-90"],
    "longitude": ["4.35", "180"],
    "date": ["2026-11-20"],
    "datetime": ["2026-11-20T09:30:00Z"],
    "time": ["09:30", "23:59:59+01:00"],
    "status": ["active", "temporarily closed"],
    "place": ["physical", "virtual"],
    "day": ["MO"],
    "frequency": ["MONTHLY"],
    "days": ["2MO,-1FR", "TU"],
    "weeks": ["-5,41"],
    "monthdays": ["-1,2"],
    "yeardays": ["366"],
    "language": ["nl", "ara"],
    "country": ["BE"],
    "currency": ["EUR", "gbp"],
}


class Maker:
    """Makes a faultless dataset out of chance: rows in any order, cells that are odd texts."""

    def __init__(self, seed: int, texts: Iterable[str], rows: int = 3) -> None:
        self._chance = random.Random(seed)
        self._texts = list(texts) or ["a text"]
        number = self._chance.randint
        self._ids = {
            table.entity: [self._uuid() for _ in range(number(1, rows))] for table in hsds.ALL
        }

    def dataset(self) -> Dataset:
        made = Dataset({table.name: self._table(table) for table in hsds.ALL})
        columns = ["text", "link_id", "x y"]
        rows = [
            Row("odd.csv", line, {name: self._text() for name in columns if self._often()})
            for line in range(self._chance.randint(0, 3))
        ]
        made.tables["odd"] = Table("odd", columns, rows)
        for table in made.tables.values():
            table.arrange()
        return made

    def _table(self, table: hsds.Table) -> Table:
        odd = self._chance.sample(["phones", "colour", "note, private", "ähnlich"], 2)
        rows = [self._row(table, id_, odd) for id_ in self._ids[table.entity]]
        self._chance.shuffle(rows)
        return Table(table.name, [*table.by_name, *odd], rows)

    def _row(self, table: hsds.Table, id_: str, odd: list[str]) -> Row:
        whole = self._often()
        row = {
            field.name: self._value(field, id_)
            for field in table.fields
            if field.required or (whole and field.name not in PARENTS)
        }
        for link, entity in hsds.LINKS.items():
            if link in row:
                row[entity] = self._chance.choice(list(self._ids))
                row[link] = self._chance.choice(self._ids[row[entity]])
        row |= {"code": id_} if "code" in table.by_name and table.entity != "language" else {}
        row |= {name: self._text() for name in odd if self._often()}
        return Row(f"{table.name}.csv", 2, {name: text for name, text in row.items() if text})

    def _value(self, field: hsds.Field, id_: str) -> str:
        if field.name == "id":
            return id_
        if field.refers_to:
            return self._chance.choice(self._ids[field.refers_to])
        if field.kind in FITTING:
            return self._chance.choice(FITTING[field.kind])
        return self._text()

    def _text(self) -> str:
        return self._chance.choice(self._texts)

    def _often(self) -> bool:
        return self._chance.random() < 0.7

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))


def write(folder: Path, **tables: str) -> Path:
    """Write CSV texts into a folder, by table name."""
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


ORGANIZATION = "10000000-0000-4000-8000-000000000001"
SERVICE = "20000000-0000-4000-8000-000000000001"
NOBODY = "99999999-0000-4000-8000-000000000009"
ORGANIZATIONS = f"id,name,description\n{ORGANIZATION},Open Hand,Helps\n"
SERVICES = f"id,organization_id,name,status\n{SERVICE},{ORGANIZATION},Papers,active\n"
