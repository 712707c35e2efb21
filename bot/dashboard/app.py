"""The dashboard as a web application: which address is answered by what, and for whom."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.dashboard import files, openid, rendering, signing_in, views, visits
from bot.dashboard.accounts import ADMIN, EDITOR, VIEWER
from bot.dashboard.headers import StrictHeaders
from bot.dashboard.pages import (
    by_week,
    cities,
    compare,
    freshness,
    glance,
    helping,
    releases,
    topics,
    unmet,
)
from bot.dashboard.site import Site
from bot.words import dashboard as frame
from bot.words.catalogue import words

logger = logging.getLogger(__name__)

PAGES = {
    "/": glance.page,
    "/topics": topics.page,
    "/unmet": unmet.page,
    "/languages": by_week.languages,
    "/districts": by_week.districts,
    "/outcomes": by_week.outcomes,
    "/compare": compare.page,
    "/cities": cities.page,
    "/services": freshness.page,
    "/releases": releases.page,
    "/help": helping.overview,
    "/help/hidden": helping.hidden,
}
# Method, address, view, least role.
DOINGS = (
    ("GET", "/files/topic.csv", files.topic, VIEWER),
    ("GET", "/files/week.csv", files.week, VIEWER),
    ("GET", "/files/unmet.csv", files.unmet, VIEWER),
    ("GET", "/files/council.pdf", files.council_page, VIEWER),
    ("GET", "/files/open-data.zip", files.open_data, VIEWER),
    ("GET", "/notes", views.see_notes, VIEWER),
    ("POST", "/notes", views.add_note, EDITOR),
    ("POST", "/notes/remove", views.remove_note, EDITOR),
    ("GET", "/accounts", views.see_accounts, ADMIN),
    ("POST", "/accounts/unlock", views.unlock, ADMIN),
)
ENTRANCE = (
    ("GET", visits.SIGN_IN_PATH, signing_in.show),
    ("POST", visits.SIGN_IN_PATH, signing_in.submit),
    ("POST", "/sign-out", signing_in.leave),
    ("GET", "/sign-in/openid", signing_in.to_provider),
    ("GET", openid.BACK_PATH, signing_in.from_provider),
)


def build(site: Site) -> ASGIApp:
    """Return the application of a site. The headers stand outermost: errors have them, too."""
    static = StaticFiles(directory=rendering.FOLDER / "static")
    app = Starlette(
        routes=[*_routes(), Mount("/static", static)],
        exception_handlers={
            HTTPException: _refused,
            SQLAlchemyError: _away,
            Exception: _failed,
        },
    )
    app.state.site = site
    return StrictHeaders(app)


def _routes() -> list[Route]:
    pages = [
        Route(path, visits.endpoint(views.reading(page)), methods=["GET"])
        for path, page in PAGES.items()
    ]
    doings = [
        Route(path, visits.endpoint(view, role), methods=[method])
        for method, path, view, role in DOINGS
    ]
    entrance = [Route(path, view, methods=[method]) for method, path, view in ENTRANCE]
    return [*pages, *doings, *entrance, Route("/health", _health, methods=["GET"])]


async def _health(request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _wrong(request, status)


async def _away(request: Request, error: Exception) -> Response:
    logger.error("The database of the releases cannot be read (%s)", type(error).__name__)
    return _wrong(request, 503)


async def _failed(request: Request, error: Exception) -> Response:
    return _wrong(request, 500)


def _wrong(request: Request, status: int) -> Response:
    text = frame.WRONG.get(status, frame.WRONG[500])
    return rendering.bare(words(visits.chosen_language(request)), text, status)
