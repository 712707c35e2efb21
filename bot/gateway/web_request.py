"""The calls of the Telegram library, made by aiohttp.

The library's own way is httpx, whose calls take four times as much of the processor
(docs/adr/0017). What an answer means stays the library's business.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

# As the library's own way has them.
CONNECT_SECONDS = 5.0
READ_SECONDS = 5.0
# Telegram keeps idle connections at least so long.
KEPT_SECONDS = 50.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class WebRequest(BaseRequest):
    """Calls the server at an address over connections that are kept open.

    A proxy that the environment names is used. It is made ready in the event loop that it serves.
    """

    def __init__(self, address: str) -> None:
        self._secure = address.startswith("https:")
        # Looked up once: the library would read the environment and a file for each call.
        self._proxy = proxy_for(address)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Return how long an answer may take where a call names no time, in seconds."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            # Reading all certificates takes a tenth of a second: not for loopback.
            trusted = ssl.create_default_context(cafile=certifi.where()) if self._secure else False
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=trusted, keepalive_timeout=KEPT_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 (the library has them so)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of a call; raise TimedOut or NetworkError without any."""
        if self._session is None:
            raise RuntimeError("initialize comes first")
        wait = READ_SECONDS if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        time = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=wait)
        form = as_form(request_data.json_parameters if request_data else {})
        call = self._session.request(
            method, url, data=form, headers=FORM, timeout=time, proxy=self._proxy
        )
        try:
            async with call as response:
                return response.status, await response.read()
        except asyncio.TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            # Its own text quotes the address, and the token with it.
            raise NetworkError(type(error).__name__) from None


def as_form(parameters: dict[str, str]) -> bytes:
    """Return parameters as a form's content, as yarl writes it: in C, unlike aiohttp's forms."""
    return URL.build(query=parameters).raw_query_string.encode()


def proxy_for(address: str) -> str | None:
    """Return the proxy through which the environment wants an address to be called."""
    parts = urlsplit(address)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
