"""Writes releases as open data: a Frictionless tabular data package, one zip file.

Its CSV files are UTF-8 without a byte order mark: all that stands in them is ASCII (ids, numbers,
dates), and a mark would become part of the first column's name in most programs.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from bot import routes
from bot.directory.model import City
from bot.signals import reading
from bot.signals.reading import Cell, Release
from bot.signals.tables import TABLES, known_values
from bot.words.languages import SOURCE_LANGUAGE

DESCRIPTOR = "datapackage.json"
RELEASES, VALUES = "releases", "values"
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
METHOD = (
    "How often topics were asked for, by ISO week. Every number has random noise (discrete"
    " Laplace), so that one conversation of one day can hardly be told from the numbers: for"
    " all tables of a week together its privacy loss is at most the epsilon of that week. A"
    " number below the limit of its table after the noise (hide_below, 10 or more) is hidden:"
    " `value`, `low` and `high` are empty. Hidden does not mean zero. All others are rounded"
    " to 5. The true number lies from `low` to `high` in 9 of 10 cells, hidden ones among"
    " them, where it lies from 0 to the limit and the reach of the noise. Rows do not add up"
    " to totals: each has noise of its own."
)
FACTS = ("year", "week", "first_day")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Line = Mapping[str, object]


def write(
    path: Path, engine: Engine, city: City, releases: Sequence[Release], licence: str
) -> None:
    """Write these releases of a city into a zip file, the oldest first."""
    oldest_first = sorted(releases, key=lambda one: one.first_day)
    lines = {
        RELEASES: [_release_line(one) for one in oldest_first],
        VALUES: list(_values(city)),
        **{name: list(_table_lines(engine, name, oldest_first)) for name in TABLES},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        described = descriptor(city, oldest_first, licence)
        file.writestr(DESCRIPTOR, json.dumps(described, ensure_ascii=False, indent=1))
        for name, rows in lines.items():
            file.writestr(f"{name}.csv", csv_text(columns(name), rows))


def columns(name: str) -> tuple[str, ...]:
    """Return the columns of one file of a package."""
    if name == RELEASES:
        return (*FACTS, "made_on", "epsilon", "method", "version", "invented")
    if name == VALUES:
        return ("dimension", "value", "meaning")
    return (*FACTS, *TABLES[name], "value", "low", "high")


def descriptor(city: City, releases: Sequence[Release], licence: str) -> dict[str, Any]:
    """Return what datapackage.json says."""
    invented = "INVENTED FOR A DEMONSTRATION. " if any(one.invented for one in releases) else ""
    people = city.inhabitants
    return {
        "profile": "tabular-data-package",
        "name": f"rightdoor-signals-{city.id}".lower(),
        "title": f"{invented}What people ask for in {city.names[SOURCE_LANGUAGE]}",
        "description": METHOD,
        "licenses": [{"name": licence, "path": LICENCES[licence]}],
        "resources": [_resource(name) for name in (RELEASES, VALUES, *TABLES)],
        "rightdoor": {
            "city": city.id,
            "name": city.names[SOURCE_LANGUAGE],
            "inhabitants": dict(vars(people)) if people else None,
            "settings": {f"{one.year}-W{one.week:02d}": dict(one.settings) for one in releases},
        },
    }


def csv_text(names: Sequence[str], rows: Iterable[Line]) -> str:
    """Return rows as CSV (RFC 4180) that no spreadsheet takes for formulas; None is empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_safe(row[name]) for name in names] for row in rows)
    return text.getvalue()


def _safe(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
    return f"'{value}" if is_formula else value


def _release_line(one: Release) -> Line:
    invented = "true" if one.invented else "false"
    return {**vars(one), "version": one.settings["version"], "invented": invented}


def _table_lines(engine: Engine, name: str, releases: Sequence[Release]) -> Iterable[Line]:
    for one in releases:
        for cell in reading.table(engine, one.id, name):
            yield {**vars(one), **vars(cell), **_dimensions(name, cell)}


def _dimensions(name: str, cell: Cell) -> dict[str, str]:
    return dict(zip(TABLES[name], (cell.first, cell.second)))


def _values(city: City) -> Iterable[Line]:
    for dimension, values in known_values(city).items():
        for value in values:
            yield {"dimension": dimension, "value": value, "meaning": _meaning(city, value)}


def _meaning(city: City, value: str) -> str:
    if value in city.districts:
        return city.districts[value].name_in(SOURCE_LANGUAGE)
    return routes.get(value).meaning if value in routes.ids() else value.replace("_", " ")


def _resource(name: str) -> dict[str, Any]:
    keys = [column for column in columns(name) if column not in ("value", "low", "high")]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(name, column) for column in columns(name)],
            "missingValues": [""],
            "primaryKey": {RELEASES: list(FACTS[:2]), VALUES: ["dimension", "value"]}.get(
                name, keys
            ),
        },
    }


_KINDS = {
    **dict.fromkeys(("year", "week", "low", "high"), "integer"),
    **dict.fromkeys(("first_day", "made_on"), "date"),
    "epsilon": "number",
    "invented": "boolean",
}


def _field(name: str, column: str) -> dict[str, str]:
    counts = column == "value" and name != VALUES
    kind = "integer" if counts else _KINDS.get(column, "string")
    hidden = {"description": "Empty: hidden, which does not mean zero."} if counts else {}
    return {"name": column, "type": kind, **hidden}
