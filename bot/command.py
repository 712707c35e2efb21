"""`rightdoor`: the command line of Right Door."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bot.dashboard import command as dashboard
from bot.database import command as database
from bot.directory import command as directory
from bot.incident_desk import command as incident
from bot.posters import command as poster
from bot.rumours import command as rumours
from bot.signals import command as signals

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when all is well, 1 for faults. Wrong use exits with 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="rightdoor", description="Right Door's own commands.")
    parts = parser.add_subparsers(required=True, metavar="PART")
    for part in (directory, rumours, incident, poster, database, signals, dashboard):
        part.add_to(parts)
    chosen = parser.parse_args(arguments)
    try:
        code: int = chosen.run(chosen)
        if sys.stdout:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads on: the rest goes nowhere, also what is written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        # Files from anywhere may hold what nobody foresaw: a sentence, not a traceback.
        print(f"{type(error).__name__}: this cannot be done; allowed: other data", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
