"""A poster opens the right door: its code, its words, its number for danger, in every language."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
import segno
from pdf_pages import pages

from bot import command
from bot.directory import pack
from bot.gateway import commands
from bot.posters import content, layout, pdf, svg
from bot.posters.content import Poster
from bot.settings import cities
from bot.words import doors, languages, posters, texts
from bot.words.catalogue import words

BOT = "rightdoor_city_bot"
LONGEST_BOT = "a" * 29 + "bot"
LANGUAGES = pytest.mark.parametrize("language", languages.supported())
SOME_STARTS = (content.RESIDENTS, content.TEACHER, "emergency_now", "disability_older_care")
SVG = "{http://www.w3.org/2000/svg}"


def poster(start: str = content.RESIDENTS, language: str = "en", city: str = "brussels") -> Poster:
    return content.compose(pack.load(city), BOT, start, language)


def matrix_of(squares: list[tuple[float, float]], side: float) -> list[list[bool]]:
    # The dark squares as rows of modules, from the outermost ones on.
    left, top = (min(corner[axis] for corner in squares) for axis in (0, 1))
    cells = {(round((y - top) / side), round((x - left) / side)) for x, y in squares}
    size = max(row for row, _ in cells) + 1
    return [[(row, column) in cells for column in range(size)] for row in range(size)]


def expected_matrix(link: str) -> list[list[bool]]:
    return [[bool(cell) for cell in row] for row in segno.make(link, error="m", micro=False).matrix]


def squares_of_svg(drawing: str) -> tuple[list[tuple[float, float]], float]:
    path = ElementTree.fromstring(drawing).find(f"{SVG}path").get("d")
    found = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", path)
    return [(float(x), float(y)) for x, y, _ in found], float(found[0][2])


@pytest.mark.parametrize("start", SOME_STARTS)
@pytest.mark.parametrize("language", ["en", "ar", "uk"])
def test_the_code_of_a_drawing_is_that_of_the_link(start, language):
    made = poster(start, language)
    assert matrix_of(*squares_of_svg(svg.drawing(made))) == expected_matrix(made.link)


@pytest.mark.parametrize("start", SOME_STARTS)
@pytest.mark.parametrize("language", ["en", "ar", "uk"])
def test_the_code_of_a_page_is_that_of_the_link(start, language):
    made = poster(start, language)
    [page] = pages(pdf.pages([made]))
    side = page.squares[0][2]
    # A page counts from below
    corners = [(left, -bottom) for left, bottom, _ in page.squares]
    assert matrix_of(corners, abs(side)) == expected_matrix(made.link)


def test_a_code_has_the_white_border_that_readers_need():
    side, corners = layout.modules(poster().link)
    left, top = (min(corner[axis] for corner in corners) for axis in (0, 1))
    assert left - (layout.PAGE_WIDTH - layout.CODE_SIDE) / 2 == pytest.approx(4 * side)
    assert top - layout.CODE_TOP == pytest.approx(4 * side)
    above, below = layout.ZONES["about"], layout.ZONES["scan"]
    assert above.top + above.height <= layout.CODE_TOP
    assert below.top >= layout.CODE_TOP + layout.CODE_SIDE


@LANGUAGES
def test_every_link_opens_its_door_in_its_language(language):
    for start in content.starts():
        link = content.link(BOT, start, language)
        assert len(link) <= len("https://t.me/?start=") + 64 + 32
        found = re.fullmatch(r"https://t\.me/rightdoor_city_bot\?start=([A-Za-z0-9_-]{1,64})", link)
        opened = commands.link(found[1])
        assert opened.chosen == language
        door = {content.RESIDENTS: "show_menu", content.TEACHER: "show_menu"}.get(start, start)
        assert opened.press.route == door
    assert commands.link("teacher-en").press.choice == content.STAFF_GROUP


@LANGUAGES
@pytest.mark.parametrize("city", cities())
def test_no_text_leaves_its_place_or_the_page(city, language):
    for start in content.starts():
        made = content.compose(pack.load(city), LONGEST_BOT, start, language)
        for line in layout.lines(made):
            assert layout.width(line.text, line.points, line.bold) <= layout.TEXT_WIDTH
            assert layout.MARGIN / 2 < line.base < layout.PAGE_HEIGHT - layout.MARGIN / 2


def test_the_places_of_a_poster_do_not_overlap():
    zones = sorted(layout.ZONES.values(), key=lambda zone: zone.top)
    for above, below in itertools.pairwise(zones):
        assert above.top + above.height <= below.top
    assert zones[-1].top + zones[-1].height < layout.PAGE_HEIGHT


def test_a_text_that_fits_in_no_size_is_refused_and_named():
    made = poster()
    long = Poster(**{**vars(made), "about": "word " * 400})
    with pytest.raises(content.TooLongError, match=r"^about: "):
        layout.lines(long)
    with pytest.raises(content.TooLongError, match=r"^topic: "):
        layout.lines(Poster(**{**vars(made), "topic": "x" * 200}))


@LANGUAGES
def test_all_that_is_said_stands_on_the_page_and_can_be_read_out(language):
    made = poster(content.TEACHER, language)
    [page] = pages(pdf.pages([made]))
    seen = [letters(line) for line in page.lines]
    for line in layout.lines(made):
        if line.rtl:  # the eye reads it in another order than it is written in
            assert sorted(letters(line.text)) in [sorted(one) for one in seen], line.text
        else:
            assert letters(line.text) in seen


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_arabic_runs_from_right_to_left_and_its_number_from_left_to_right():
    made = poster(language="ar")
    [page] = pages(pdf.pages([made]))
    [danger] = [line for line in page.lines if "112" in line]
    wanted = next(line.text for line in layout.lines(made) if "112" in line.text)
    mirrored = letters(wanted)[::-1].replace("211", "112")
    assert letters(danger)[:12] == mirrored[:12]


@LANGUAGES
def test_what_one_must_know_stands_on_every_poster(language):
    say, city = words(language), pack.load("denver")
    for start in SOME_STARTS:
        made = content.compose(city, BOT, start, language)
        shown = " ".join(line.text for line in layout.lines(made))
        for text in (posters.QUESTION, posters.ANSWER, posters.PROGRAM, posters.SCAN):
            assert say.say(text) in shown
        danger = say.say(texts.UNSURE_DANGER, number="911")
        assert danger.replace("\u2068", "").replace("\u2069", "") in shown
        assert made.city in shown
        assert f"t.me/{BOT}?start=" in shown
    staff = content.compose(city, BOT, content.TEACHER, language)
    assert staff.topic == say.say(doors.GROUP_NAMES["frontline"])
    assert staff.about != content.compose(city, BOT, content.RESIDENTS, language).about


@LANGUAGES
def test_the_text_of_a_drawing_stays_text_with_its_direction(language):
    made = poster("mental_health", language)
    drawn = ElementTree.fromstring(svg.drawing(made))
    shown = [(one.text, one.get("direction")) for one in drawn.iter(f"{SVG}text")]
    assert shown == [(one.text, "rtl" if one.rtl else "ltr") for one in layout.lines(made)]
    assert {direction for text, direction in shown if "t.me" not in text} == {
        "rtl" if language == "ar" else "ltr"
    }
    assert drawn.get("{http://www.w3.org/XML/1998/namespace}lang") == language


@pytest.mark.parametrize("name", ["a_bot", "abBOT", "RightDoorBot", "x1234_bot", LONGEST_BOT])
def test_a_name_that_a_bot_may_have_is_taken(name):
    assert content.is_bot_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "bot", "abot", "@a_bot", "a_bot\n", "right-door-bot", "rightdoor", "1a_bot", "ä_bot"],
)
def test_a_name_that_no_bot_can_have_is_refused(name):
    assert not content.is_bot_name(name)
    assert not content.is_bot_name("a" * 30 + "bot")


def run(*arguments: str) -> int:
    return command.main(["poster", *arguments])


@pytest.mark.parametrize("form", ["pdf", "svg"])
def test_the_command_writes_a_file_for_each_poster(form, tmp_path, capsys):
    out = tmp_path / "new" / "folder"
    chosen = ("--city", "aarhus", "--format", form, "--out", str(out))
    assert run("--bot", BOT, *chosen, "--start", "teacher", "--language", "da", "ar", "da") == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == [f"rightdoor-aarhus-teacher-{code}.{form}" for code in ("ar", "da")]
    assert capsys.readouterr().out.split() == [str(out / names[1]), str(out / names[0])]
    begin = {"pdf": b"%PDF-", "svg": b"<svg "}[form]
    assert all(path.read_bytes().startswith(begin) for path in out.iterdir())


def test_without_a_choice_residents_get_a_poster_in_every_language(tmp_path):
    assert run("--bot", BOT, "--city", "brussels", "--format", "svg", "--out", str(tmp_path)) == 0
    wanted = {f"rightdoor-brussels-residents-{code}.svg" for code in languages.supported()}
    assert {path.name for path in tmp_path.iterdir()} == wanted


def test_every_fault_is_named_at_once_and_nothing_is_written(tmp_path, capsys):
    wrong = ("--start", "nowhere", "--language", "xx", "--city", "atlantis")
    assert run("--bot", "no", *wrong, "--out", str(tmp_path / "out")) == 1
    told = capsys.readouterr().err
    for place, value in (("--bot", "no"), ("--start", "nowhere"), ("--language", "xx")):
        assert f"{place}: {value!r}" in told
    assert "--city: 'atlantis'" in told
    assert told.count("; allowed: ") == 4
    assert told.endswith("poster: 4 faults.\n")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, capsys):
    (tmp_path / "file").touch()
    assert run("--bot", BOT, "--city", "brussels", "--out", str(tmp_path / "file")) == 1
    assert capsys.readouterr().err.startswith("--out: ")
