"""What a page is made of, as plain data: sections with a picture, its summary and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One cell of a table. `is_hidden` brings the link that explains it.

    `spread` is how sure the number is; `is_number` aligns it; `language` is that of a name which is
    told in another language than the page's.
    """

    text: str = ""
    spread: str = ""
    is_number: bool = False
    is_hidden: bool = False
    link: str = ""
    language: str = ""


@dataclass(frozen=True)
class Table:
    """What it shows (`caption`), of whom and when (`scope`). Every row begins with its name."""

    caption: str
    scope: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Entry]]


@dataclass(frozen=True)
class Section:
    """A part of a page. `picture` is markup of charts.py, and `summary` the same in words."""

    title: str = ""
    lines: Sequence[str] = ()
    picture: str = ""
    summary: str = ""
    table: Table | None = None
    items: Sequence[str] = ()
    wide: bool = False


@dataclass(frozen=True)
class Choice:
    """A list to choose from: the parameter's name, its label, values with their texts."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Page:
    """A page to read. `invented` says that its numbers are those of a demonstration."""

    title: str
    lines: Sequence[str] = ()
    sections: Sequence[Section] = ()
    choices: Sequence[Choice] = ()
    files: Sequence[tuple[str, str]] = ()
    invented: bool = False
