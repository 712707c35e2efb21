"""The gateway without Telegram's limit of 30 messages a second: `python -m bench.unlimited`.

With the limit, no benchmark could see what the gateway itself is able to do. It replaces one
thing: the limiter of python-telegram-bot is made without a rate for all chats together. With
`launch` as its argument it is `make run`, whose gateway is this one.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any

GATEWAY = "bot.gateway"
HERE = "bench.unlimited"


def gateway() -> int:
    """Run the gateway; return the exit code."""
    from telegram.ext import AIORateLimiter

    _without_rate(AIORateLimiter)
    from bot.gateway.__main__ import main

    return main()


def _without_rate(limiter: Any) -> None:
    made = limiter.__init__

    def make(self: Any, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        self._base_limiter = None

    limiter.__init__ = make


def launch() -> int:
    """Run everything as `make run` does; return the exit code."""
    from bot.launch import main

    start = subprocess.Popen

    def swapped(command: list[str], *given: Any, **named: Any) -> Any:
        return start([HERE if word == GATEWAY else word for word in command], *given, **named)

    subprocess.Popen = swapped  # type: ignore[assignment,misc]
    return main()


if __name__ == "__main__":
    sys.exit(launch() if sys.argv[1:] == ["launch"] else gateway())
