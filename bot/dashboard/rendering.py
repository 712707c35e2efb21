"""Templates with the words, names and numbers that they need; everything is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.dashboard import accounts, telling, weeks
from bot.dashboard.page import Page
from bot.dashboard.site import Visit
from bot.words import cldr, languages
from bot.words import dashboard as frame
from bot.words.catalogue import Words
from bot.words.marks import Text

FOLDER = Path(__file__).parent
# Address, name and least role of every page in the menu.
MENU: tuple[tuple[str, Text, str], ...] = (
    ("/", frame.GLANCE, accounts.VIEWER),
    ("/topics", frame.TOPICS, accounts.VIEWER),
    ("/unmet", frame.UNMET, accounts.VIEWER),
    ("/languages", frame.LANGUAGES, accounts.VIEWER),
    ("/districts", frame.DISTRICTS, accounts.VIEWER),
    ("/outcomes", frame.OUTCOMES, accounts.VIEWER),
    ("/compare", frame.COMPARE, accounts.VIEWER),
    ("/cities", frame.CITIES, accounts.VIEWER),
    ("/services", frame.FRESHNESS, accounts.VIEWER),
    ("/notes", frame.NOTES, accounts.VIEWER),
    ("/releases", frame.RELEASES, accounts.VIEWER),
    ("/accounts", frame.ACCOUNTS, accounts.ADMIN),
    ("/help", frame.HELP, accounts.VIEWER),
)


def response(
    visit: Visit, template: str, page: Page, status: int = 200, **more: object
) -> HTMLResponse:
    """Return a page in the frame of the dashboard."""
    return HTMLResponse(_markup(visit, template, page, more), status)


def bare(words: Words, text: Text, status: int) -> HTMLResponse:
    """Return a page that says what went wrong, without asking the database anything."""
    template = _environment().get_template("wrong.html")
    content = template.render(
        say=words.say,
        frame=frame,
        language=words.language,
        direction=_direction(words),
        text=words.say(text),
        title=words.say(frame.WRONG_TITLE),
    )
    return HTMLResponse(content, status)


def _markup(visit: Visit, template: str, page: Page, more: dict[str, object]) -> str:
    city = telling.city_name(visit)
    return (
        _environment()
        .get_template(template)
        .render(
            visit=visit,
            page=page,
            say=visit.words.say,
            frame=frame,
            city=city,
            language=visit.language,
            direction=_direction(visit.words),
            title=visit.words.say(frame.TITLE, page=page.title, city=city),
            invented=weeks.is_invented(visit),
            menu=_menu(visit),
            languages=_languages(visit),
            date=lambda day: cldr.date(day, visit.language),
            **more,
        )
    )


def _direction(words: Words) -> str:
    return "rtl" if words.rtl else "ltr"


def _menu(visit: Visit) -> list[tuple[str, str]]:
    account = visit.account
    return [
        (path, visit.words.say(name))
        for path, name, role in MENU
        if account is not None and account.may(role)
    ]


def _languages(visit: Visit) -> list[tuple[str, str, str]]:
    """Return code, own name and address of this page in every language."""
    return [
        (
            code,
            languages.table()[code].name,
            "?" + urlencode({**visit.query, "language": code}),
        )
        for code in languages.supported()
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
