"""Where everything stands on an A4 page, and in which size every text fits its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import matplotlib
import segno
import uharfbuzz  # type: ignore[import-untyped]

from bot.posters.content import Poster, TooLongError

# Millimetres of ISO 216 A4.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 210.0, 297.0, 18.0
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
MM_OF_POINT = 25.4 / 72
LINE_HEIGHT = 1.25
STEP_POINTS = 0.5
# Of twenty shares of the width of a text, those tried to make its lines equally long.
NARROWEST, WIDEST = 8, 20
# Of the height of a line, what stands above its base line.
ASCENT = 0.78

CODE_TOP, CODE_SIDE = 128.0, 78.0
# White modules around a code that readers need (ISO/IEC 18004).
QUIET_MODULES = 4


@dataclass(frozen=True)
class Zone:
    """A place for one text: from where, how high (mm), and in which sizes (points)."""

    top: float
    height: float
    largest: float
    smallest: float
    bold: bool = False


ZONES = {
    "city": Zone(14, 10, 18, 12),
    "headline": Zone(26, 44, 46, 22, bold=True),
    "topic": Zone(72, 22, 30, 14, bold=True),
    "about": Zone(96, 28, 19, 12),
    "scan": Zone(208, 13, 15, 10),
    "address": Zone(221, 9, 17, 8, bold=True),
    "program": Zone(233, 22, 15, 10),
    "danger": Zone(258, 24, 34, 18, bold=True),
}


@dataclass(frozen=True)
class Line:
    """One line of text, in the middle of the page; `base` is where its letters stand, in mm."""

    text: str
    base: float
    points: float
    bold: bool
    rtl: bool


def lines(poster: Poster) -> list[Line]:
    """Return all lines of a poster; raise TooLongError, naming the place, for too long a text."""
    return [line for name in ZONES for line in _lines_of(poster, name)]


def modules(link: str) -> tuple[float, list[tuple[float, float]]]:
    """Return the side of a dark square of a link's QR code, and the squares' corners, in mm."""
    code = segno.make(link, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=QUIET_MODULES)]
    side = CODE_SIDE / len(rows)
    left = (PAGE_WIDTH - CODE_SIDE) / 2
    corners = [
        (left + column * side, CODE_TOP + row * side)
        for row, cells in enumerate(rows)
        for column, is_dark in enumerate(cells)
        if is_dark
    ]
    return side, corners


def width(text: str, points: float, bold: bool) -> float:
    """Return how wide a text is when its letters are shaped and joined, in mm."""
    return _units(text, bold) * points * MM_OF_POINT


def font_file(bold: bool) -> Path:
    """Return DejaVu Sans, which knows Latin, Cyrillic and Arabic; matplotlib brings it along."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path(), "fonts", "ttf", name)


def _lines_of(poster: Poster, name: str) -> Iterator[Line]:
    zone, text = ZONES[name], str(getattr(poster, name))
    points, wrapped = _fitted(name, text, zone)
    step = points * LINE_HEIGHT * MM_OF_POINT
    top = zone.top + (zone.height - step * len(wrapped)) / 2
    for number, line in enumerate(wrapped):
        # An address is Latin, whatever the language around it.
        rtl = poster.rtl and name != "address"
        yield Line(line, top + step * (number + ASCENT), points, zone.bold, rtl)


def _fitted(name: str, text: str, zone: Zone) -> tuple[float, list[str]]:
    points = zone.largest
    while points >= zone.smallest:
        wrapped = [line for part in text.split("\n") for line in _balanced(part, points, zone.bold)]
        fits = all(width(line, points, zone.bold) <= TEXT_WIDTH for line in wrapped)
        if fits and len(wrapped) * points * LINE_HEIGHT * MM_OF_POINT <= zone.height:
            return points, wrapped
        points -= STEP_POINTS
    raise TooLongError(f"{name}: {len(text)} characters are too long for the page")


def _balanced(text: str, points: float, bold: bool) -> list[str]:
    """Return the lines of a text, as few as can be and about equally long."""
    widest = in_lines(text, points, bold, TEXT_WIDTH)
    for share in range(NARROWEST, WIDEST):
        limit = TEXT_WIDTH * share / WIDEST
        narrower = in_lines(text, points, bold, limit)
        fits = all(width(line, points, bold) <= limit for line in narrower)
        if fits and len(narrower) == len(widest):
            return narrower
    return widest


def in_lines(text: str, points: float, bold: bool, limit: float) -> list[str]:
    """Return a text in lines that are at most `limit` mm wide, where its words allow that."""
    wrapped: list[str] = []
    # Only at plain spaces: a no-break space holds its words together.
    for word in filter(None, text.split(" ")):
        longer = f"{wrapped[-1]} {word}" if wrapped else word
        if wrapped and width(longer, points, bold) <= limit:
            wrapped[-1] = longer
        else:
            wrapped.append(word)
    return wrapped


@lru_cache(maxsize=2)
def _font(bold: bool) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file(bold)))))


@lru_cache(maxsize=20_000)
def _units(text: str, bold: bool) -> float:
    font, buffer = _font(bold), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advances = [position.x_advance for position in buffer.glyph_positions]
    return float(sum(advances) / font.face.upem)
