"""The JSON form: complete services in one page, as HSDS's API gives them, read and written."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.directory.hsds import remainder
from bot.directory.hsds.nested import Nest
from bot.directory.hsds.records import Dataset, Fault, HsdsError
from bot.directory.hsds.unnested import Rows

Json = dict[str, Any]
MOST_BYTES = 1024**3


def write(dataset: Dataset) -> str:
    """Return a checked dataset as one page of services: the same dataset gives the same text.

    Each service stands on a line of its own. What services have no place for stands in the
    member `x_rightdoor`; it is what reading the services alone would not bring back.
    """
    services = list(Nest(dataset).services())
    shown = Rows("")
    for number, service in enumerate(services):
        shown.take(service, "service", f"/contents/{number}")
    rest = remainder.beyond(dataset, shown.finish())
    lines = ",\n".join(map(_line, services))
    page = {"total_items": len(services), "total_pages": 1, "page_number": 1}
    page |= {"size": len(services), "first_page": True, "last_page": True, "empty": not services}
    more = f',\n"{remainder.MEMBER}": {_line(rest)}' if rest else ""
    return f'{_line(page)[:-1]}, "contents": [\n{lines}\n]{more}}}\n'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read(path: Path) -> tuple[Dataset, list[Fault]]:
    """Return the rows of a JSON file and the faults that reading it shows.

    It may hold one service, organization or service at location, a list of them, a page with
    `contents`, or one object on each line.
    """
    rows, rest = Rows(path.name), []
    try:
        for pointer, value in _documents(path):
            for place, item in _items(value, pointer):
                rows.take(item, _root(item), place)
            if isinstance(value, dict) and remainder.MEMBER in value and "contents" in value:
                rest.append(value[remainder.MEMBER])
    except RecursionError:
        raise HsdsError([Fault(path.name, "file", "is nested too deep", "HSDS objects")]) from None
    dataset = rows.finish()
    faults = rows.faults
    for kept in rest:
        faults += remainder.add(dataset, kept, path.name)
    return dataset, faults


def _documents(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the one JSON value of the file, or that of each line."""
    text = _text(path)
    try:
        yield "", _parsed(text)
        return
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" or not text.lstrip().startswith("{"):
            raise HsdsError([_broken(path, error.lineno, error)]) from None
    except ValueError as error:
        raise HsdsError([_broken(path, 1, error)]) from None
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if line.strip():
                yield f"{number}:", _parsed(line)
        except ValueError as error:
            raise HsdsError([_broken(path, number, error)]) from None


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise HsdsError([Fault(path.name, "file", "is too large", f"{MOST_BYTES} bytes")])
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HsdsError([Fault(path.name, "file", "is not in UTF-8", "JSON in UTF-8")]) from None


def _parsed(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_object, parse_constant=_no_number, parse_float=_number
    )


def _number(text: str) -> float:
    return float(text) if abs(float(text)) < math.inf else _no_number(text)


def _object(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a member stands twice in one object")
    return made


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _broken(path: Path, line: int, error: ValueError) -> Fault:
    reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return Fault(f"{path.name}:{line}", "file", f"is no JSON ({reason})", "JSON in UTF-8")


def _items(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("contents"), list):
        value, pointer = value["contents"], f"{pointer}/contents"
    if isinstance(value, list):
        yield from ((f"{pointer}/{number}", item) for number, item in enumerate(value))
    else:
        yield pointer, value


def _root(item: Any) -> str:
    """Tell what an object is: only services have a status, and only joins a location."""
    if not isinstance(item, dict) or "status" in item:
        return "service"
    if {"location", "location_id"} & item.keys():
        return "service_at_location"
    of_a_service = {"organization", "organization_id", "service_at_locations"}
    return "service" if of_a_service & item.keys() else "organization"
