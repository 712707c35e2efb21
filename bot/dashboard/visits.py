"""Turns a request into a visit, and refuses what may not come in, before any page is asked."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.dashboard import sessions
from bot.dashboard.accounts import VIEWER
from bot.dashboard.cookies import LANGUAGE, SESSION, KeptCookies
from bot.dashboard.site import Site, Visit
from bot.words import languages
from bot.words.catalogue import words

View = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]
SIGN_IN_PATH = "/sign-in"
FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 20
IPV6_NETWORK = 64


def endpoint(view: View, role: str | None = VIEWER) -> Endpoint:
    """Return the endpoint of a view that this role may see; None: also before signing in."""

    async def answer(request: Request) -> Response:
        visit, kept = await come(request)
        if role and visit.account is None:
            return RedirectResponse(SIGN_IN_PATH, 303)
        if role and visit.account and not visit.account.may(role):
            raise HTTPException(403)
        response = await run_in_threadpool(view, visit)
        kept.keep(response, language=visit.query.get(LANGUAGE, ""))
        return response

    return answer


async def come(request: Request) -> tuple[Visit, KeptCookies]:
    """Return a visit; refuse too many of them, and forms that are not our own."""
    site: Site = request.app.state.site
    if not site.requests.allows(address(request)):
        raise HTTPException(429)
    kept = KeptCookies(request)
    session = sessions.of_cookie(site.cookies, request.cookies.get(kept.name(SESSION), ""))
    account = await run_in_threadpool(sessions.account_of, site.engine, session)
    key = session.key if session and account else kept.form_key
    form = await _form(request)
    if request.method == "POST":
        _check_token(request, site, key, form.get("token", ""))
    visit = Visit(
        site=site,
        words=words(chosen_language(request)),
        path=request.url.path,
        query=dict(request.query_params),
        form=form,
        token=site.cookies.token(key),
        account=account,
    )
    return visit, kept


def address(request: Request) -> str:
    """Return where a request comes from; it is held in memory for a minute.

    Of IPv6 the network: whoever has one has 2**64 addresses in it.
    """
    given = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(found, ipaddress.IPv4Address) or found.ipv4_mapped:
        return given
    return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))


def chosen_language(request: Request) -> str:
    """Return the language of the address, else the one chosen before, else the browser's."""
    accepted = request.headers.get("accept-language", "")[:200]
    wishes = [part.split(";")[0].strip() for part in accepted.split(",")]
    return languages.first_supported(
        [request.query_params.get(LANGUAGE), request.cookies.get(LANGUAGE), *wishes]
    )


async def _form(request: Request) -> Mapping[str, str]:
    if request.method != "POST":
        return {}
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM_TYPE:
        raise HTTPException(415)
    async with request.form(max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _check_token(request: Request, site: Site, key: str, given: str) -> None:
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if elsewhere or not site.cookies.is_token(key, given):
        raise HTTPException(400)
