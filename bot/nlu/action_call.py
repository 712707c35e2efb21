"""How Rasa calls the action server: over connections that stay open, and with no more than needed.

Rasa opens a new connection for each call, and sends the whole conversation with it. Our actions
read the slots and the latest message alone (`actions/turn.py`).
"""

from __future__ import annotations

from typing import Any

import aiohttp
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

NEEDED = ("sender_id", "slots", "latest_message", "latest_action_name", "paused", "active_loop")


class ActionEndpoint(EndpointConfig):
    """The action server's endpoint, used by one event loop from the first call to its end."""

    def __init__(self, url: str, **settings: Any) -> None:
        super().__init__(url, **settings)
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        json: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return the action server's answer to a call.

        Raise aiohttp.ClientError when there is none, and ClientResponseError for an answer that
        tells of a fault, as Rasa expects both.
        """
        async with self._opened().post(self.url, json=lean(json or {})) as response:
            if response.status >= 400:
                told = await response.text()
                raise ClientResponseError(response.status, response.reason or "", told)
            return await response.json()

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            # No limit: Rasa's lock lets each conversation ask for one action at a time.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
            )
        return self._session


def lean(call: dict[str, Any]) -> dict[str, Any]:
    """Return a call without the events of the conversation, which no action of ours reads."""
    tracker = call.get("tracker") or {}
    return {**call, "tracker": {name: tracker.get(name) for name in NEEDED} | {"events": []}}
