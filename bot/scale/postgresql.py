"""Runs a PostgreSQL of this machine: `python -m bot.scale.postgresql FOLDER FILE`.

It is the one of the wheel `pgserver`: its data are in FOLDER, it listens on a socket file only,
and its address is written into FILE when it is ready. It is started again when it dies.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

from bot.lifetime import end_with_parent

LOOK_EVERY_SECONDS = 1.0


def serve(folder: Path, file: Path) -> None:
    """Keep the server running until told to stop."""
    import pgserver

    folder.mkdir(parents=True, exist_ok=True)
    server = pgserver.get_server(folder, cleanup_mode="stop")
    file.write_text(server.get_uri(), encoding="utf-8")
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        server.ensure_postgres_running()


def _end(number: int, frame: object) -> None:
    # In order: the package stops the server at exit.
    sys.exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    end_with_parent()
    serve(Path(sys.argv[1]), Path(sys.argv[2]))
