"""`make transcripts`: asks the running assistant, and writes down what it replies.

Without files, every journey of tests/journeys is written whole into reports/transcripts, for
reading. With files, the sentences of the replies are written anew into them, so that a writer
needs to write only what the person does; `--whole` writes the replies with all facts and buttons.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.journeys import local, reading, writing
from bench.journeys.form import Journey, Shown
from bench.journeys.walk import NoButtonError, walk
from bot import model_file
from bot.directory.pack import PackError
from bot.launch.server import LaunchError
from bot.settings import ROOT, SettingsError

JOURNEYS = ROOT / "tests" / "journeys"
READ_HERE = ROOT / "reports" / "transcripts"


def record(paths: Sequence[Path], into: Path | None, whole: bool) -> list[str]:
    """Write the replies into the files themselves, or into a folder; return what went wrong."""
    journeys = reading.read_all(paths)
    write = writing.whole if whole else writing.brief
    faults = []
    with local.house() as house:
        for path, journey in zip(paths, journeys):
            replies, fault = _replies(journey, house)
            faults += [f"{path.name}: {fault}"] if fault else []
            target = into / path.name if into else path
            # What a journey expected after a broken step is not lost.
            if into or not fault:
                target.write_text(write(journey, replies), encoding="utf-8")
    return faults


def _replies(journey: Journey, house: local.House) -> tuple[list[Shown], str]:
    replies: list[Shown] = []
    try:
        replies += (shown for _, shown in walk(journey, local.Visitor(house, journey.phone)))
    except NoButtonError as error:
        return replies, str(error)
    return replies, ""


def main() -> int:
    """Record the journeys that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(prog="make transcripts", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="journeys to write anew")
    parser.add_argument("--whole", action="store_true", help="write every line and button")
    asked = parser.parse_args()
    READ_HERE.mkdir(parents=True, exist_ok=True)
    paths = asked.files or sorted(JOURNEYS.glob("*.txt"))
    into = None if asked.files else READ_HERE
    try:
        faults = record(paths, into, asked.whole or not asked.files)
    except (reading.JourneyError, LaunchError, PackError, SettingsError) as error:
        faults = [str(error)]
    except model_file.TrainingError as error:
        faults = [f"The model could not be trained. Rasa said:\n{error}"]
    print("\n".join(faults) or f"{len(paths)} journeys are in {into or 'their files'}.")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
