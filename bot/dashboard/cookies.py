"""The cookies of the dashboard: sent to us alone, never read by a script."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

from bot.dashboard.sessions import LASTS_SECONDS
from bot.words import languages

SESSION, FORM, LANGUAGE, PROVIDER = "session", "form", "language", "provider"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
YEAR_SECONDS = 365 * 24 * 60 * 60


class KeptCookies:
    """The cookies of one request, and those to be set with its answer.

    `form_key` belongs to the forms of whoever has not signed in.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        # A proxy with TLS in front says so; without one, only this machine itself may come.
        self.secure = request.url.scheme == "https" or request.url.hostname not in LOOPBACK
        found = request.cookies.get(self.name(FORM), "")
        self._is_new = not 16 <= len(found) <= 64
        self.form_key = secrets.token_urlsafe(16) if self._is_new else found

    def name(self, kind: str) -> str:
        """Return the name of a cookie; the prefix binds it to our host and to TLS."""
        return f"__Host-{kind}" if self.secure else kind

    def keep(self, response: Response, language: str = "") -> None:
        """Set the cookies for forms and language that are new."""
        if self._is_new:
            self.set(response, FORM, self.form_key)
        if language in languages.supported():
            self._set(response, LANGUAGE, language, YEAR_SECONDS, "strict")

    def set(self, response: Response, kind: str, value: str, same_site: str = "strict") -> None:
        """Set a cookie for eight hours."""
        self._set(response, self.name(kind), value, LASTS_SECONDS, same_site)

    def forget(self, response: Response, kind: str) -> None:
        """Take a cookie away."""
        self._set(response, self.name(kind), "", 0, "strict")

    def _set(self, response: Response, name: str, value: str, seconds: int, same_site: str) -> None:
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax" if same_site == "lax" else "strict",
        )
