"""A picture shows what was released: bands, gaps for what is hidden, and nothing that runs."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dashboard import axes, charts, district_map, figures
from bot.dashboard.figures import Bar, Marker, Place, Point
from bot.directory import pack
from bot.settings import ROOT, cities
from bot.signals.reading import Cell
from bot.words import languages
from bot.words.catalogue import words

FIRST = datetime.date(2026, 1, 5)
WEEK = datetime.timedelta(weeks=1)
NASTY = """<script>alert('x')</script> & "quoted" \x00 \x1b ]]>"""
SVG = "{http://www.w3.org/2000/svg}"
EVERY_LANGUAGE = pytest.mark.parametrize("language", languages.supported())
CSS = (ROOT / "bot" / "dashboard" / "static" / "charts.css").read_text(encoding="utf-8")


def weeks(*values: int | None) -> list[Point]:
    return [
        Point(FIRST + number * WEEK, value, value and max(0, value - 5), value and value + 5)
        for number, value in enumerate(values)
    ]


def places(city: str = "brussels", value: int | None = 20) -> list[Place]:
    found = pack.load(city).city
    cells = [Cell("district", one, "", value, value, value) for one in found.districts]
    return figures.places(found, cells, "en")


def drawn(**changed: object) -> list[str]:
    given = {"id_": "one", "title": "Title", "desc": "What it shows", "language": "en", **changed}
    return [
        charts.line(
            points=weeks(10, None, 30, 40), markers=[Marker(FIRST, given["title"])], **given
        ),
        charts.sparkline(points=weeks(10, None, 30, 40), **given),
        charts.bars(rows=[Bar(given["title"], 20, 15, 25), Bar("B", None, None, None)], **given),
        charts.district_map(
            places=[one._replace(name=given["title"]) for one in places()], **given
        ),
    ]


def found(picture: str, class_: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(picture)
    return [one for one in root.iter() if class_ in one.get("class", "").split()]


def texts(picture: str, class_: str = "") -> list[str]:
    root = ElementTree.fromstring(picture)
    return [
        "".join(one.itertext())
        for one in root.iter(f"{SVG}text")
        if class_ in one.get("class", "").split() or not class_
    ]


def corners(one: ElementTree.Element) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in one.get("points").split()]


@EVERY_LANGUAGE
def test_every_picture_has_a_name_a_description_and_the_direction_of_its_language(language):
    for picture in drawn(language=language):
        root = ElementTree.fromstring(picture)
        assert root.get("role") == "img"
        assert root.get("direction") == ("rtl" if language == "ar" else "ltr")
        named = root.get("aria-labelledby").split()
        assert [root.find(f"*[@id='{one}']").text for one in named] == ["Title", "What it shows"]


@pytest.mark.parametrize("picture", drawn(title=NASTY, desc=NASTY))
def test_no_text_becomes_markup_and_no_picture_holds_a_style_or_a_script(picture):
    root = ElementTree.fromstring(picture)
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {*("svg", "title", "desc", "defs", "pattern", "path", "line", "text", "rect"),
                    *("polygon", "polyline", "circle", "g")}  # fmt: skip
    for one in root.iter():
        assert not {name for name in one.attrib if name == "style" or name.startswith("on")}
        assert not any("http" in value for value in one.attrib.values())
    assert root.find(f"{SVG}title").text == NASTY.replace("\x00", "").replace("\x1b", "")


@given(st.text(max_size=60))
def test_whatever_a_note_or_a_name_holds_the_picture_stays_a_picture(text):
    for picture in drawn(title=text, desc=text):
        assert ElementTree.fromstring(picture).tag == f"{SVG}svg"


def test_a_hidden_week_is_a_gap_and_striped_and_never_drawn_as_zero():
    picture = charts.line("one", "T", "D", weeks(10, 20, None, None, 30, 40), "en")
    assert [len(corners(one)) for one in found(picture, "chart-line")] == [2, 2]
    [striped] = found(picture, "chart-hidden")
    assert striped.get("fill") == "url(#one-hidden)"
    assert len(found(picture, "chart-dot")) == 4


def test_a_week_without_a_release_is_a_gap_that_is_not_striped():
    missing = [point for number, point in enumerate(weeks(10, 20, 30, 40, 50)) if number != 2]
    picture = charts.line("one", "T", "D", missing, "en")
    assert [len(corners(one)) for one in found(picture, "chart-line")] == [2, 2]
    assert found(picture, "chart-hidden") == []


def test_a_single_week_between_hidden_ones_shows_its_interval():
    picture = charts.line("one", "T", "D", weeks(None, 20, None), "en")
    [interval] = found(picture, "chart-interval")
    [dot] = found(picture, "chart-dot")
    assert float(interval.get("y2")) < float(dot.get("cy")) < float(interval.get("y1"))


def test_the_band_holds_every_interval():
    picture = charts.line("one", "T", "D", weeks(10, 30, 20), "en")
    [line], [band] = found(picture, "chart-line"), found(picture, "chart-band")
    above, below = corners(band)[:3], corners(band)[:2:-1]
    for (x, y), high, low in zip(corners(line), above, below, strict=True):
        assert x == high[0] == low[0]
        assert high[1] < y < low[1]


def test_higher_numbers_stand_higher_and_later_weeks_further_on():
    [line] = found(charts.line("one", "T", "D", weeks(10, 20, 40), "en"), "chart-line")
    (x1, y1), (x2, y2), (x3, y3) = corners(line)
    assert x1 < x2 < x3
    # Twice the step is twice the way.
    assert (y2 - y3) == pytest.approx(2 * (y1 - y2), abs=0.2)


def test_time_and_bars_run_from_the_right_in_arabic_and_the_map_stays_as_the_earth_is():
    left, right = (
        corners(found(charts.line("one", "T", "D", weeks(10, 20), code), "chart-line")[0])
        for code in ("en", "ar")
    )
    assert [(340 - x, y) for x, y in right] == pytest.approx(left)
    bars = [
        found(charts.bars("one", "T", "D", [Bar("A", 20, 15, 25)], code), "chart-bar")[0]
        for code in ("en", "ar")
    ]
    [(x, width), (mirrored, same)] = [
        (float(one.get("x")), float(one.get("width"))) for one in bars
    ]
    assert (mirrored, same) == pytest.approx((340 - x - width, width), abs=0.1)
    maps = [charts.district_map("one", "T", "D", places(), code) for code in ("en", "ar")]
    shapes = [
        [one.get("points") for one in found(picture, "chart-level") if one.get("points")]
        for picture in maps
    ]
    assert shapes[0] == shapes[1]


def test_notes_are_numbered_as_they_are_given_and_others_days_left_out():
    notes = [Marker(FIRST - WEEK, "before"), Marker(FIRST + WEEK, "School begins")]
    picture = charts.line("one", "T", "D", weeks(10, 20, 30), "en", markers=notes)
    assert texts(picture, "chart-marker-number") == ["2"]
    assert "School begins" in picture
    assert "before" not in picture


def test_bars_tell_number_and_interval_in_the_language():
    rows = [Bar("Housing", 1250, 1200, 1300), Bar("Work", None, None, None)]
    assert texts(charts.bars("one", "T", "D", rows, "de"), "chart-number") == [
        "1.250 (1.200–1.300)"
    ]
    picture = charts.bars("one", "T", "D", rows, "fr")
    assert texts(picture, "chart-number")[0].split(" (")[0].replace("\u202f", " ") == "1 250"
    assert len(found(picture, "chart-hidden")) == 1


def test_a_long_name_stays_within_the_picture():
    picture = charts.bars("one", "T", "D", [Bar("W" * 100, 20, 15, 25)], "en")
    [name] = [
        one for one in ElementTree.fromstring(picture).iter() if one.get("class") == "chart-name"
    ]
    assert float(name.get("font-size")) * 0.58 * 100 <= 340


@pytest.mark.parametrize("city", cities())
def test_every_district_has_a_hexagon_of_its_own_near_its_neighbours(city):
    given = places(city)
    spots = district_map.arranged(tuple((one.longitude, one.latitude) for one in given))
    assert len(set(spots)) == len(given) > 20
    pairs = [(a, b) for a in range(len(given)) for b in range(a)]
    right = [
        (given[a].latitude > given[b].latitude) == (spots[a][1] < spots[b][1])
        for a, b in pairs
        # Of those that are clearly north or south of each other.
        if abs(given[a].latitude - given[b].latitude) > 0.03 and spots[a][1] != spots[b][1]
    ]
    assert sum(right) / len(right) > 0.9
    picture = charts.district_map("one", "T", "D", given, "en")
    assert len(found(picture, "chart-level")) == len(given) + 6
    assert texts(picture, "chart-strong") == ["20"] * len(given)


def test_a_map_tells_shades_by_numbers_and_what_is_hidden_by_stripes_and_words():
    given = [one._replace(value=10 * number or None) for number, one in enumerate(places())]
    picture = charts.district_map("one", "T", "D", given, "en")
    # The district itself and the legend.
    assert len(found(picture, "chart-hidden")) == 2
    assert "Hidden, because the number is small" in texts(picture)
    assert {"0 to 49", "200 or more"} <= set(texts(picture))
    levels = district_map.level_limits(given)
    assert len(levels) == 5
    assert [below for _, below in levels][:-1] == [least for least, _ in levels][1:]


def test_nothing_released_draws_nothing():
    for draw in (charts.line, charts.sparkline, charts.bars, charts.district_map):
        assert draw("one", "T", "D", [], "en") == ""


@given(st.floats(0, 10_000_000))
def test_the_steps_of_an_axis_are_round_few_and_reach_far_enough(highest):
    steps = axes.round_steps(highest)
    assert steps[0] == 0
    assert max(10, highest) <= steps[-1] <= 2.5 * max(10, highest)
    assert 3 <= len(steps) <= 6
    assert re.fullmatch(r"[1235]0*", str(steps[1]))


def test_ten_years_of_weeks_weigh_little():
    picture = charts.line("one", "T", "D", weeks(*[50, 60] * 260), "en")
    assert len(picture) < 60_000
    assert found(picture, "chart-dot") == []


def test_every_class_of_a_picture_has_its_style():
    used = {name for picture in drawn() for one in ElementTree.fromstring(picture).iter()
            for name in one.get("class", "").split()}  # fmt: skip
    plain = {"chart-weeks", "chart-bars", "chart-map", "chart-name", "chart-number"}
    assert {name for name in used - plain if f".{name}" not in CSS} == set()


def _colours(part: str) -> dict[str, str]:
    return dict(re.findall(r"--chart-([\w-]+): (#[0-9a-f]{6})\b", part))


def _contrast(one: str, other: str) -> float:
    # WCAG 2.2, relative luminance.
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("part", "page"), [(0, "#ffffff"), (1, "#14181c")])
def test_letters_and_lines_can_be_told_from_what_is_behind_them(part, page):
    colours = _colours(CSS.split("@media")[part])
    for level in range(6):
        letters = "on-dark" if level > 3 else "on-light"
        assert _contrast(colours[letters], colours[f"level-{level}"]) >= 4.5, level
    for letters in ("text", "quiet"):
        assert _contrast(colours[letters], page) >= 4.5
    assert _contrast(colours["note-text"], colours["note"]) >= 4.5
    for shape in ("line", "bar", "note", "stripe"):
        assert _contrast(colours[shape], page) >= 3, shape


def test_pictures_need_nothing_from_elsewhere():
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert Path(ROOT / "bot" / "dashboard" / "static" / "charts.css").stat().st_size < 10_000
    assert words("en").rtl is False
