"""The districts of a city as hexagons of the same size, each about where it lies.

A district of many people and one of few are equally large, so that the eye compares numbers and
not areas. North is above in every language.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from bot.dashboard import axes, svg
from bot.dashboard.figures import Place
from bot.dashboard.svg import WIDTH, element
from bot.words import cldr
from bot.words import dashboard_summaries as texts
from bot.words.catalogue import words

COLUMNS = 5
# Of all hexagons, those that stay empty, so that neighbours can stay near each other.
SPARE = 1.35
# Half of a row's hexagons stand half a hexagon further.
CELL = WIDTH / (COLUMNS + 0.5)
RADIUS = CELL / math.sqrt(3)
ROW = 1.5 * RADIUS
LEVELS = 5
NAME_SIZE, NUMBER_SIZE = 9.5, 12.0
LEGEND_ROW = 20.0

Spot = tuple[float, float]


def district_map(id_: str, title: str, desc: str, places: Sequence[Place], language: str) -> str:
    """Return the map with names and numbers and what its shades mean; "" without districts.

    A hidden number is striped, and its hexagon shows no number.
    """
    if not places:
        return ""
    spots = arranged(tuple((place.longitude, place.latitude) for place in places))
    bottom = max(y for _, y in spots) + RADIUS + 8
    limits = level_limits(places)
    parts = [
        part
        for place, at in zip(places, spots)
        for part in _hexagon(place, at, limits, id_, language)
    ]
    legend = list(_legend(limits, bottom, id_, language))
    height = bottom + LEGEND_ROW * (len(limits) + 1)
    return svg.frame(
        id_, title, desc, language, [*parts, *legend], height=height, class_="chart chart-map"
    )


def level_limits(places: Sequence[Place]) -> list[tuple[int, int]]:
    """Return what each shade stands for, as from and up to, the lightest first."""
    highest = max((place.value or 0 for place in places), default=0)
    step = axes.round_steps(highest / LEVELS * axes.TICKS)[1]
    return [(step * number, step * (number + 1)) for number in range(LEVELS)]


@lru_cache(maxsize=64)
def arranged(points: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Return a hexagon's middle for every point (east, north), each near where it lies."""
    cells = _cells(math.ceil(len(points) * SPARE))
    wanted = _spread(points, cells)
    # The middle is crowded: whoever lies there chooses first.
    centre = (WIDTH / 2, max(y for _, y in cells) / 2)
    order = sorted(range(len(points)), key=lambda one: _apart(wanted[one], centre))
    free = list(cells)
    taken: dict[int, Spot] = {}
    for one in order:
        taken[one] = min(free, key=lambda cell: _apart(cell, wanted[one]))
        free.remove(taken[one])
    return tuple(_improved([taken[one] for one in range(len(points))], free, wanted))


def _cells(count: int) -> list[Spot]:
    rows = math.ceil(count / COLUMNS)
    return [
        (CELL * (column + 0.5 + row % 2 / 2), RADIUS + 2 + ROW * row)
        for row, column in product(range(rows), range(COLUMNS))
    ]


def _spread(points: Sequence[Spot], cells: Sequence[Spot]) -> list[Spot]:
    """Return where points would lie on the page, if one far out left room for the others."""
    east = _ranks([longitude for longitude, _ in points])
    south = _ranks([-latitude for _, latitude in points])
    left, right = CELL / 2, WIDTH - CELL / 2
    top, bottom = cells[0][1], cells[-1][1]
    return [(left + x * (right - left), top + y * (bottom - top)) for x, y in zip(east, south)]


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(set(values))
    last = max(1, len(ordered) - 1)
    return [ordered.index(value) / last for value in values]


def _improved(spots: list[Spot], free: list[Spot], wanted: Sequence[Spot]) -> list[Spot]:
    """Exchange hexagons as long as that brings districts nearer to where they lie."""
    better = True
    while better:
        better = False
        for one in range(len(spots)):
            for index, cell in enumerate(free):
                if _apart(cell, wanted[one]) < _apart(spots[one], wanted[one]) - 1e-9:
                    spots[one], free[index] = cell, spots[one]
                    better = True
            for other in range(one):
                now = _apart(spots[one], wanted[one]) + _apart(spots[other], wanted[other])
                then = _apart(spots[other], wanted[one]) + _apart(spots[one], wanted[other])
                if then < now - 1e-9:
                    spots[one], spots[other] = spots[other], spots[one]
                    better = True
    return spots


def _apart(one: Spot, other: Spot) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _hexagon(
    place: Place, at: Spot, limits: Sequence[tuple[int, int]], id_: str, language: str
) -> Iterator[str]:
    level = _level(place.value, limits)
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in _corners(at))
    yield element("polygon", points=corners, class_=f"chart-level chart-level-{level}")
    if place.value is None:
        fill = svg.hidden_fill(id_)
        yield element("polygon", points=corners, fill=fill, class_="chart-hidden")
    lines = wrapped(place.name)
    # Corners are narrow: a long word in the middle, three lines at most.
    size = min(svg.size_that_fits(line, CELL - 6, NAME_SIZE) for line in lines)
    top = at[1] - 5 * len(lines) + (0 if place.value is not None else 7)
    for number, line in enumerate(lines):
        yield svg.named(at[0], top + 10 * number, line, f"chart-on-{level}", size)
    if place.value is not None:
        shown = cldr.number(place.value, language)
        y = top + 10 * len(lines) + 4
        yield svg.told(
            at[0], y, shown, f"chart-on-{level} chart-strong", anchor="middle", size=NUMBER_SIZE
        )


def wrapped(name: str) -> list[str]:
    """Return a name in at most three lines, parted at spaces and after hyphens."""
    parts = name.replace("-", "- ").split() or [""]
    lines = [parts[0]]
    for part in parts[1:]:
        joined = lines[-1] + ("" if lines[-1].endswith("-") else " ") + part
        if len(joined) <= 10 or len(lines) == 3:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def _corners(at: Spot) -> list[Spot]:
    turns = [math.radians(60 * number - 90) for number in range(6)]
    radius = RADIUS - 1
    return [(at[0] + radius * math.cos(turn), at[1] + radius * math.sin(turn)) for turn in turns]


def _level(value: int | None, limits: Sequence[tuple[int, int]]) -> int:
    if value is None:
        return 0
    return next((n for n, (_, below) in enumerate(limits, 1) if value < below), LEVELS)


def _legend(
    limits: Sequence[tuple[int, int]], top: float, id_: str, language: str
) -> Iterator[str]:
    say = words(language)
    for number, (least, below) in enumerate([(0, 0), *limits]):
        y = top + LEGEND_ROW * number
        # The whole legend stands where the language begins.
        x = WIDTH - 26 if svg.is_rtl(language) else 4
        box = {"x": float(x), "y": y, "width": 22.0, "height": 14.0}
        yield element("rect", **box, class_=f"chart-level chart-level-{number}")
        if number == 0:
            yield element("rect", **box, fill=svg.hidden_fill(id_), class_="chart-hidden")
        told = say.say(texts.HIDDEN) if number == 0 else _told_level(number, least, below, language)
        text_x = WIDTH - 32 if svg.is_rtl(language) else 32
        yield svg.told(text_x, y + 11, told, "chart-axis")


def _told_level(number: int, least: int, below: int, language: str) -> str:
    say, first = words(language), cldr.number(least, language)
    if number == LEVELS:
        return say.say(texts.OR_MORE, least=first)
    return say.say(texts.FROM_TO, least=first, most=cldr.number(below - 1, language))
