"""The way straight to a server: POST over a connection that is kept, with as little as will do.

A library for HTTP would cost as much time as the server under test.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from bench import said
from bench.crowd import Heard

PATIENCE_SECONDS = 60.0
LENGTH = b"content-length:"


class Rest:
    """Talks to the REST channel of a Rasa server, or to an echo, at a port of this machine."""

    def __init__(self, port: int, path: str, name: str) -> None:
        self._port, self._path, self._name = port, path, name
        self._open: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def turn(self, place: int, person: int, text: str) -> Heard:
        """Send a text or a payload, and wait for the answer."""
        metadata = {"locale": said.language_of(person)}
        message = {"sender": f"{self._name}-{person}", "message": text, "metadata": metadata}
        body = json.dumps(message).encode()
        if place not in self._open:
            self._open[place] = await asyncio.open_connection("127.0.0.1", self._port)
        begin = time.perf_counter()
        answer = await asyncio.wait_for(self._post(place, body), PATIENCE_SECONDS)
        ms = 1000 * (time.perf_counter() - begin)
        return Heard(ms, *_read(answer))

    async def _post(self, place: int, body: bytes) -> bytes:
        reader, writer = self._open[place]
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        )
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        told = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in told.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"port {self._port} answered {told.split(b' ', 2)[1]!r}")
        begin = told.index(LENGTH) + len(LENGTH)
        return await reader.readexactly(int(told[begin : told.index(b"\r\n", begin)]))

    def close(self) -> None:
        """Close all connections."""
        for _, writer in self._open.values():
            writer.close()


def _read(answer: bytes) -> tuple[list[str], bool]:
    """Return the payloads of the buttons, and whether Rasa has said nothing at all."""
    messages: list[dict[str, Any]] = json.loads(answer)
    buttons = [one["payload"] for message in messages for one in message.get("buttons", [])]
    return buttons, not messages
