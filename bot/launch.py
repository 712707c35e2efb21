"""`make run`: trains if need be, starts Rasa, actions, gateway and dashboard, ends them all.

Everything listens on loopback only. A server that dies while people write is started again;
until it is back, the gateway answers by itself.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from bot import settings
from bot.settings import ROOT, Settings
from bot.weekly import WeeklyNumbers

READY_WITHIN_SECONDS = 180
STOP_WITHIN_SECONDS = 10
LOOK_EVERY_SECONDS = 0.2
# While nobody can talk yet, a short look is worth its while.
LOOK_AT_START_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 60.0
CALM_SECONDS = 600.0

# 0: the input ended or it was told to stop; 1: it has said why.
GATEWAY_EXPLAINS_ITSELF = (0, 1)

# Sanic asks distutils for one function; setuptools would bring 5 MB to answer in its place.
LEAN = {"SETUPTOOLS_USE_DISTUTILS": "stdlib"}


class LaunchError(RuntimeError):
    """Right Door cannot start or go on; the text says what is wrong and what to do."""


@dataclass
class Server:
    """A server: how it is called, started and asked whether it is ready.

    `changed` are the settings in which its environment differs from ours.
    """

    name: str
    module: str
    port: int
    setting: str
    health: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restarts: int = 0
    is_announced: bool = False
    meanwhile: str = "until it is ready, people get the fixed reply with the emergency numbers."
    arguments: tuple[str, ...] = ()
    changed: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the process, out of reach of the terminal's Ctrl-C: it is ended in order."""
        self.started_at = time.monotonic()
        command = [sys.executable, "-W", "ignore", "-m", self.module, *self.arguments]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **LEAN, **self.changed},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def is_ready(self) -> bool:
        """Tell whether the server answers."""
        # By hand: a library for HTTP would keep 8 MB in a process that only looks on.
        request = f"GET {self.health} HTTP/1.0\r\nHost: 127.0.0.1:{self.port}\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as asked:
                asked.sendall(request.encode())
                return asked.makefile("rb").readline().split()[1:2] == [b"200"]
        except OSError:
            return False

    def has_ended(self) -> int | None:
        """Return the exit code of the process, or None while it lives."""
        return self.process.poll() if self.process else None


class Gateway:
    """The gateway's process: made ready beside the servers, it begins to talk when they are."""

    def __init__(self) -> None:
        self._go: int | None = None

    def prepare(self) -> None:
        """Start the process, which waits for `begin`."""
        waits, self._go = os.pipe()
        command = [sys.executable, "-W", "ignore", "-m", "bot.gateway", str(waits)]
        # A Ctrl-C of the terminal reaches it too: until it talks, it is ended by us.
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            pass_fds=(waits,),
            preexec_fn=_ignore_ctrl_c,  # noqa: PLW1509 (no threads here)
        )
        os.close(waits)

    def begin(self) -> None:
        """Let it talk; one that has ended has said why."""
        if self._go is not None:
            with suppress(BrokenPipeError):
                os.write(self._go, b"\n")

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._go is not None:
            stop(self.process)
            os.close(self._go)
            self._go = None


def _ignore_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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


def _beside_us(work: Callable[[], int]) -> int:
    """Return the id of a process that does some work: what it needs for that goes with it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = work()
        except Exception as error:  # its own text could quote the address of a database
            place = traceback.extract_tb(error.__traceback__)[-1]
            say(f"{type(error).__name__} in {place.filename}, line {place.lineno}")
        finally:
            os._exit(code)
    return child


def _ended_with(child: int) -> int:
    """Return the exit code of a process, once it has ended; it does not outlive us."""
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except KeyboardInterrupt:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        raise


def ensure_model() -> None:
    """Have the model trained where its data is newer; raise LaunchError when that fails."""
    if _ended_with(_beside_us(_train_if_need_be)):
        raise LaunchError("Without a model nothing can be started. The lines above say why.")


def _train_if_need_be() -> int:
    from bot import model_file

    try:
        model_file.ensure()
    except model_file.TrainingError as error:
        say(f"The model could not be trained. Rasa said:\n{error}")
        return 1
    return 0


def look_ahead(given: Settings, histories: Sequence[str] = ("raw", "released")) -> None:
    """Name every fault of the city's pack at once; raise LaunchError when it cannot be served.

    Tables get the form of this version, so that no server needs the memory which that takes.
    """
    if _ended_with(_beside_us(partial(_tell_faults, given, histories))):
        raise LaunchError("The city cannot be served. The lines above say why.")


def _tell_faults(given: Settings, histories: Sequence[str]) -> int:
    from bot.directory import pack
    from bot.rumours import library

    _prepare_tables(given, histories)
    try:
        faults = library.of(pack.load(given.city)).faults
    except pack.PackError as error:
        say(str(error))
        return 1
    for fault in faults:
        say(f"This rumour is not shown: {fault}")
    return 0


def _prepare_tables(given: Settings, histories: Sequence[str]) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from bot.database import engine, prepared

    urls = {"raw": given.database_url, "released": given.releases_url}
    for history in histories:
        # A database that is away is no reason not to answer: who needs it says so.
        with suppress(SQLAlchemyError):
            reached = engine.engine(urls[history])
            prepared.prepare(reached, history)
            reached.dispose()


def check_redis(url: str) -> None:
    """Raise LaunchError when there is a Redis that cannot be used, or that writes to a disk."""
    if not url:
        return
    # Only here: whoever has no Redis need not load its client.
    from bot.privacy import shared

    try:
        shared.check(url)
    except shared.SharedMemoryError as error:
        raise LaunchError(str(error)) from None


def servers_of(given: Settings) -> list[Server]:
    """Return the two servers that the settings describe, not yet started."""
    return [
        Server("Rasa server", "bot.nlu.serve", given.rasa_port, "RASA_PORT", "/"),
        Server("action server", "actions", given.actions_port, "ACTIONS_PORT", "/health"),
    ]


def dashboard_of(given: Settings) -> Server:
    """Return the server of the dashboard, not yet started."""
    place = given.dashboard_port, "DASHBOARD_PORT", "/health"
    return Server("dashboard", "bot.dashboard", *place, meanwhile="all else goes on.")


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


@contextmanager
def running(servers: list[Server], meanwhile: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Start the servers and wait until they answer; end them at the end, however it comes.

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
        for server in servers:
            stop(server.process)


def check_port(server: Server) -> None:
    """Raise LaunchError when a server's port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", server.port))
        except OSError:
            raise LaunchError(
                f"Port {server.port} of the {server.name} is taken. End the program that uses it,"
                f" or set {server.setting} to a free port."
            ) from None


def wait_until_ready(servers: list[Server]) -> None:
    """Return when all servers answer; raise LaunchError when one ends, or takes too long."""
    begin = time.monotonic()
    while not all(server.is_ready() for server in servers):
        for server in servers:
            if server.has_ended() is not None:
                raise LaunchError(
                    f"The {server.name} ended while starting (exit code {server.has_ended()})."
                    " Its last lines above say why."
                )
        if time.monotonic() - begin > READY_WITHIN_SECONDS:
            raise LaunchError(f"The servers were not ready within {READY_WITHIN_SECONDS} seconds.")
        time.sleep(LOOK_AT_START_SECONDS)


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
    pause = min(2.0**server.restarts - 1, LONGEST_PAUSE_SECONDS)
    if alive < pause:
        return
    if server.restarts == 0 or pause == LONGEST_PAUSE_SECONDS:
        say(f"The {server.name} ended (exit code {code}). It is started again; {server.meanwhile}")
    server.restarts += 1
    server.start()


def stop(process: subprocess.Popen[bytes] | None) -> None:
    """Ask a process to end, and end it when it does not."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def say(sentence: str) -> None:
    """Tell whoever started us, at once."""
    print(sentence, file=sys.stderr, flush=True)


def _end(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Launch what talks in the terminal or on Telegram."""
    return run(launch)


def run(launching: Callable[[Settings], int]) -> int:
    """Launch, and turn every expected trouble into one clear sentence."""
    signal.signal(signal.SIGTERM, _end)
    try:
        return launching(settings.read())
    except KeyboardInterrupt:
        return 0
    except (LaunchError, settings.SettingsError) as error:
        say(str(error))
    return 1


if __name__ == "__main__":
    sys.exit(main())
