"""The pages of the dashboard: they say what was released, in every language."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser

import pytest
from dashboard_data import NEWEST, Staff, add_release, site, text_of
from sqlalchemy import event

from bot.dashboard import app, notes
from bot.dashboard.site import Site
from bot.directory import pack
from bot.signals import change
from bot.words import cldr, doors, languages
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts
from bot.words.catalogue import words

PAGES = [*app.PAGES, "/notes", "/accounts"]
FILES = ("/files/topic.csv", "/files/week.csv?by=route", "/files/unmet.csv", "/files/council.pdf")
TAGS = re.compile(r"<(/?)([a-z0-9-]+)")
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def at(tmp_path_factory):
    return site(tmp_path_factory.mktemp("dashboard"))


@pytest.fixture(scope="module")
def admin(at):
    staff = Staff(at)
    staff.sign_in("admin")
    return staff


@pytest.fixture
def editor(tmp_path):
    staff = Staff(site(tmp_path, weeks=1))
    staff.sign_in("editor")
    return staff


def rows_of(page: str, caption: str) -> dict[str, str]:
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        if caption in text_of(table):
            rows = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", table, re.DOTALL)
            return {text_of(row.split("</th>")[0]): text_of(row.split("</th>")[1]) for row in rows}
    raise AssertionError(f"no table: {caption}")


class Outline(HTMLParser):
    """Names of elements, and the ids that occur."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.inputs: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label":
            self.labelled.append(given["for"])
        if tag in ("input", "select") and given.get("type") != "hidden":
            self.inputs.append(given["id"])
        assert "style" not in given, f"{tag}: a style inside the page"
        assert not [name for name in given if name.startswith("on")], f"{tag}: a script"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ar", "uk"])
def test_every_page_is_whole_in_every_kind_of_script(admin, path, language):
    found = admin.get(f"{path}?language={language}")
    assert found.status_code == 200
    rtl = languages.table()[language].rtl
    assert f'<html lang="{language}" dir="{"rtl" if rtl else "ltr"}">' in found.text
    outline = Outline(found.text)
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert landmark in outline.elements
    assert outline.elements.count("h1") == outline.elements.count("main") == 1
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.inputs) <= set(outline.labelled)
    assert "script" not in outline.elements
    assert 'href="#content"' in found.text.split("<header>")[0]
    assert len(found.content) < 200_000


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_fetched_from_elsewhere(admin, path):
    page = admin.get(path).text
    fetched = re.findall(r'(?:src|href|action|url)=?[("]+([^")]+)', page)
    assert all(address.startswith(("/", "#", "?")) for address in fetched), fetched
    css = admin.get("/static/dashboard.css").text + admin.get("/static/charts.css").text
    assert "url(" not in css.replace("url(#", "")
    assert "@import" not in css
    for name in ("dashboard.css", "charts.css", "icon.svg"):
        assert admin.get(f"/static/{name}").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_picture_has_words_and_every_table_a_caption(admin, path):
    page = admin.get(path).text
    for picture in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert 'role="img"' in picture
        assert re.search(r"<title[^>]*>[^<]+</title><desc[^>]*>[^<]+</desc>", picture)
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        assert re.search(r"<caption>\s*\S", table)
        assert "<thead>" in table
        assert 'scope="col"' in table
    pictures, summaries = page.count('class="picture"'), page.count('class="summary"')
    assert pictures <= summaries


def test_the_first_page_says_what_rose_and_what_fell_and_how_sure_that_is(admin):
    said = text_of(admin.get("/?language=en").text)
    rose = said.split(texts.ROSE.english)[1].split(texts.FELL.english)[0]
    fell = said.split(texts.FELL.english)[1].split(texts.ALL_TOPICS.english)[0]
    assert re.search(r"Legal help: \d+ to \d+ more a week", rose)
    assert re.search(r"Work and training: \d+ to \d+ fewer a week", fell)
    assert "Housing" not in rose + fell
    assert "Week 47 of 2026" in said


@pytest.mark.parametrize(("days", "is_old"), [(9, False), (17, False), (18, True), (90, True)])
def test_numbers_of_long_ago_are_not_called_those_of_the_last_week(
    admin, monkeypatch, days, is_old
):
    today = NEWEST + datetime.timedelta(days=days)
    monkeypatch.setattr(Site, "today", property(lambda _: today))
    said = text_of(admin.get("/?language=en").text)
    assert (texts.OLD_NUMBERS.english in said) == is_old
    assert (texts.GLANCE_LEAD.english in said) != is_old


def test_a_table_of_many_weeks_is_not_called_one_of_a_week(admin):
    said = text_of(admin.get("/?language=en").text)
    total = said.split(texts.TOTAL.english)[-1].split(texts.ALL_TOPICS.english)[0]
    assert "Brussels, 15 weeks, up to Week 47 of 2026" in total


def test_the_interval_of_a_change_is_that_of_the_rule(admin, at):
    from bot.signals import reading

    found = change.of(reading.series(at.engine, "brussels", "topic", "legal_help"))
    low, high = round(found.low), round(found.high)
    assert f"Legal help: {low} to {high} more a week" in text_of(admin.get("/?language=en").text)


def test_numbers_stand_with_how_sure_they_are_and_small_ones_are_hidden(admin):
    rows = rows_of(admin.get("/?language=en").text, texts.ALL_TOPICS.english)
    assert rows["Legal help"].startswith("240 between 230 and 250")
    assert rows["Have a say in the city"].startswith("hidden")
    # The highest come first.
    assert next(iter(rows)) == "Legal help"


@pytest.mark.parametrize("path", ["/", "/topics?topic=job_help", "/languages", "/compare"])
def test_every_hidden_number_leads_to_why(admin, path):
    page = admin.get(path).text
    hidden = re.findall(r'<a class="hidden" href="([^"]+)">', page)
    assert hidden
    assert set(hidden) == {"/help/hidden"}
    assert texts.HIDDEN_LEAD.english in text_of(admin.get("/help/hidden?language=en").text)


@pytest.mark.parametrize(
    ("path", "caption", "row", "number"),
    [
        ("/topics?topic=legal_help", "Legal help, week by week", "Week 46", "100 between 90"),
        ("/languages", "Questions by language", "Ukrainian", "60 between 50 and 70"),
        ("/languages?topic=housing_help", "Housing and shelter: questions", "Arabic", "60 between"),
        ("/districts", "Questions by district", "Schaerbeek", "60 between"),
        ("/districts", "Questions by district", "No district named", "60 between"),
        ("/districts?topic=legal_help", "Legal help: questions", "Laeken", "60 between"),
        ("/outcomes", "Questions by what came of them", "We knew of no service", "60 between"),
        ("/outcomes?topic=housing_help", "Housing and shelter: what", "We knew", "85 between"),
        ("/unmet", "Topics with no answer", "Housing and shelter", "85 between 75 and 95 60 bet"),
        ("/unmet?topic=legal_help", "Legal help: in which languages", "Dutch", "60 between"),
        ("/releases", "How the newest numbers", "By topic", "10"),
        ("/releases", "All weeks with numbers", "Week 47", "24 November 2026"),
        ("/compare", "Topics in two periods", "Legal help", "100 between"),
    ],
)  # fmt: skip
def test_a_table_says_what_was_released(admin, path, caption, row, number):
    joiner = "&" if "?" in path else "?"
    rows = rows_of(admin.get(f"{path}{joiner}language=en").text, caption)
    assert any(name.startswith(row) and number in value for name, value in rows.items()), rows


def test_an_earlier_week_can_be_chosen(admin):
    page = admin.get("/languages?week=2026-W40&language=en").text
    assert "Week 40 of 2026" in text_of(page)
    assert re.search(r'value="2026-W40" selected', page)


@pytest.mark.parametrize("span", ["13", "52", "all"])
def test_as_many_weeks_are_shown_as_were_asked_for(admin, span):
    page = admin.get(f"/topics?topic=legal_help&span={span}&language=en").text
    wanted = {"13": 13, "52": 16, "all": 16}[span]
    assert len(rows_of(page, "Legal help, week by week")) == wanted


def test_two_periods_are_held_against_each_other(admin):
    address = "/compare?first_from=2026-W40&first_to=2026-W43&second_from=2026-W47"
    rows = rows_of(admin.get(f"{address}&language=en").text, texts.COMPARE_TABLE.english)
    assert re.search(r"^100 between \d+ and \d+ 240 between .* more a week$", rows["Legal help"])
    assert re.search(r"^300 between .* hidden .* fewer a week$", rows["Work and training"])
    assert rows["Housing and shelter"].endswith("not clear")


def test_periods_given_the_wrong_way_round_are_put_in_order_and_that_is_said(admin):
    found = admin.get("/compare?first_from=2026-W43&first_to=2026-W40&language=en")
    assert texts.COMPARE_WRONG.english in text_of(found.text)


@pytest.mark.parametrize(("second", "overlaps"), [("2026-W43", True), ("2026-W44", False)])
def test_periods_that_share_weeks_are_said_to(admin, second, overlaps):
    address = "/compare?first_from=2026-W40&first_to=2026-W43&second_to=2026-W47"
    page = text_of(admin.get(f"{address}&second_from={second}&language=en").text)
    assert (texts.COMPARE_OVERLAP.english in page) == overlaps


def test_what_was_not_found_can_be_taken_along(admin):
    page = admin.get("/unmet?language=en&week=2026-W46").text
    assert "/files/unmet.csv?week=2026-W46" in page
    found = admin.get("/files/unmet.csv?week=2026-W46&language=en")
    rows = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert ["Housing and shelter: We knew of no service", "85", "75", "95", ""] in rows
    assert ["Housing and shelter: They said it did not help", "60", "50", "70", ""] in rows


def test_our_list_of_services_is_told_with_what_to_check_next(admin, at):
    page = admin.get("/services?language=en").text
    counts = rows_of(page, texts.FRESHNESS_COUNTS.english)
    assert counts[texts.ALL_SERVICES.english] == str(len(pack.load("brussels").services))
    assert len(rows_of(page, texts.FRESHNESS_DUE.english)) > 10


@pytest.mark.parametrize("path", PAGES)
def test_without_any_release_every_page_says_so_calmly(tmp_path, path):
    staff = Staff(site(tmp_path, weeks=0))
    staff.sign_in("admin")
    assert staff.get(path).status_code == 200
    for file in FILES:
        assert staff.get(file).status_code == 404
    if path in ("/", "/topics", "/unmet", "/languages", "/compare", "/releases"):
        assert texts.NO_RELEASES.english in text_of(staff.get(f"{path}?language=en").text)


def test_a_demonstration_is_marked_on_every_page(tmp_path, admin):
    demo = Staff(site(tmp_path, weeks=2, invented=True))
    pages = [demo.get("/sign-in").text]
    demo.sign_in("admin")
    pages += [demo.get(path).text for path in PAGES]
    for page in pages:
        assert '<aside class="invented"' in page
        assert frame.INVENTED.english in text_of(page)
    assert frame.INVENTED.english not in admin.get("/?language=en").text


def test_one_invented_release_among_others_marks_all_pages(tmp_path):
    at = site(tmp_path, weeks=1)
    add_release(at.engine, 5, invented=True)
    assert 'class="invented"' in Staff(at).get("/sign-in").text


@pytest.mark.parametrize(
    ("wish", "language"),
    [("fr-BE,fr;q=0.9,en;q=0.8", "fr"), ("xx,nl", "nl"), ("", "en"), ("*", "en"), (";;;,,", "en")],
)
def test_the_browser_says_which_language_it_wants(at, wish, language):
    found = Staff(at).get("/sign-in", headers={"Accept-Language": wish})
    assert f'<html lang="{language}"' in found.text


def test_a_language_that_was_chosen_stays(at):
    staff = Staff(at)
    staff.get("/sign-in?language=tr")
    assert '<html lang="tr"' in staff.get("/sign-in").text
    # What is no language of ours changes nothing and is not kept.
    assert '<html lang="tr"' in staff.get("/sign-in?language=<b>").text
    assert staff.client.cookies["language"] == "tr"


def test_topics_have_the_names_that_residents_see(admin):
    for language in ("fr", "ar"):
        rows = rows_of(
            admin.get(f"/?language={language}").text, words(language).say(texts.ALL_TOPICS)
        )
        assert words(language).say(doors.NAMES["legal_help"]) in rows


def test_numbers_are_written_as_the_language_does(admin):
    assert cldr.number(2000, "de") == "2.000"
    assert "2.000" in text_of(admin.get("/?language=de").text)


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_nothing_in_an_address_reaches_a_page_as_markup(admin, path):
    names = ("topic", "week", "span", "first_from", "second_to", "by", "language", "x")
    found = admin.get(path, params=dict.fromkeys(names, EVIL))
    assert found.status_code in (200, 404)
    assert b"<script" not in found.content
    assert b"<img" not in found.content
    assert "\n" not in found.headers.get("content-disposition", "")


@pytest.mark.parametrize("value", ["2026-W99", "0000-W00", "../../etc", "%00", "9" * 5000])
def test_a_week_or_topic_that_is_none_gives_the_usual_page(admin, value):
    for path in ("/languages", "/topics", "/compare", "/unmet"):
        given = dict.fromkeys(("week", "topic", "span", "first_from", "first_to"), value)
        assert admin.get(path, params=given).status_code == 200


@pytest.mark.parametrize("path", ["/nowhere", "/static/../app.py", "/static/%2e%2e/app.py"])
def test_what_is_not_there_is_said_in_the_language(admin, path):
    found = admin.get(f"{path}?language=fr")
    assert found.status_code == 404
    assert words("fr").say(frame.WRONG[404]) in text_of(found.text)
    assert "Text(" not in found.text


def test_an_editor_writes_notes_that_stand_in_the_chart(editor):
    day = NEWEST.isoformat()
    editor.post("/notes", first_day=day, text="The school year\u202e began\n(late)")
    note = "The school year began (late)"
    assert note in rows_of(editor.get("/notes?language=en").text, frame.NOTES_TABLE.english)
    page = editor.get("/topics?topic=legal_help&language=en").text
    assert f"1. 16 November 2026: {note}" in text_of(page)
    # And takes them away again.
    id_ = re.search(r'name="id" value="(\d+)"', editor.get("/notes").text).group(1)
    editor.post("/notes/remove", "/notes", id=id_)
    assert note not in editor.get("/notes").text


@pytest.mark.parametrize("text", [EVIL, "{{ 7*7 }}", "{token}", "=1+1", "&lt;", "'; DROP--"])
def test_a_note_is_text_and_nothing_else(editor, text):
    editor.post("/notes", first_day="2026-11-18", text=text)
    for path in ("/notes", "/topics"):
        page = editor.get(path).text
        assert "<script" not in page
        assert "<img" not in page
        assert text in text_of(page)


@pytest.mark.parametrize(
    ("day", "text", "fault"),
    [("", "school", frame.NOTE_WRONG_DAY), ("tomorrow", "school", frame.NOTE_WRONG_DAY),
     ("9999-12-31", "school", frame.NOTE_WRONG_DAY), ("2026-09-01", " \n ", frame.NOTE_WRONG_TEXT),
     ("2026-09-01", "x" * 281, frame.NOTE_WRONG_TEXT)],
)  # fmt: skip
def test_a_note_that_does_not_fit_is_not_kept_and_all_faults_are_told(editor, day, text, fault):
    found = editor.post("/notes", first_day=day, text=text)
    assert found.status_code == 422
    assert fault.english in text_of(found.text)
    both = text_of(editor.post("/notes").text)
    assert frame.NOTE_WRONG_DAY.english in both
    assert frame.NOTE_WRONG_TEXT.english in both
    assert notes.of_city(editor.site.engine, "brussels") == []


def test_a_note_of_another_city_is_not_seen_and_not_removed(editor):
    notes.add(editor.site.engine, "aarhus", NEWEST, "elsewhere", "ola")
    assert "elsewhere" not in editor.get("/notes").text
    editor.post("/notes/remove", "/notes", id="1")
    assert len(notes.of_city(editor.site.engine, "aarhus")) == 1


@pytest.mark.parametrize("id_", ["", "x", "-1", "1 OR 1=1", "9" * 40, "²"])
def test_an_id_that_is_none_removes_nothing(editor, id_):
    editor.post("/notes", first_day="2026-09-01", text="school")
    assert editor.post("/notes/remove", "/notes", id=id_).status_code == 200
    assert len(notes.of_city(editor.site.engine, "brussels")) == 1


def test_a_table_goes_home_for_a_spreadsheet(admin):
    found = admin.get("/files/week.csv?by=language&language=en")
    assert found.headers["content-disposition"] == (
        'attachment; filename="brussels-2026-W47-language.csv"'
    )
    rows = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert ["Ukrainian", "60", "50", "70", ""] in rows
    weeks = admin.get("/files/topic.csv?topic=legal_help&span=all").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(weeks)))) == 1 + 16


def test_the_council_gets_a_page_and_everybody_open_data(admin):
    page = admin.get("/files/council.pdf?language=en")
    assert page.headers["content-type"] == "application/pdf"
    assert page.content.startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(admin.get("/files/open-data.zip").content)) as file:
        described = json.loads(file.read("datapackage.json"))
    assert described["resources"]


@pytest.mark.parametrize("by", ["", "total", "demand", "account", "../x"])
def test_no_other_table_goes_home(admin, by):
    assert admin.get("/files/week.csv", params={"by": by}).status_code == 404


def test_a_table_that_no_release_has_does_not_go_home_empty(admin):
    asked = {"by": "audience", "topic": "housing_help"}
    assert admin.get("/files/week.csv", params=asked).status_code == 404
    assert admin.get("/files/week.csv", params={**asked, "by": "outcome"}).status_code == 200


def test_the_dashboard_never_asks_for_raw_counters(tmp_path):
    at = site(tmp_path, weeks=2)
    asked: list[str] = []
    event.listen(at.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    staff = Staff(at)
    staff.sign_in("admin")
    for path in (*PAGES, *FILES):
        assert staff.get(path).status_code == 200
    assert len(asked) > len(PAGES)
    assert not [line for line in asked if re.search(r"\b(demand|progress)\b", line)]


def test_no_code_of_the_dashboard_knows_what_counts():
    program = "import sys, bot.dashboard.__main__; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "bot.dashboard.app" in loaded
    assert not {"bot.demand", "bot.gateway", "bot.signals.release", "opendp"} & loaded
