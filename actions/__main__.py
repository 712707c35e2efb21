"""Starts the action server on loopback: `python -m actions`."""

from __future__ import annotations

import os
import sys

from sanic import Sanic

from actions.turn import city_pack
from bot import memory, settings
from bot.answers import reading
from bot.directory.pack import PackError
from bot.followups import recogniser
from bot.followups.phrases import PhrasesError
from bot.lifetime import end_with_parent
from bot.privacy import logs
from bot.rumours import library


def serve() -> None:
    """Serve the actions until the process is told to stop."""
    given = settings.read()
    library.of(city_pack())
    recogniser.load()
    reading.warm_up(city_pack())
    os.environ["SANIC_HOST"] = "127.0.0.1"

    logs.configure(given.log_level)

    from rasa_sdk import endpoint

    # Once more: the import has brought loggers of its own.
    logs.configure(given.log_level)
    end_with_parent()
    app: Sanic = endpoint.create_app("actions", cors_origins=None)
    app.config.KEEP_ALIVE_TIMEOUT = settings.KEEP_ALIVE_SECONDS
    memory.settle()
    app.run("127.0.0.1", given.actions_port, access_log=False, motd=False)


if __name__ == "__main__":
    try:
        serve()
    except (settings.SettingsError, PackError, PhrasesError) as error:
        sys.exit(str(error))
