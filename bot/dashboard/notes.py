"""Notes on events: what staff know that explains a change, such as "school year began"."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Engine

from bot.database.released import NOTE

LONGEST, MOST = 280, 1000


@dataclass(frozen=True)
class Note:
    """One note: the first day of what happened, and who wrote it."""

    id: int
    city: str
    first_day: datetime.date
    text: str
    written_by: str


def of_city(engine: Engine, city: str) -> list[Note]:
    """Return the notes of a city, the newest event first."""
    wanted = select(NOTE).where(NOTE.c.city == city).order_by(NOTE.c.first_day.desc(), NOTE.c.id)
    with engine.connect() as connection:
        return [Note(**row._mapping) for row in connection.execute(wanted)]


def is_full(engine: Engine, city: str) -> bool:
    """Tell whether a city has so many notes that one must go first."""
    wanted = select(func.count()).select_from(NOTE).where(NOTE.c.city == city)
    with engine.connect() as connection:
        return int(connection.execute(wanted).scalar() or 0) >= MOST


def plain(text: str) -> str:
    """Return a text on one line, without signs that are not seen or that turn the writing."""
    seen = (" " if unicodedata.category(char)[0] == "C" else char for char in text)
    return " ".join("".join(seen).split())


def add(engine: Engine, city: str, first_day: datetime.date, text: str, name: str) -> None:
    """Keep a note; `text` is plain and fits."""
    values = {"city": city, "first_day": first_day, "text": text, "written_by": name}
    with engine.begin() as connection:
        connection.execute(insert(NOTE).values(values))


def remove(engine: Engine, city: str, id_: int) -> None:
    """Take a note away; nothing happens when it is gone already."""
    with engine.begin() as connection:
        connection.execute(delete(NOTE).where(NOTE.c.city == city, NOTE.c.id == id_))
