"""`make pictures`: draws the recorded journeys of docs/pictures as PNG, with Chromium.

Chromium is not part of Right Door; who only runs or tests it does not need it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops

from bench.journeys import page, reading
from bot.settings import ROOT

PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# In pixels of the page; the picture has twice as many.
WIDTH, LONGEST, SCALE = 410, 4000, 2
HEAVIEST_BYTES = 150_000
PATIENCE_SECONDS = 60
MISSING = (
    "The pictures were not drawn: Chromium is not on this machine. On Debian:"
    " apt-get install chromium fonts-noto-core fonts-noto-color-emoji"
)


RECORD = "record it: make transcripts WHOLE=yes FILES=..."


class PictureError(RuntimeError):
    """A picture cannot be drawn; the text says why."""


def draw(path: Path, browser: str) -> Path:
    """Draw a recorded journey beside its file; raise PictureError or JourneyError."""
    journey = reading.read(path)
    silent = [step.act.number for step in journey.steps if not step.expected]
    if silent:
        raise PictureError(f"{path.name}:{silent[0]}: has no reply; {RECORD}")
    with tempfile.TemporaryDirectory() as folder:
        drawn, written = Path(folder) / "drawn.png", Path(folder) / "page.html"
        written.write_text(page.page(journey), encoding="utf-8")
        _take(browser, written, drawn)
        with Image.open(drawn) as image:
            return save(_cut(image.convert("RGB"), path.name), path.with_suffix(".png"))


def _take(browser: str, written: Path, drawn: Path) -> None:
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={drawn.parent / 'profile'}", f"--window-size={WIDTH},{LONGEST}",
        f"--force-device-scale-factor={SCALE}", f"--screenshot={drawn}", written.as_uri(),
    ]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        raise PictureError(f"{browser} took longer than {PATIENCE_SECONDS} seconds") from None
    if not drawn.exists():
        raise PictureError(f"{browser} drew nothing")


def _cut(image: Image.Image, name: str) -> Image.Image:
    """Cut off the white below the chat."""
    white = Image.new("RGB", image.size, "white")
    box = ImageChops.difference(image, white).getbbox()
    if box is None:
        raise PictureError(f"{name}: the picture is empty")
    if box[3] >= image.height:
        raise PictureError(f"{name}: is longer than {LONGEST} pixels; allowed: fewer lines")
    return image.crop((0, 0, WIDTH * SCALE, box[3]))


def save(image: Image.Image, target: Path) -> Path:
    """Write a PNG with as many colours as its weight allows."""
    for colours in (128, 64, 32, 16):
        few = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(target, optimize=True)
        if target.stat().st_size < HEAVIEST_BYTES:
            return target
    target.unlink()
    raise PictureError(f"{target.name}: is heavier than {HEAVIEST_BYTES} bytes")


def main(given: Sequence[str]) -> int:
    """Draw the files of the command line, or all of docs/pictures; return the exit code."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(MISSING, file=sys.stderr)
        return 1
    faults = []
    for path in [Path(name) for name in given] or sorted(PICTURES.glob("*.txt")):
        try:
            print(draw(path, browser))
        except (PictureError, reading.JourneyError) as error:
            faults.append(str(error))
    print("\n".join(faults), file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
