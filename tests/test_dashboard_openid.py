"""Signing in through an OpenID Connect provider: a real one, small, over real HTTP."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest
import uvicorn
from dashboard_data import Staff, site, text_of
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from support.programs import free_ports

from bot.dashboard import accounts
from bot.words import dashboard as words

CLIENT, SECRET = "rightdoor", "between-the-two-of-us"


class Provider:
    """A provider that knows one member of staff. `claims` and `key` can be made wrong."""

    def __init__(self) -> None:
        [self.port] = free_ports(1)
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.signing = self.key
        self.claims: dict[str, object] = {"email": "Vera", "email_verified": True}
        self.changed: dict[str, object] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.configuration),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def configuration(self, request):
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def authorize(self, request):
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 303)

    async def token(self, request):
        given = dict(parse_qsl((await request.body()).decode()))
        client = base64.b64decode(request.headers["authorization"].split()[1]).decode()
        asked = self.codes.pop(given["code"], None)
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_right = asked and asked["code_challenge"] == challenge
        if not is_right or client != f"{CLIENT}:{SECRET}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            **{"iss": self.issuer, "aud": CLIENT, "sub": "1", "nonce": asked["nonce"]},
            **{"iat": now, "exp": now + 60, **self.claims, **self.changed},
        }
        header = {"alg": "RS256", "kid": "one"}
        return JSONResponse(
            {
                "access_token": "a",
                "token_type": "Bearer",
                "id_token": jwt.encode(header, claims, self.signing),
            }
        )

    async def keys(self, request):
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@pytest.fixture
def provider() -> Iterator[Provider]:
    found = Provider()
    config = uvicorn.Config(found.app, port=found.port, log_config=None, ws="none")
    config.load()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    assert server.started
    yield found
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def at(tmp_path, provider):
    given = {"OIDC_ISSUER": provider.issuer, "OIDC_CLIENT_ID": CLIENT}
    return site(tmp_path, weeks=1, **given, OIDC_CLIENT_SECRET=SECRET)


def sent_on(staff: Staff) -> str:
    """Go to the provider as a browser does; return the address it sends the browser back to."""
    to = staff.get("/sign-in/openid", follow_redirects=False)
    assert to.status_code == 302
    back = httpx.get(to.headers["location"], follow_redirects=False, trust_env=False)
    return back.headers["location"]


def came_back(staff: Staff):
    back = urlsplit(sent_on(staff))
    return staff.get(f"{back.path}?{back.query}", follow_redirects=False)


def refused(found) -> bool:
    told = words.PROVIDER_FAILED.english in text_of(found.text)
    return found.status_code == 403 and told and "session=" not in str(found.headers)


def test_whoever_has_an_account_gets_in_through_the_provider(at):
    staff = Staff(at)
    assert 'href="/sign-in/openid"' in staff.get("/sign-in").text
    found = came_back(staff)
    # A page of ours goes on, since a redirect from elsewhere brings no strict cookie along.
    assert found.status_code == 200
    assert '<meta http-equiv="refresh" content="0;url=/">' in found.text
    session = [line for line in found.headers.get_list("set-cookie") if line[:8] == "session="]
    assert "samesite=strict" in session[0].lower()
    assert "vera" in staff.get("/").text


def test_the_role_is_that_of_the_account(at):
    staff = Staff(at)
    came_back(staff)
    assert staff.get("/accounts").status_code == 403
    accounts.set_role(at.engine, "vera", "admin")
    assert staff.get("/accounts").status_code == 200


def test_an_account_without_a_password_gets_in_by_the_provider_only(at, provider):
    accounts.add(at.engine, "otto@city.example", "viewer", "")
    assert Staff(at).sign_in("otto@city.example", "").status_code == 403
    assert Staff(at).sign_in("otto@city.example", "nobody has this password").status_code == 403
    provider.claims = {"preferred_username": "Otto@City.example"}
    staff = Staff(at)
    came_back(staff)
    assert staff.get("/").url.path == "/"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@city.example", "email_verified": True},
        {"email": "vera", "email_verified": False},
        {"email": "vera"},
        {"email": "vera", "email_verified": "yes"},
        {"email": ["vera"], "email_verified": True},
        {"name": "vera"},
        {},
    ],
)
def test_whom_the_provider_does_not_surely_name_stays_outside(at, provider, claims):
    provider.claims = claims
    assert refused(came_back(Staff(at)))


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another"},
        {"iss": "http://elsewhere.example"},
        {"nonce": "an old one"},
        {"exp": 1_000_000_000, "iat": 999_999_000},
    ],
)
def test_a_token_for_somebody_else_or_of_another_time_is_refused(at, provider, changed):
    provider.changed = changed
    assert refused(came_back(Staff(at)))


def test_a_token_signed_by_another_key_is_refused(at, provider):
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})
    assert refused(came_back(Staff(at)))


def test_the_way_back_of_another_browser_is_refused(at):
    victim, attacker = Staff(at), Staff(at)
    # The attacker's own way back, sent to the victim, must not sign the victim in.
    back = urlsplit(sent_on(attacker))
    assert refused(victim.get(f"{back.path}?{back.query}", follow_redirects=False))
    # Nor when the victim is on a way of its own.
    sent_on(victim)
    assert refused(victim.get(f"{back.path}?{back.query}", follow_redirects=False))


def test_a_way_back_works_once(at):
    staff = Staff(at)
    back = urlsplit(sent_on(staff))
    address = f"{back.path}?{back.query}"
    assert staff.get(address, follow_redirects=False).status_code == 200
    assert refused(staff.get(address, follow_redirects=False))


@pytest.mark.parametrize("query", ["", "code=x", "state=x", "error=x&state=x", "code=%00"])
def test_a_way_back_that_is_none_is_refused(at, query):
    assert refused(Staff(at).get(f"/sign-in/openid/back?{query}", follow_redirects=False))


def test_what_the_provider_is_asked_for(at):
    to = Staff(at).get("/sign-in/openid", follow_redirects=False)
    asked = parse_qs(urlsplit(to.headers["location"]).query)
    assert asked["redirect_uri"] == ["http://127.0.0.1/sign-in/openid/back"]
    assert asked["scope"] == ["openid email profile"]
    assert len(asked["state"][0]) >= 20
    assert len(asked["nonce"][0]) >= 16
    lines = [line for line in to.headers.get_list("set-cookie") if line.startswith("provider=")]
    assert "samesite=lax" in lines[0].lower()
    assert "httponly" in lines[0].lower()


def test_when_the_provider_is_away_the_password_still_works(tmp_path):
    [port] = free_ports(1)
    given = {"OIDC_ISSUER": f"http://127.0.0.1:{port}", "OIDC_CLIENT_ID": CLIENT}
    staff = Staff(site(tmp_path, weeks=1, **given, OIDC_CLIENT_SECRET=SECRET))
    found = staff.get("/sign-in/openid")
    assert found.status_code == 502
    assert words.PROVIDER_FAILED.english in text_of(found.text)
    assert staff.sign_in().url.path == "/"


def test_without_a_provider_there_is_no_such_way(tmp_path):
    staff = Staff(site(tmp_path, weeks=1))
    assert "/sign-in/openid" not in staff.get("/sign-in").text
    assert staff.get("/sign-in/openid").status_code == 502
    assert refused(staff.get("/sign-in/openid/back?code=a&state=b"))
