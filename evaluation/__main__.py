"""`make evaluate`: measures the understanding of the trained model; reports/understanding/.

It asks the messages of tests/nlu, which nobody who wrote training messages has seen; with
MESSAGES=FOLDER those of another folder (see messages.of_folder).
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot import model_file
from bot.nlu import logs
from evaluation import guesses, messages, report, swaps


def main() -> None:
    """Measure, write the report and print its summary."""
    logs.configure("ERROR")
    given = " ".join(sys.argv[1:])
    folder = Path(given) if given else messages.TEST
    model_file.ensure()
    pairs = guesses.of_model(model_file.MODEL, messages.of_folder(folder))
    swapped = guesses.of_model(model_file.MODEL, swaps.sentences())
    source = given or "tests/nlu, never learnt from"
    measured = report.Measured(source, pairs, swapped, swaps.changes(swapped))
    print(report.write(measured))
    print(f"More in {report.FOLDER.relative_to(Path.cwd())}.")


if __name__ == "__main__":
    main()
