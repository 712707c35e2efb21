"""Serves the dashboard on loopback: `python -m bot.dashboard`."""

from __future__ import annotations

import sys

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from bot import memory, settings
from bot.dashboard import app
from bot.dashboard.sessions import Cookies
from bot.dashboard.site import Site, prepare
from bot.database.engine import engine
from bot.directory import pack
from bot.directory.pack import PackError
from bot.lifetime import end_with_parent
from bot.privacy import logs
from bot.settings import Settings, SettingsError

HOST = "127.0.0.1"


def site_of(given: Settings) -> Site:
    """Return the dashboard that the settings describe, its tables made."""
    reached = engine(given.releases_url)
    prepare(reached)
    return Site(reached, pack.load(given.city), given, Cookies(given.dashboard_secret))


def main() -> int:
    """Serve until told to stop; return the exit code."""
    try:
        given = settings.read()
        site = site_of(given)
    except (SettingsError, PackError) as error:
        return _fail(str(error))
    except SQLAlchemyError:
        return _fail("The releases cannot be reached. Check RELEASES_URL and the database.")
    logs.configure(given.log_level)
    end_with_parent()
    memory.settle()
    # No log of who asked for what: addresses of people belong in no file.
    uvicorn.run(
        app.build(site),
        host=HOST,
        port=given.dashboard_port,
        access_log=False,
        # There are none; the versions of their library that Rasa allows cannot be loaded.
        ws="none",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    return 0


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
