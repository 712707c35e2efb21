"""Signing in through an OpenID Connect provider: Authlib does the protocol, with PKCE and nonce.

The provider is the city's own and is trusted to know its staff: whoever it names gets in when
there is an account of that name.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.settings import Settings

BACK_PATH = "/sign-in/openid/back"
WITHIN_SECONDS = 600
PATIENCE_SECONDS = 10.0


class ProviderError(RuntimeError):
    """The provider cannot be reached, or what it says is not to be trusted."""


async def begin(settings: Settings, request: Request) -> tuple[Response, dict[str, Any]]:
    """Return the way to the provider, and what must be remembered for the way back."""
    remembered: dict[str, Any] = {}
    request.scope["session"] = remembered
    back = str(request.url.replace(path=BACK_PATH, query="", fragment=""))
    try:
        response: Response = await _client(settings).authorize_redirect(request, back)
    except Exception as error:  # whatever breaks on what a provider says, it opens no door
        raise ProviderError from error
    return response, remembered


async def end(settings: Settings, request: Request, remembered: object) -> list[str]:
    """Return the names that the provider gives to whoever has come back: e-mail first."""
    request.scope["session"] = remembered if isinstance(remembered, dict) else {}
    try:
        given = await _client(settings).authorize_access_token(request)
        told = given["userinfo"]
    except Exception as error:  # whatever breaks on what a provider says, it opens no door
        raise ProviderError from error
    # An address that nobody has verified may be somebody else's.
    email = told.get("email") if told.get("email_verified") is True else None
    names = (email, told.get("preferred_username"))
    return [name for name in names if isinstance(name, str) and name]


def _client(settings: Settings) -> Any:
    if not settings.oidc_issuer:
        raise ProviderError
    # Only here: most cities have no such provider, and it takes as much memory as all pages.
    from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]

    oauth = OAuth()
    return oauth.register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "timeout": PATIENCE_SECONDS,
        },
    )
