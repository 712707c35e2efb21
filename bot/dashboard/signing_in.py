"""Signing in and out: with a password, or through the city's OpenID Connect provider."""

from __future__ import annotations

import asyncio
import time

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.dashboard import accounts, openid, rendering, sessions, sign_ins, visits
from bot.dashboard.accounts import Account
from bot.dashboard.cookies import LANGUAGE, PROVIDER, SESSION, KeptCookies
from bot.dashboard.page import Page
from bot.dashboard.site import MOST_WAITING, Visit
from bot.words import dashboard as frame
from bot.words.marks import Text


async def show(request: Request) -> Response:
    """Show the form; whoever is in already goes on to the first page."""
    visit, kept = await visits.come(request)
    if visit.account:
        return RedirectResponse("/", 303)
    response = await run_in_threadpool(_form, visit, (), 200)
    kept.keep(response, language=visit.query.get(LANGUAGE, ""))
    return response


async def submit(request: Request) -> Response:
    """Let in whoever has the right password. Every refusal takes as long and says the same."""
    visit, kept = await visits.come(request)
    site, begin = visit.site, time.monotonic()
    _not_too_often(visit, request)
    given = visit.form.get("name", ""), visit.form.get("password", "")
    if site.judging.statistics().tasks_waiting >= MOST_WAITING:
        raise HTTPException(429)
    account = await to_thread.run_sync(
        sign_ins.attempt, site.engine, *given, site.now, limiter=site.judging
    )
    if account:
        return _let_in(visit, kept, account, RedirectResponse("/", 303))
    await asyncio.sleep(max(0.0, begin + site.refusal_seconds - time.monotonic()))
    response = await run_in_threadpool(_form, visit, (frame.REFUSED, frame.TRY_LATER), 403)
    kept.keep(response)
    return response


async def leave(request: Request) -> Response:
    """End all sessions of the account."""
    visit, kept = await visits.come(request)
    if visit.account:
        await run_in_threadpool(accounts.end_sessions, visit.engine, visit.account)
    response = RedirectResponse(visits.SIGN_IN_PATH, 303)
    kept.forget(response, SESSION)
    return response


async def to_provider(request: Request) -> Response:
    """Send the browser to the provider, with what to recognise its return by in a cookie."""
    visit, kept = await visits.come(request)
    _not_too_often(visit, request)
    try:
        response, remembered = await openid.begin(visit.site.settings, request)
    except openid.ProviderError:
        return await run_in_threadpool(_form, visit, (frame.PROVIDER_FAILED,), 502)
    # The way back comes from another site: a strict cookie would stay behind.
    kept.set(response, PROVIDER, visit.site.cookies.signed(PROVIDER, remembered), "lax")
    return response


async def from_provider(request: Request) -> Response:
    """Let in whoever the provider names, when there is an account of that name."""
    visit, kept = await visits.come(request)
    _not_too_often(visit, request)
    cookie = request.cookies.get(kept.name(PROVIDER), "")
    remembered = visit.site.cookies.read(PROVIDER, cookie, openid.WITHIN_SECONDS)
    try:
        names = await openid.end(visit.site.settings, request, remembered)
    except openid.ProviderError:
        names = []
    account = await run_in_threadpool(_of_provider, visit, names)
    if account is None:
        response = await run_in_threadpool(_form, visit, (frame.PROVIDER_FAILED,), 403)
        kept.keep(response)
    else:
        # A page of our own goes on: after a redirect from elsewhere no strict cookie would be sent.
        page = Page(visit.words.say(frame.SIGNED_IN))
        response = await run_in_threadpool(rendering.response, visit, "signed_in.html", page)
        _let_in(visit, kept, account, response)
    kept.forget(response, PROVIDER)
    return response


def _not_too_often(visit: Visit, request: Request) -> None:
    """Refuse too many attempts: each is written down, and asks for time."""
    if not visit.site.sign_ins.allows(visits.address(request)):
        raise HTTPException(429)


def _let_in(visit: Visit, kept: KeptCookies, account: Account, response: Response) -> Response:
    session = sessions.begun(account)
    value = [session.account, session.number, session.key]
    kept.set(response, SESSION, visit.site.cookies.signed(SESSION, value))
    return response


def _of_provider(visit: Visit, names: list[str]) -> Account | None:
    now = visit.site.now
    found = (accounts.named(visit.engine, name) for name in names)
    account = next((one for one in found if one), None)
    name = account.name if account else sign_ins.UNKNOWN
    sign_ins.note(visit.engine, name, sign_ins.IN if account else sign_ins.REFUSED, now)
    return account


def _form(visit: Visit, faults: tuple[Text, ...], status: int) -> Response:
    say = visit.words.say
    return rendering.response(
        visit,
        "sign_in.html",
        Page(say(frame.SIGN_IN), (say(frame.SIGN_IN_LEAD),)),
        status,
        faults=[say(fault) for fault in faults],
        with_provider=bool(visit.site.settings.oidc_issuer),
    )
