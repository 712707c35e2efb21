"""Sessions in a signed cookie, and the tokens that only our own forms hold."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.engine import Engine

from bot.dashboard import accounts
from bot.dashboard.accounts import Account

LASTS_SECONDS = 8 * 60 * 60
SESSION, FORM, PROVIDER = "session", "form", "provider"


@dataclass(frozen=True)
class Session:
    """What the cookie says: the account's id and session number, and the key of its forms."""

    account: int
    number: int
    key: str


class Cookies:
    """Signs and reads the values of cookies with a secret; each kind has a salt of its own."""

    def __init__(self, secret: str) -> None:
        self._secret = secret or secrets.token_urlsafe(32)

    def signed(self, kind: str, value: object) -> str:
        """Return a value as it can stand in a cookie."""
        return str(self._serializer(kind).dumps(value))

    def read(self, kind: str, given: str, seconds: int = LASTS_SECONDS) -> object:
        """Return the value that was signed at most so many seconds ago, else None."""
        try:
            value: object = self._serializer(kind).loads(given, max_age=seconds)
        except BadSignature:
            return None
        return value

    def token(self, key: str) -> str:
        """Return the token of the forms of whoever has this key in a cookie."""
        return hmac.new(self._secret.encode(), f"token {key}".encode(), hashlib.sha256).hexdigest()

    def is_token(self, key: str, given: str) -> bool:
        """Tell whether a form came with the token of this key."""
        return hmac.compare_digest(self.token(key).encode(), given.encode())

    def _serializer(self, kind: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=f"dashboard {kind}")


def begun(account: Account) -> Session:
    """Return a new session of an account."""
    return Session(account.id, account.session_number, secrets.token_urlsafe(16))


def of_cookie(cookies: Cookies, given: str) -> Session | None:
    """Return the session that a cookie holds, unless it is older than eight hours."""
    value = cookies.read(SESSION, given)
    if not isinstance(value, list) or len(value) != 3:
        return None
    return Session(*value)


def account_of(engine: Engine, session: Session | None) -> Account | None:
    """Return the account of a session that has not been ended."""
    account = accounts.of_id(engine, session.account) if session else None
    if session is None or account is None or account.session_number != session.number:
        return None
    return account
