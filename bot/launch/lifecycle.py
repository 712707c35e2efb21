"""From the start to the end: what runs together, is started again when it dies, and is ended."""

from __future__ import annotations

import itertools
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot import settings
from bot.launch.server import LaunchError, Server, check_port, say, stop, wait_until_ready
from bot.settings import Settings

LOOK_EVERY_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 60.0
# With so many the longest pause is reached, whatever it is told to be.
MOST_DOUBLINGS = 10
CALM_SECONDS = 600.0

# 0: the input ended or it was told to stop; 1: it has said why.
GATEWAY_EXPLAINS_ITSELF = (0, 1)


def run(launching: Callable[[Settings], int]) -> int:
    """Launch, and turn every expected trouble into one clear sentence."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # A closed terminal ends us in order, too, unless somebody has asked to stay (nohup).
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        return launching(settings.read())
    except KeyboardInterrupt:
        return 0
    except (LaunchError, settings.SettingsError) as error:
        say(str(error))
    return 1


@contextmanager
def running(servers: list[Server], meanwhile: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Start the servers and wait until they answer; end them at the end, however it comes.

    They end in their order; neighbours of the same kind at once.
    `meanwhile` is done when the first, the slowest, has been started.
    """
    try:
        say("Starting the servers ...")
        for server in servers[:1]:
            server.start()
        meanwhile()
        for server in servers[1:]:
            server.start()
        begin = time.monotonic()
        wait_until_ready(servers)
        say(f"Ready after {time.monotonic() - begin:.0f} s.")
        yield
    finally:
        for _, alike in itertools.groupby(servers, key=lambda server: server.module):
            stop(*(server.process for server in alike))


@contextmanager
def beside(server: Server) -> Iterator[Server | None]:
    """Start a server that the conversation does not need: its troubles are told, and no more."""
    try:
        check_port(server)
    except LaunchError as error:
        say(f"{error} Until then there is no {server.name}.")
        yield None
        return
    try:
        server.start()
        yield server
    finally:
        stop(server.process)


def look_at(companion: Server) -> None:
    """Tell once where a companion is; start it again when it has ended."""
    code = companion.has_ended()
    if code is not None:
        revive(companion, code)
    elif not companion.is_announced and companion.is_ready():
        say(f"The {companion.name} is at http://127.0.0.1:{companion.port}")
        companion.is_announced = True


def revive(server: Server, code: int) -> None:
    """Start a server again, at once the first time, then with growing pauses.

    The gateway lives on meanwhile: it has the emergency numbers also without any server.
    """
    alive = time.monotonic() - server.started_at
    server.restarts = 0 if alive > CALM_SECONDS else server.restarts
    pause = min(2.0 ** min(server.restarts, MOST_DOUBLINGS) - 1, LONGEST_PAUSE_SECONDS)
    if alive < pause:
        return
    if server.restarts == 0 or pause == LONGEST_PAUSE_SECONDS:
        say(f"The {server.name} ended (exit code {code}). It is started again; {server.meanwhile}")
    server.restarts += 1
    server.start()
