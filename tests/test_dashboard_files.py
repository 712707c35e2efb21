"""Files that leave the dashboard harm no spreadsheet and fit their page, in every language."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import json
import zipfile
from dataclasses import replace

import pytest
from dashboard_data import add_release, site, typical
from hypothesis import given
from hypothesis import strategies as st
from pdf_pages import pages

from bot.dashboard import council, council_pdf, exports
from bot.dashboard.council import Council
from bot.dashboard.council_pdf import fitted
from bot.dashboard.figures import Bar, Point
from bot.database.engine import engine
from bot.directory import pack
from bot.posters.layout import MM_OF_POINT, width
from bot.signals import demo, reading
from bot.signals.release import Release
from bot.words import languages

CITY = pack.load("brussels").city
TODAY = datetime.date(2026, 11, 21)
DAY = datetime.date(2026, 11, 9)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    found = engine(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite3'}")
    demo.fill(found, CITY, TODAY, weeks=8)
    yield found
    found.dispose()


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def newest(found) -> Release:
    return reading.releases(found, CITY.id)[0]


def test_weeks_come_with_their_mark_dates_intervals_and_what_is_hidden():
    points = [Point(DAY, 25, 20, 30), Point(DAY + datetime.timedelta(weeks=1), None, None, None)]
    content = exports.weeks(points, "en", invented=False)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [
        ["Week", "First day", "Number", "At least", "At most", "Note"],
        ["2026-W46", "2026-11-09", "25", "20", "30", ""],
        ["2026-W47", "2026-11-16", "", "", "",
         "Hidden, because the number is small. It is not zero."],
    ]  # fmt: skip


def test_every_line_of_a_demonstration_says_that_it_is_invented():
    lines = read(
        exports.bars([Bar("A", 20, 15, 25), Bar("B", None, None, None)], "en", invented=True)
    )
    assert all("It is not true." in line[-1] for line in lines[1:])


@pytest.mark.parametrize("sign", exports.FORMULA_SIGNS)
def test_no_cell_begins_as_a_formula(sign):
    for text in (f"{sign}HYPERLINK(1)", f"  {sign}1", sign):
        [[cell]] = [line[:1] for line in read(exports.table(["a"], [[text]]))[1:]]
        assert cell.startswith("'")
        assert cell.removeprefix("'") == text
    [head] = read(exports.table([f"{sign}A1"], []))
    assert head == [f"'{sign}A1"]


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_whatever_stands_in_a_cell_comes_back_as_it_was_or_harmless(rows):
    for line, row in zip(read(exports.table(["a", "b"], rows))[1:], rows, strict=True):
        for cell, text in zip(line, row, strict=True):
            assert cell in (text.replace("\x00", ""), "'" + text.replace("\x00", ""))
            assert not cell.lstrip(" ").startswith(exports.FORMULA_SIGNS)


def test_open_data_is_a_package_that_names_its_licence(shown):
    content = exports.open_data(shown, CITY, [newest(shown)], "CC-BY-4.0")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        described = json.loads(file.read("datapackage.json"))
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert "INVENTED" in described["title"]


def _texts(content: bytes) -> str:
    [page] = pages(content)
    return "".join(" ".join(page.lines).split())


@pytest.mark.parametrize("language", languages.supported())
def test_the_council_gets_one_page_that_says_all_of_it(shown, language):
    made = council.compose(shown, CITY, newest(shown), language)
    content = council_pdf.page(made)
    assert content.count(b"/Type /Page\n") == 1
    on_paper = _texts(content)
    # Right to left, words come back in the order of the eye: their letters are compared.
    for text in council.lines_of(made):
        for word in text.split():
            bare = "".join(filter(str.isdigit, word))
            assert bare in "".join(filter(str.isdigit, on_paper)), word
    if language != "ar":
        whole = (made.title, made.warning, made.method, made.source, *made.unmet)
        # What rose and what fell stand side by side, so that their lines alternate.
        for text in (*whole, *" ".join((*made.rose, *made.fell)).split()):
            assert "".join(text.split()) in on_paper, text


PLACES = [
    value for value in vars(council_pdf).values() if isinstance(value, council_pdf.Place)
] + list(council_pdf.HEADLINE)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("letters", ["word " * 400, "W" * 300, "سكن " * 300, ""], ids=len)
def test_no_text_is_larger_than_its_place(place, letters):
    points, lines = fitted(letters, place)
    assert sum(points * 1.25 * MM_OF_POINT for _ in lines) <= place.height + 0.01
    assert all(width(line, points, place.bold) <= place.width + 0.01 for line in lines)
    assert place.left + place.width <= council_pdf.PAGE_WIDTH - council_pdf.MARGIN + 0.01


def test_the_places_of_the_page_do_not_overlap():
    ends = [council_pdf.HEAD, council_pdf.WEEK, council_pdf.WARNING, *council_pdf.HEADLINE]
    assert all(a.top + a.height <= b.top for a, b in itertools.pairwise(ends))
    assert ends[-1].top + ends[-1].height <= council_pdf.CHANGES_TOP
    assert council_pdf.CHANGES_TOP + council_pdf.CHANGES_HEIGHT <= council_pdf.CHARTS_TOP
    plots = council_pdf.CHARTS_TOP + council_pdf.HEADING_HEIGHT
    assert plots + council_pdf.PLOT_TOP + council_pdf.PLOT_HEIGHT + 5 <= council_pdf.UNMET_TOP
    assert council_pdf.UNMET_TOP + council_pdf.UNMET_HEIGHT <= council_pdf.METHOD_TOP
    assert council_pdf.METHOD_TOP + 8 + 14 + 6 <= council_pdf.PAGE_HEIGHT - 10


@pytest.mark.parametrize("language", ["en", "ar", "de"])
def test_far_too_much_text_still_is_one_page(shown, language):
    made = council.compose(shown, CITY, newest(shown), language)
    much = tuple(["far too long a name of a topic " * 20] * 40)
    full: Council = replace(
        made, rose=much, fell=much, unmet=much, title="long " * 99, method="m " * 999
    )
    content = council_pdf.page(full)
    assert content.count(b"/Type /Page\n") == 1


def test_a_week_is_told_as_it_was_then(shown):
    older = reading.releases(shown, CITY.id)[3]
    made = council.compose(shown, CITY, older, "en")
    assert made.week.startswith("Week of 19 October")
    assert all(points[-1].day == older.first_day for _, points in made.charts)


def of_site(folder, number=typical):
    at = site(folder, weeks=0)
    for weeks_ago in range(16):
        add_release(at.engine, weeks_ago, number)
    return council.compose(at.engine, CITY, newest(at.engine), "en")


def test_a_hidden_number_is_not_told_as_one_it_stands_for(tmp_path):
    # Work and training is hidden this week: half of the limit, 5, is reckoned with, not known.
    [fell] = of_site(tmp_path).fell
    assert fell.startswith("Work and training: ")
    assert fell.endswith(" fewer a week")
    assert "about 5" not in fell


def test_what_was_not_found_and_what_did_not_help_are_two_things(tmp_path):
    def both(table, first, second, weeks_ago):
        found = (first, second) == ("housing_help", "not_helpful")
        return 70 if found else typical(table, first, second, weeks_ago)

    found, unhelpful = [
        line for line in of_site(tmp_path, both).unmet if line.startswith("Housing and shelter")
    ]
    assert found == "Housing and shelter: about 85 (75 to 95)"
    said = "Housing and shelter (They said it did not help): about 70 (60 to 80)"
    assert unhelpful == said


def test_real_numbers_are_not_called_invented(shown):
    real = replace(newest(shown), invented=False)
    assert council.compose(shown, CITY, real, "en").warning == ""
    assert council.compose(shown, CITY, newest(shown), "en").warning != ""
