"""Opens the two databases that a release goes between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.engine import Engine

from bot.database import migrate
from bot.database.engine import engine
from bot.settings import Settings


class Databases(NamedTuple):
    """The raw counters, and the releases that are made of them."""

    raw: Engine
    released: Engine


@contextmanager
def opened(settings: Settings) -> Iterator[Databases]:
    """Yield both databases with their tables made; close them afterwards."""
    both = Databases(engine(settings.database_url), engine(settings.releases_url))
    try:
        migrate.upgrade(both.raw, migrate.RAW)
        migrate.upgrade(both.released, migrate.RELEASED)
        yield both
    finally:
        for one in both:
            one.dispose()
