"""Logging that cannot hold a person's words, whatever a library logs and at whatever level.

Our own records are written so that they hold none. Of every other library's record only the
place, the level and the kind of exception are shown: its text could quote a message, a name, or
an address with the bot token in it.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

OURS = ("bot", "actions")
FORM = "%(asctime)s %(levelname)s %(message)s"


def configure(level: str) -> None:
    """Send log records from `level` on to standard error, foreign ones without their text."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter(FORM))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Libraries log below this level all the time, and nothing of it could be shown anyway.
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    sys.excepthook = _report_crash
    threading.excepthook = lambda crash: _report_crash(
        crash.exc_type, crash.exc_value, crash.exc_traceback
    )


class WordlessFormatter(logging.Formatter):
    """Formats a foreign record as its place, and an exception as its kind, without any text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for a record."""
        shown = logging.makeLogRecord(record.__dict__)
        if record.name.split(".")[0] not in OURS:
            shown.msg, shown.args = _place(record), None
        elif record.exc_info:
            shown.msg, shown.args = f"{record.getMessage()} ({_kind(record)})", None
        shown.exc_info = shown.exc_text = shown.stack_info = None
        return super().format(shown)


def _place(record: logging.LogRecord) -> str:
    kind = f" {_kind(record)}" if record.exc_info else ""
    return f"{record.name} in {record.module}, line {record.lineno}{kind} (text withheld)"


def _kind(record: logging.LogRecord) -> str:
    if isinstance(record.exc_info, tuple) and record.exc_info[0]:
        return record.exc_info[0].__name__
    return "no exception"


def _report_crash(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    """Report an uncaught exception by its kind and its places; its text could quote a message."""
    if issubclass(kind, KeyboardInterrupt):
        return
    places = []
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    print(f"{kind.__name__} at {', '.join(places[-3:])}", file=sys.stderr)
