"""Names for conversations that nobody can lead back to a person."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from collections.abc import Callable

KEY_BYTES = 32


class Pseudonyms:
    """Gives each chat a name under a key that lives in memory only.

    The key is new at every start and every day; with the old key gone, nobody, not even we, can
    tell which chat an earlier name belonged to.
    """

    def __init__(self, today: Callable[[], datetime.date]) -> None:
        self._today = today
        self._day = today()
        self._key = secrets.token_bytes(KEY_BYTES)

    @property
    def day(self) -> datetime.date:
        """Return the day of the names that are given now."""
        return self._day

    def of(self, channel: str, chat: int | str) -> str:
        """Return the name of a chat for today: 32 hexadecimal digits."""
        if self._today() != self._day:
            self._day = self._today()
            self._key = secrets.token_bytes(KEY_BYTES)
        return self._name(channel, chat)

    async def renew(self) -> None:
        """Look which day it is, and which key others use today; alone there is nothing to do."""

    def _name(self, channel: str, chat: int | str) -> str:
        message = f"{channel}:{chat}".encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:32]
