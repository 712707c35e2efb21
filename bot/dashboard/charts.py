"""Pictures of released numbers, as SVG: what is hidden stays a gap, and every number has its band.

Every function returns markup that stands as it is in a page. `id_` is the picture's own on the
page, `title` and `desc` are read out; all texts are escaped here. In a right-to-left language time
and bars run from the right; the map stays as the earth is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.dashboard import axes, svg
from bot.dashboard.district_map import district_map
from bot.dashboard.figures import Bar, Marker, Point
from bot.dashboard.svg import WIDTH, element
from bot.words import cldr
from bot.words.catalogue import words

__all__ = ["bars", "district_map", "line", "sparkline"]

LEFT, RIGHT, TOP, BASE, HEIGHT = 46.0, 330.0, 26.0, 180.0, 206.0
WEEK = datetime.timedelta(weeks=1)
# With more weeks than these, dots would hide the line.
MOST_DOTS = 60
# Of a hidden week, above the base line.
HIDDEN_HEIGHT = 12.0
ROW, BAR_TOP, BAR_HEIGHT, BAR_END = 40.0, 20.0, 13.0, 232.0
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 120.0, 28.0, 4.0


class _Plane:
    """Where weeks and numbers stand in a chart; mirrored where the language is."""

    def __init__(
        self, points: Sequence[Point], rtl: bool, width: float, sides: tuple[float, float],
        ends: tuple[float, float],
    ) -> None:  # fmt: skip
        self.steps = axes.round_steps(max((point.high or 0 for point in points), default=0))
        self._first = points[0].day
        self._days = max(1, (points[-1].day - points[0].day).days)
        self._rtl, self._width, self._sides, self._ends = rtl, width, sides, ends

    def across(self, x: float) -> float:
        return self._width - x if self._rtl else x

    def x(self, day: datetime.date) -> float:
        left, right = self._sides
        return self.across(left + (right - left) * (day - self._first).days / self._days)

    def y(self, value: float) -> float:
        top, base = self._ends
        return base - (base - top) * value / self.steps[-1]

    def path(self, run: Sequence[tuple[datetime.date, float]]) -> str:
        return " ".join(f"{self.x(day):.1f},{self.y(value):.1f}" for day, value in run)


def line(
    id_: str, title: str, desc: str, points: Sequence[Point], language: str,
    *, markers: Sequence[Marker] = (),
) -> str:  # fmt: skip
    """Return weeks as a line within a band; "" when there are none.

    A week that is hidden is striped, and one without a release is a gap. A marker shows its place
    among `markers`: 1 is the first; tell their texts beside the chart. Those of other days are
    left out.
    """
    if not points:
        return ""
    plane = _Plane(points, svg.is_rtl(language), WIDTH, (LEFT, RIGHT), (TOP, BASE))
    parts = [
        *_grid(plane, language),
        *_dates(plane, [point.day for point in points], language),
        *_hidden_weeks(plane, points, id_),
        *_drawn(plane, points),
        *_markers(plane, points, markers, language),
    ]
    return svg.frame(id_, title, desc, language, parts, height=HEIGHT, class_="chart chart-weeks")


def sparkline(id_: str, title: str, desc: str, points: Sequence[Point], language: str) -> str:
    """Return weeks as a small line without numbers; "" when there are none."""
    if not points:
        return ""
    sides, ends = (SPARK_EDGE, SPARK_WIDTH - SPARK_EDGE), (SPARK_EDGE, SPARK_HEIGHT - SPARK_EDGE)
    plane = _Plane(points, svg.is_rtl(language), SPARK_WIDTH, sides, ends)
    parts = [
        element(
            "polyline",
            points=plane.path([(at.day, at.value or 0) for at in run]),
            class_="chart-line",
        )
        for run in runs(points)
    ]
    if points[-1].value is not None:
        parts.append(_dot(plane, points[-1]))
    return svg.frame(
        id_, title, desc, language, parts, height=SPARK_HEIGHT,
        class_="chart chart-spark", width=SPARK_WIDTH,
    )  # fmt: skip


def bars(id_: str, title: str, desc: str, rows: Sequence[Bar], language: str) -> str:
    """Return numbers as bars in the given order, each with its interval; "" when there are none."""
    if not rows:
        return ""
    height = ROW * len(rows)
    longest = axes.round_steps(max(row.high or 0 for row in rows))[-1]
    parts = [
        part
        for number, row in enumerate(rows)
        for part in _bar(row, number * ROW, (BAR_END / longest, id_), language)
    ]
    return svg.frame(id_, title, desc, language, parts, height=height, class_="chart chart-bars")


def runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Return the shown weeks that follow each other without a gap, oldest first."""
    shown = [point for point in points if point.value is not None]
    first = datetime.date.min
    # Weeks in a row have the same day once a week is taken off for each before them.
    for _, run in groupby(enumerate(shown), lambda pair: (pair[1].day - first) - pair[0] * WEEK):
        yield [point for _, point in run]


def _grid(plane: _Plane, language: str) -> Iterator[str]:
    for step in plane.steps:
        y, start, end = plane.y(step), plane.across(LEFT), plane.across(RIGHT)
        yield element("line", x1=start, y1=y, x2=end, y2=y, class_="chart-grid")
        at = plane.across(LEFT - 6)
        yield svg.told(at, y + 4, cldr.number(step, language), "chart-axis", anchor="end")


def _dates(plane: _Plane, days: Sequence[datetime.date], language: str) -> Iterator[str]:
    named = axes.dates(days)
    write = cldr.month if axes.is_long(days) else cldr.day_of_month
    for number, day in enumerate(named):
        last = number == len(named) - 1
        anchor = "start" if number == 0 else "end" if last else "middle"
        yield svg.told(
            plane.x(day), BASE + 18, write(day, language), "chart-axis", anchor=anchor, size=11
        )


def _hidden_weeks(plane: _Plane, points: Sequence[Point], id_: str) -> Iterator[str]:
    for is_hidden, run in groupby(points, lambda point: point.value is None):
        if is_hidden:
            days = [point.day for point in run]
            one, other = sorted((plane.x(days[0]), plane.x(days[-1])))
            yield element(
                "rect", x=one - 2, y=BASE - HIDDEN_HEIGHT, width=other - one + 4,
                height=HIDDEN_HEIGHT, fill=svg.hidden_fill(id_), class_="chart-hidden",
            )  # fmt: skip


def _drawn(plane: _Plane, points: Sequence[Point]) -> Iterator[str]:
    few = len(points) <= MOST_DOTS
    for run in runs(points):
        above = [(at.day, at.high if at.high is not None else at.value or 0) for at in run]
        below = [(at.day, at.low if at.low is not None else at.value or 0) for at in run]
        yield element("polygon", points=plane.path([*above, *reversed(below)]), class_="chart-band")
        drawn = [(at.day, at.value or 0) for at in run]
        yield element("polyline", points=plane.path(drawn), class_="chart-line")
        for point in run:
            # A single week has neither a line nor a band.
            if len(run) == 1:
                yield _interval(plane, point)
            if few or len(run) == 1:
                yield _dot(plane, point)


def _interval(plane: _Plane, point: Point) -> str:
    low, high = plane.y(point.low or 0), plane.y(point.high or 0)
    x = plane.x(point.day)
    return element("line", x1=x, y1=low, x2=x, y2=high, class_="chart-interval")


def _dot(plane: _Plane, point: Point) -> str:
    x, y = plane.x(point.day), plane.y(point.value or 0)
    return element("circle", cx=x, cy=y, r=2.5, class_="chart-dot")


def _markers(
    plane: _Plane, points: Sequence[Point], markers: Sequence[Marker], language: str
) -> Iterator[str]:
    for number, marker in enumerate(markers, 1):
        if not points[0].day <= marker.day < points[-1].day + WEEK:
            continue
        x = plane.x(min(marker.day, points[-1].day))
        stands = element("line", x1=x, y1=TOP - 6, x2=x, y2=BASE, class_="chart-marker")
        sign = element("circle", cx=x, cy=12, r=9, class_="chart-marker-sign")
        text = svg.told(
            x, 16, cldr.number(number, language), "chart-marker-number", anchor="middle", size=11
        )
        yield element("g", element("title", svg.words(marker.text)), stands, sign, text)


def _bar(row: Bar, top: float, drawn: tuple[float, str], language: str) -> Iterator[str]:
    (scale, id_), rtl = drawn, svg.is_rtl(language)

    def across(x: float, width: float = 0) -> float:
        return WIDTH - x - width if rtl else x

    size = svg.size_that_fits(row.name, WIDTH - 4, 13)
    yield svg.told(across(2), top + 14, row.name, "chart-name", size=size)
    base, middle = top + BAR_TOP, top + BAR_TOP + BAR_HEIGHT / 2
    if row.value is None or row.low is None or row.high is None:
        place = {"x": across(2, 40), "y": base, "width": 40.0, "height": BAR_HEIGHT}
        yield element("rect", **place, fill=svg.hidden_fill(id_), class_="chart-hidden")
        return
    width = row.value * scale
    yield element(
        "rect", x=across(2, width), y=base, width=width, height=BAR_HEIGHT, class_="chart-bar"
    )
    low, high = across(2 + row.low * scale), across(2 + row.high * scale)
    yield element("line", x1=low, y1=middle, x2=high, y2=middle, class_="chart-interval")
    told = svg.told(
        across(WIDTH - 2), middle + 4, numbers(row, language), "chart-number", anchor="end"
    )
    yield told


def numbers(row: Bar, language: str) -> str:
    """Return a shown number with its interval: 25 (20-30)."""
    value, low, high = (cldr.number(given or 0, language) for given in row[1:])
    say = words(language)
    return f"{value} {say.isolated(f'({low}–{high})')}"
