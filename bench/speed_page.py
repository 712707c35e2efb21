"""docs/speed.md: the tables between its two marks, the picture, the figures behind both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from bench import results, tables
from bot.settings import ROOT

PAGE = ROOT / "docs" / "speed.md"
FIGURES = ROOT / "docs" / "speed.json"
PICTURE = ROOT / "docs" / "pictures" / "speed.png"
IMAGE = (
    "![Four charts. Median of a turn by number of chats, and turns a second: Rasa's default "
    "configuration, Right Door through Rasa, over Telegram, and an echo. Memory of all "
    "processes at several moments, beside the bar. Median of a turn by turn of one "
    "conversation.](pictures/speed.png)\n\n"
)
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"
FULL = "full"


def filled(page: str, found: dict[str, Any]) -> str:
    """Return the page with these figures between the marks; raise ValueError without marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"docs/speed.md: a mark is missing; needed: {BEGIN} and {END}")
    # It is drawn when all the parts that it shows have been measured.
    image = IMAGE if PICTURE.exists() else ""
    return f"{before}{BEGIN}\n\n{image}{tables.page(found)}\n{END}{after}"


def whole(found: dict[str, Any]) -> dict[str, Any]:
    """Return the figures without parts of small runs: nobody is to read those as ours."""
    parts = {name: part for name, part in found["parts"].items() if part["size"] == FULL}
    return {"parts": parts}


def write(found: dict[str, Any], file: Path = results.FILE) -> None:
    """Draw the picture beside the results; bring figures of whole runs into the docs."""
    # The library that draws says much when it is loaded, and takes a second.
    from bench import picture

    drawn = file.with_name("speed.png")
    is_drawn = picture.draw(found, drawn)
    shown = whole(found)
    if not shown["parts"]:
        return
    FIGURES.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")
    if is_drawn and shown["parts"].keys() >= set(picture.NEEDED):
        shutil.copy(drawn, PICTURE)
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), shown), encoding="utf-8")
