"""What is done before anything is started: training, a look at the city's pack, its tables.

It is done in processes of its own: what it needs goes with it, and the launcher stays small.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from bot.launch.server import LaunchError, say
from bot.lifetime import bound_to_parent
from bot.settings import Settings


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


def _beside_us(work: Callable[[], int]) -> int:
    """Return the id of a process that does some work: what it needs for that goes with it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            # Whoever ends it, or is gone, ends what it has started, too.
            bound_to_parent()
            signal.signal(signal.SIGTERM, signal.default_int_handler)
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
