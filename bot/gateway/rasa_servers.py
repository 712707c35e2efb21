"""Asks one of several Rasa servers: the same for a conversation, another when it is silent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from bot.gateway.rasa_client import PATIENCE_SECONDS, Heard, RasaClient, RasaSilentError
from bot.gateway.rendezvous import ranked

# A server that was silent is asked after the others for so long.
REST_SECONDS = 3.0
# Of the patience for an answer, the first server gets so much when there is a second one.
FIRST_SHARE = 0.5


class RasaServers:
    """A client of Rasa servers that share their conversations; close it at the end."""

    def __init__(self, urls: Sequence[str], patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._clients = {url: RasaClient(url, patience_seconds) for url in urls}
        self._patience_seconds = patience_seconds
        self._rests_until = dict.fromkeys(urls, 0.0)

    async def ask(self, pseudonym: str, text: str, metadata: dict[str, Any]) -> Heard:
        """Return Rasa's reply to a text or a payload; raise RasaSilentError without one."""
        end = time.monotonic() + self._patience_seconds
        first, *others = self._in_order(pseudonym)
        share = FIRST_SHARE if others else 1.0
        for number, url in enumerate((first, *others)):
            left = end - time.monotonic()
            try:
                asked = self._clients[url].ask(pseudonym, text, metadata)
                return await asyncio.wait_for(asked, left if number else share * left)
            except (RasaSilentError, asyncio.TimeoutError):
                self._rests_until[url] = time.monotonic() + REST_SECONDS
        raise RasaSilentError

    async def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            await client.close()

    def _in_order(self, pseudonym: str) -> list[str]:
        now = time.monotonic()
        order = ranked(pseudonym, self._clients)
        return sorted(order, key=lambda url: self._rests_until[url] > now)
