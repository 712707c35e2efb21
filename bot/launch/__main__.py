"""`make run`: trains if need be, starts Rasa, actions, gateway and dashboard, ends them all.

Everything listens on loopback only. A server that dies while people write is started again;
until it is back, the gateway answers by itself.
"""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial

from bot.launch.beforehand import check_redis, ensure_model, look_ahead
from bot.launch.gateway import Gateway
from bot.launch.lifecycle import (
    GATEWAY_EXPLAINS_ITSELF,
    LOOK_EVERY_SECONDS,
    beside,
    look_at,
    revive,
    run,
    running,
)
from bot.launch.server import Server, check_port, dashboard_of, say, servers_of
from bot.settings import Settings
from bot.weekly import WeeklyNumbers


def launch(given: Settings) -> int:
    """Run everything until the conversation ends; return the gateway's exit code."""
    check_redis(given.redis_url)
    servers = servers_of(given)
    for server in servers:
        check_port(server)
    ensure_model()
    gateway = Gateway()
    try:
        with running(servers, partial(_prepare, given, gateway)):
            try:
                gateway.begin()
                with beside(dashboard_of(given)) as companion:
                    return _watch(servers, gateway.process, companion)
            finally:
                # Before the servers: it still answers what is under way.
                gateway.stop()
    finally:
        gateway.stop()


def _prepare(given: Settings, gateway: Gateway) -> None:
    """Look through the pack, and make the gateway ready, while the Rasa server is starting."""
    look_ahead(given)
    gateway.prepare()


def _watch(
    servers: list[Server], gateway: subprocess.Popen[bytes], companion: Server | None
) -> int:
    """Wait for the gateway's end; start again what ends before it."""
    numbers = WeeklyNumbers()
    while gateway.poll() is None:
        numbers.look()
        if companion:
            look_at(companion)
        for server in servers:
            code = server.has_ended()
            if code is not None:
                revive(server, code)
        time.sleep(LOOK_EVERY_SECONDS)
    if gateway.returncode not in GATEWAY_EXPLAINS_ITSELF:
        say(f"The gateway ended unexpectedly (exit code {gateway.returncode}). Start again.")
    return int(gateway.returncode != 0)


def main() -> int:
    """Launch what talks in the terminal or on Telegram."""
    return run(launch)


if __name__ == "__main__":
    sys.exit(main())
