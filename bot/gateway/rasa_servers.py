"""Asks one of several Rasa servers: the same for a conversation, another when it is silent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from async_timeout import timeout

from bot.gateway.rasa_client import PATIENCE_SECONDS, Heard, RasaClient, RasaSilentError
from bot.gateway.rendezvous import ranked

# A server that was silent is asked after the others for so long.
REST_SECONDS = 3.0
# Of the patience for an answer, the first server gets so much when there is a second one.
FIRST_SHARE = 0.7


class RasaServers:
    """A client of Rasa servers that share their conversations; close it at the end."""

    def __init__(self, urls: Sequence[str], patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._clients = {url: RasaClient(url, patience_seconds) for url in urls}
        self.patience_seconds = patience_seconds
        self._rests_until = dict.fromkeys(urls, 0.0)

    async def ask(self, pseudonym: str, text: str, metadata: dict[str, Any]) -> Heard:
        """Return Rasa's reply to a text or a payload; raise RasaSilentError without one."""
        end = time.monotonic() + self.patience_seconds
        order = self._in_order(pseudonym)
        for number, url in enumerate(order, start=1):
            others = any(map(self._is_fit, order[number:]))
            patience = (end - time.monotonic()) * (FIRST_SHARE if others else 1)
            try:
                async with timeout(patience):
                    return await self._clients[url].ask(pseudonym, text, metadata)
            except RasaSilentError:
                self._rests_until[url] = time.monotonic() + REST_SECONDS
            except asyncio.TimeoutError:
                self._rests_until[url] = time.monotonic() + REST_SECONDS
                # When all are slow, to ask them all would make them slower.
                if not others:
                    break
        raise RasaSilentError

    async def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            await client.close()

    def _in_order(self, pseudonym: str) -> list[str]:
        return sorted(ranked(pseudonym, self._clients), key=self._is_fit, reverse=True)

    def _is_fit(self, url: str) -> bool:
        return self._rests_until[url] <= time.monotonic()
