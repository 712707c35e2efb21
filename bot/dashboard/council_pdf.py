"""The council's page as A4, with its fonts inside; every text fits its place or is made smaller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fpdf import FPDF

from bot.dashboard import axes, charts
from bot.dashboard.council import Council
from bot.dashboard.figures import Point
from bot.posters.layout import LINE_HEIGHT, MM_OF_POINT, font_file, in_lines, width
from bot.words import cldr
from bot.words import dashboard_files as texts
from bot.words.marks import Text

FAMILY = "DejaVu"
# Millimetres of ISO 216 A4.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, GAP = 210.0, 297.0, 16.0, 6.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
HALF, THIRD = (WIDTH - GAP) / 2, (WIDTH - 2 * GAP) / 3
SMALLEST, STEP = 5.0, 0.5
DARK, QUIET, BLUE, BAND, RED = (
    (20, 26, 32),
    (75, 85, 96),
    (11, 92, 173),
    (206, 222, 239),
    (150, 30, 20),
)
PLOT_TOP, PLOT_HEIGHT = 12.0, 30.0
MORE = "…"


class Place(NamedTuple):
    """A place on the page as read from the left, in mm; `points` is the largest size of letters."""

    left: float
    top: float
    width: float
    height: float
    points: float
    bold: bool = False
    colour: tuple[int, int, int] = DARK


HEAD = Place(MARGIN, 14, WIDTH, 14, 22, bold=True)
WEEK = Place(MARGIN, 29, WIDTH, 7, 12, colour=QUIET)
WARNING = Place(MARGIN, 37, WIDTH, 8, 12, bold=True, colour=RED)
HEADLINE = (
    Place(MARGIN, 47, WIDTH, 6, 11, colour=QUIET),
    Place(MARGIN, 53, WIDTH, 12, 24, bold=True),
    Place(MARGIN, 65, WIDTH, 6, 11, colour=QUIET),
)
CHANGES_TOP, CHANGES_HEIGHT = 76.0, 58.0
CHARTS_TOP, UNMET_TOP, UNMET_HEIGHT, METHOD_TOP = 142.0, 205.0, 38.0, 254.0
HEADING_HEIGHT = 8.0


def page(council: Council) -> bytes:
    """Return the page as PDF."""
    document = FPDF(unit="mm", format="A4")
    document.set_auto_page_break(False)
    document.c_margin = 0
    for style, bold in (("", False), ("B", True)):
        document.add_font(FAMILY, style, font_file(bold))
    document.add_page()
    document.set_lang(council.language)
    document.set_title(council.title)
    _Drawer(document, council).draw()
    return bytes(document.output())


def fitted(text: str, place: Place) -> tuple[float, list[str]]:
    """Return the size of letters and the lines in which a text fits its place.

    In the smallest size what is too long ends with a sign that more was meant.
    """
    points = place.points
    while points > SMALLEST:
        lines = in_lines(text, points, place.bold, place.width)
        if _fits(lines, points, place):
            return points, lines
        points -= STEP
    return SMALLEST, _cut(in_lines(text, SMALLEST, place.bold, place.width), place)


def _fits(lines: Sequence[str], points: float, place: Place) -> bool:
    high = len(lines) * points * LINE_HEIGHT * MM_OF_POINT
    return high <= place.height and all(
        width(one, points, place.bold) <= place.width for one in lines
    )


def _cut(lines: list[str], place: Place) -> list[str]:
    most = max(1, int(place.height / (SMALLEST * LINE_HEIGHT * MM_OF_POINT)))
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [_shortened(line, place) for line in kept if line]


def _shortened(line: str, place: Place) -> str:
    if width(line, SMALLEST, place.bold) <= place.width:
        return line
    while line and width(line + MORE, SMALLEST, place.bold) > place.width:
        line = line[:-1]
    return line + MORE


class _Drawer:
    """Draws a page; everything is mirrored where the language is read from the right."""

    def __init__(self, document: FPDF, council: Council) -> None:
        self._document = document
        self._council = council

    def draw(self) -> None:
        council = self._council
        self._text(council.title, HEAD)
        self._text(council.week, WEEK)
        self._text(council.warning, WARNING)
        for text, place in zip(council.headline, HEADLINE):
            self._text(text, place)
        self._list(texts.ROSE, council.rose, (MARGIN, CHANGES_TOP, HALF, CHANGES_HEIGHT))
        fell_at = (MARGIN + HALF + GAP, CHANGES_TOP, HALF, CHANGES_HEIGHT)
        self._list(texts.FELL, council.fell, fell_at)
        self._heading(council.told(texts.OVER_TIME), MARGIN, CHARTS_TOP, WIDTH)
        for number, (name, points) in enumerate(council.charts):
            self._chart(name, points, MARGIN + number * (THIRD + GAP), CHARTS_TOP + HEADING_HEIGHT)
        self._list(texts.UNMET, council.unmet, (MARGIN, UNMET_TOP, WIDTH, UNMET_HEIGHT))
        self._heading(council.told(texts.METHOD_TITLE), MARGIN, METHOD_TOP, WIDTH)
        below = METHOD_TOP + HEADING_HEIGHT
        self._text(council.method, Place(MARGIN, below, WIDTH, 13, 9.5))
        self._text(council.source, Place(MARGIN, below + 14, WIDTH, 6, 9, colour=QUIET))

    def _across(self, left: float, wide: float = 0) -> float:
        return PAGE_WIDTH - left - wide if self._council.rtl else left

    def _text(self, text: str, place: Place, align: str = "") -> None:
        document, rtl = self._document, self._council.rtl
        points, lines = fitted(text, place)
        height = points * LINE_HEIGHT * MM_OF_POINT
        document.set_font(FAMILY, "B" if place.bold else "", points)
        document.set_text_color(*place.colour)
        document.set_text_shaping(True, direction="rtl" if rtl else "ltr")
        for number, line in enumerate(lines):
            document.set_xy(self._across(place.left, place.width), place.top + number * height)
            document.cell(place.width, height, line, align=align or ("R" if rtl else "L"))

    def _heading(self, text: str, left: float, top: float, wide: float) -> None:
        self._text(text, Place(left, top, wide, HEADING_HEIGHT - 2, 12, bold=True, colour=BLUE))

    def _list(
        self, heading: Text, lines: Sequence[str], at: tuple[float, float, float, float]
    ) -> None:
        left, top, wide, high = at
        self._heading(self._council.told(heading), left, top, wide)
        each = min(12.0, (high - HEADING_HEIGHT) / max(1, len(lines)))
        for number, line in enumerate(lines):
            self._text(line, Place(left, top + HEADING_HEIGHT + number * each, wide, each - 1, 10))

    def _chart(self, name: str, points: Sequence[Point], left: float, top: float) -> None:
        self._text(name, Place(left, top, THIRD, PLOT_TOP - 2, 10, bold=True))
        highest = axes.round_steps(max(point.high or 0 for point in points))[-1]
        first, base = points[0].day, top + PLOT_TOP + PLOT_HEIGHT
        days = max(1, (points[-1].day - first).days)

        def at(point: Point, value: int | None) -> tuple[float, float]:
            x = left + THIRD * (point.day - first).days / days
            return self._across(x), base - PLOT_HEIGHT * (value or 0) / highest

        document = self._document
        document.set_draw_color(*QUIET)
        document.set_line_width(0.2)
        document.line(self._across(left), base, self._across(left + THIRD), base)
        for run in charts.runs(points):
            self._run([at(one, one.value) for one in run], [at(one, one.low) for one in run],
                      [at(one, one.high) for one in run])  # fmt: skip
        self._axis(points, highest, left, top)

    def _run(
        self, line: Sequence[tuple[float, float]], low: Sequence[tuple[float, float]],
        high: Sequence[tuple[float, float]],
    ) -> None:  # fmt: skip
        document = self._document
        document.set_fill_color(*BAND)
        if len(line) > 1:
            document.polygon([*high, *reversed(low)], style="F")
        document.set_draw_color(*BLUE)
        document.set_line_width(0.4)
        if len(line) > 1:
            document.polyline(line)
        else:
            document.line(*low[0], *high[0])

    def _axis(self, points: Sequence[Point], highest: int, left: float, top: float) -> None:
        language, base = self._council.language, top + PLOT_TOP + PLOT_HEIGHT
        most = cldr.number(highest, language)
        self._text(most, Place(left, top + PLOT_TOP - 3, THIRD, 4, 7, colour=QUIET))
        begins, ends = (cldr.month(one.day, language) for one in (points[0], points[-1]))
        half = THIRD / 2
        self._text(begins, Place(left, base + 1, half, 4, 7, colour=QUIET))
        far = "L" if self._council.rtl else "R"
        self._text(ends, Place(left + half, base + 1, half, 4, 7, colour=QUIET), far)
