"""No log at any level holds a person's words, whichever library logs and however it crashes."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.privacy.logs import FORM, WordlessFormatter
from bot.settings import ROOT

SECRET = "canary-Amina-0470123456"
LEVELS = [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL]
FOREIGN = ["rasa.core.agent", "telegram.ext", "httpx", "botocore", "actions_of_others"]


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WordlessFormatter(FORM))
    loggers = [logging.getLogger(name) for name in (*FOREIGN, "bot.gateway", "actions.turn")]
    before = [(logger, logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
    yield stream
    for logger, level, propagate in before:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate


def fail() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError(f"cannot parse {SECRET}") from error


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("level", LEVELS)
def test_of_a_foreign_record_only_the_place_and_the_level_are_shown(said, name, level):
    logging.getLogger(name).log(level, "update %s: {text}", SECRET, extra={"text": SECRET})
    logging.getLogger(name).log(level, SECRET, stack_info=True)
    logging.getLogger(name).log(level, "%d", SECRET)
    lines = said.getvalue().splitlines()
    assert len(lines) == 3
    for line in lines:
        assert SECRET not in line
        assert f"{logging.getLevelName(level)} {name} in test_privacy_logs, line " in line
        assert line.endswith("(text withheld)")


@pytest.mark.parametrize("name", [*FOREIGN, "bot.gateway", "actions.turn"])
@pytest.mark.parametrize("level", LEVELS)
def test_of_an_exception_only_the_kind_is_shown(said, name, level):
    try:
        fail()
    except ValueError:
        logging.getLogger(name).log(level, "It failed", exc_info=True)
    (line,) = said.getvalue().splitlines()
    assert "ValueError" in line
    assert SECRET not in line
    assert ("It failed" in line) is (name.split(".")[0] in ("bot", "actions"))


def test_our_own_records_are_shown_whole(said):
    logging.getLogger("bot.gateway").warning("Telegram cannot be reached: %s", "TimedOut")
    assert said.getvalue().endswith("WARNING Telegram cannot be reached: TimedOut\n")


def test_a_record_is_left_as_it_was_for_other_handlers(said):
    record = logging.makeLogRecord({"name": "httpx", "msg": "GET %s", "args": ("/",)})
    WordlessFormatter(FORM).format(record)
    assert (record.msg, record.args) == ("GET %s", ("/",))


PROGRAM = """
import asyncio, logging, threading, warnings
from bot.privacy import logs

secret = input()
early = logging.getLogger("library.early")
early.addHandler(logging.StreamHandler())
early.propagate = False
logs.configure({level!r})

def crash():
    raise ValueError(secret)

async def forget():
    async def fail():
        raise RuntimeError(secret)
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    del task

for level in (10, 20, 30, 40, 50):
    early.log(level, secret)
    logging.getLogger("library.late").log(level, "%s", secret)
    logging.log(level, secret)
warnings.warn(secret)
thread = threading.Thread(target=crash)
thread.start()
thread.join()
asyncio.run(forget())
logging.getLogger("bot.x").error("ours")
{end}
"""


def run(level: str, end: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(level=level, end=end)],
        cwd=ROOT,
        input=SECRET,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_a_whole_program_says_no_word_of_a_message_whatever_goes_wrong(level):
    done = run(level, "crash()")
    assert SECRET not in done.stderr + done.stdout
    assert done.stdout == ""
    assert done.returncode == 1
    assert "library.late in" in done.stderr
    assert done.stderr.count("ValueError at ") == 2, "a thread and the program itself"
    assert "asyncio in base_events" in done.stderr
    assert "ERROR ours" in done.stderr
    assert (" INFO " in done.stderr) is (level in ("DEBUG", "INFO"))


def test_ctrl_c_is_no_crash():
    done = run("ERROR", "raise KeyboardInterrupt")
    assert "KeyboardInterrupt" not in done.stderr
