"""The dashboard in Chromium: nobody is shut out by how they see, move, print or sign in."""

from __future__ import annotations

import csv
import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboard_browser import FOR_EVERYBODY, SEEN_BY, browsing, sign_in, started, visit, window

pytestmark = pytest.mark.slow

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
PATHS = pytest.mark.parametrize("path", FOR_EVERYBODY)
ROLES_AND_PATHS = [(role, path) for role, paths in SEEN_BY.items() for path in paths]
HEAVIEST_BYTES = 200_000
REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const all = [...document.querySelectorAll(SELECTOR)];
  return {index: all.indexOf(one), outline: style.outlineStyle,
          width: parseFloat(style.outlineWidth),
          seen: one.getBoundingClientRect().bottom > 0};
}"""
IN_SIGHT = """() => [...document.querySelectorAll(SELECTOR)]
  .filter(one => one.checkVisibility() && !one.disabled).length"""


@pytest.fixture(scope="module")
def browser():
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def dashboard(browser, tmp_path_factory):
    with started(tmp_path_factory.mktemp("dashboard")) as running:
        yield running


def in_language(path: str, language: str) -> str:
    return f"{path}?language={language}"


def go(page, path: str) -> None:
    # A page that only says what went wrong would keep every rule.
    assert page.goto(path).status == 200


def script(text: str) -> str:
    return text.replace("SELECTOR", repr(REACHABLE))


def width_beyond(page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def violations(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@LANGUAGES
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("role", "path"), ROLES_AND_PATHS)
def test_every_page_keeps_the_rules_of_access(browser, dashboard, role, path, scheme, language):
    with visit(browser, dashboard, role, color_scheme=scheme, viewport=DESK) as page:
        go(page, in_language(path, language))
        assert page.get_attribute("html", "lang") == language
        assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        assert violations(page) == []


@LANGUAGES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_in_keeps_the_rules_of_access(browser, dashboard, scheme, language):
    with window(browser, dashboard, color_scheme=scheme) as page:
        go(page, in_language("/sign-in", language))
        assert violations(page) == []
        sign_in(page, "nobody", "no password at all")
        page.wait_for_selector(".fault")
        assert violations(page) == []


@LANGUAGES
@PATHS
def test_every_page_fits_a_narrow_phone(browser, dashboard, path, language):
    with visit(browser, dashboard, viewport=PHONE) as page:
        go(page, in_language(path, language))
        assert width_beyond(page) <= 0


@PATHS
def test_every_page_fits_when_it_is_twice_as_large(browser, dashboard, path):
    # Zoomed to 200%, a window of 1280 holds 640 of the page's own pixels.
    zoomed = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
    with visit(browser, dashboard, viewport=zoomed, device_scale_factor=2) as page:
        go(page, path)
        assert width_beyond(page) <= 0
    with visit(browser, dashboard, viewport=DESK) as page:
        go(page, path)
        # Letters alone twice as large, as browsers offer it, too.
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert width_beyond(page) <= 0


@PATHS
def test_letters_of_pictures_can_be_read_on_a_phone(browser, dashboard, path):
    with visit(browser, dashboard, viewport=PHONE) as page:
        go(page, path)
        heights = page.eval_on_selector_all(
            ".chart text",
            "all => all.map(one => one.getAttribute('font-size') * one.getScreenCTM().a)",
        )
        # Districts' names are smaller; all of them stand in the table below the map, too.
        assert min(heights, default=9) >= (6 if path == "/districts" else 8)


@pytest.mark.parametrize(("role", "path"), [*ROLES_AND_PATHS, ("", "/sign-in")])
def test_the_keyboard_reaches_everything_in_its_order_and_shows_where_it_is(
    browser, dashboard, role, path
):
    opened = visit(browser, dashboard, role) if role else window(browser, dashboard)
    with opened as page:
        go(page, path)
        wanted = page.evaluate(script(IN_SIGHT))
        reached = []
        while len(set(reached)) < wanted:
            page.keyboard.press("Tab")
            at = page.evaluate(script(FOCUSED))
            assert at["index"] >= 0, f"the focus left after {reached}"
            assert at["outline"] not in ("none", ""), at
            assert at["width"] >= 2, at
            assert at["seen"], at
            reached.append(at["index"])
        # A day, a month and a year are stops of one field.
        assert reached == sorted(reached)
        assert len(set(reached)) == wanted >= 4


def test_the_first_key_leads_past_the_menu(browser, dashboard):
    with visit(browser, dashboard) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_somebody_can_sign_in_look_and_leave_without_a_mouse(browser, dashboard):
    with window(browser, dashboard) as page:
        page.goto("/")
        page.wait_for_url("**/sign-in")
        page.focus("#name")
        page.keyboard.type("demo-viewer")
        page.keyboard.press("Tab")
        page.keyboard.type(dashboard.password("viewer"))
        page.keyboard.press("Enter")
        page.wait_for_url(f"{dashboard.address}/")
        page.focus(".menu a[href='/topics']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/topics")
        # Another way than the sessions of other tests, which leaving would end.
        assert page.locator(".leave button").is_visible()


def test_whoever_leaves_must_sign_in_again(browser, dashboard):
    with visit(browser, dashboard, "editor") as page:
        page.goto("/")
        page.click(".leave button")
        page.wait_for_url("**/sign-in")
        page.goto("/topics")
        assert page.url.endswith("/sign-in")
    del dashboard.sessions["editor"]


def test_a_wrong_password_opens_nothing_and_an_unknown_name_is_told_the_same(browser, dashboard):
    told = []
    for name in ("demo-viewer", "nobody"):
        with window(browser, dashboard) as page:
            page.goto("/sign-in?language=en")
            sign_in(page, name, "a wrong password")
            page.wait_for_selector(".fault")
            told.append(page.inner_text(".fault"))
            page.goto("/")
            assert page.url.endswith("/sign-in")
    assert told[0] == told[1]


@PATHS
def test_no_page_opens_to_a_stranger(browser, dashboard, path):
    with window(browser, dashboard) as page:
        go(page, path)
        assert page.url.endswith("/sign-in")
        assert not page.locator(".chart, table").count()


@pytest.mark.parametrize(
    ("role", "allowed"), [("viewer", False), ("editor", False), ("admin", True)]
)
def test_accounts_are_for_the_admin_alone(browser, dashboard, role, allowed):
    with visit(browser, dashboard, role) as page:
        assert page.goto("/accounts").status == (200 if allowed else 403)
        assert bool(page.locator("table").count()) == allowed


@pytest.mark.parametrize(
    ("role", "allowed"), [("viewer", False), ("editor", True), ("admin", True)]
)
def test_notes_are_written_by_editors_and_seen_by_all(browser, dashboard, role, allowed):
    with visit(browser, dashboard, role) as page:
        go(page, "/notes?language=en")
        assert bool(page.locator("main form").count()) == allowed
        assert "An attack in the city centre (invented)" in page.inner_text("main")


def test_a_note_of_an_editor_stands_in_the_picture_of_a_topic(browser, dashboard):
    with visit(browser, dashboard, "viewer") as page:
        go(page, "/topics?language=en&span=all")
        assert "An attack in the city centre (invented)" in page.inner_text("main")
        assert page.locator(".chart-marker-sign").count() >= 1


@pytest.mark.parametrize("path", ["/", "/topics", "/districts"])
def test_a_page_is_light_and_asks_nothing_from_elsewhere(browser, dashboard, path):
    weights, addresses, faults = [], [], []
    with visit(browser, dashboard) as page:
        page.on("request", lambda request: addresses.append(request.url))
        page.on("response", lambda response: weights.append(len(response.body())))
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("document.querySelectorAll('script, [style]').length") == 0
    assert sum(weights) < HEAVIEST_BYTES
    assert addresses
    assert all(one.startswith(dashboard.address) for one in addresses)
    assert faults == []


@PATHS
def test_every_page_of_a_demonstration_says_so(browser, dashboard, path):
    with visit(browser, dashboard) as page:
        go(page, in_language(path, "en"))
        assert "invented" in page.inner_text(".invented").lower()


@PATHS
def test_every_picture_has_a_table_and_a_text_beside_it(browser, dashboard, path):
    with visit(browser, dashboard) as page:
        go(page, path)
        pictures = page.locator("main .chart:not(.chart-spark)").count()
        assert page.locator("main table").count() >= pictures
        for number in range(pictures):
            picture = page.locator("main .chart:not(.chart-spark)").nth(number)
            described = picture.locator("desc").first.text_content()
            assert described
            assert described in page.locator("main").text_content()


@pytest.mark.parametrize("path", ["/", "/topics", "/districts", "/unmet"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_printed_is_dark_on_white_and_leaves_out_menus(browser, dashboard, path, scheme):
    with visit(browser, dashboard, color_scheme=scheme) as page:
        go(page, path)
        page.emulate_media(media="print", color_scheme=scheme)
        for out in (".menu", "footer", ".leave", ".skip"):
            assert not page.locator(out).first.is_visible()
        assert page.locator("h1").is_visible()
        # In dark mode, too: light letters would vanish on paper.
        letters = page.evaluate(
            """() => [...document.querySelectorAll('main h1, main p, main td, main th, '
              + 'main caption, main .scope, main .chart-axis, main .chart-name')]
              .filter(one => one.checkVisibility())
              .map(one => getComputedStyle(one)[one.closest('svg') ? 'fill' : 'color']
              .match(/[0-9.]+/g).slice(0, 3).map(Number))"""
        )
        assert letters
        assert max(sum(colour) for colour in letters) < 400
        assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize(
    "path", ["/files/topic.csv?topic=housing_help", "/files/week.csv?by=route"]
)
def test_tables_can_be_taken_along(browser, dashboard, path):
    with visit(browser, dashboard) as page:
        answer = page.request.get(path)
        assert answer.status == 200
        lines = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig"))))
        assert len(lines) > 5
        assert all("not true" in line[-1] for line in lines[1:])


@LANGUAGES
def test_the_council_gets_its_page(browser, dashboard, language):
    with visit(browser, dashboard) as page:
        go(page, in_language("/", language))
        answer = page.request.get("/files/council.pdf")
        assert answer.body().startswith(b"%PDF")
        assert answer.body().count(b"/Type /Page\n") == 1


def test_the_map_is_the_same_in_a_language_from_the_right_and_time_is_mirrored(browser, dashboard):
    with visit(browser, dashboard, viewport=PHONE) as page:
        shapes, starts = [], []
        for language in ("en", "ar"):
            go(page, in_language("/districts", language))
            shapes.append(
                page.eval_on_selector_all(
                    ".chart-map polygon.chart-level",
                    "all => all.map(one => one.getAttribute('points'))",
                )
            )
            go(page, in_language("/topics", language))
            starts.append(page.locator(".chart-line").first.get_attribute("points").split(",")[0])
        assert shapes[0] == shapes[1] != []
        assert float(starts[0]) < 170 < float(starts[1])
