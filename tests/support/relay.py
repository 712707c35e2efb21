"""A relay between two programs on loopback that keeps every byte of both directions."""

from __future__ import annotations

import asyncio
import socket
import threading
from types import TracebackType

from typing_extensions import Self


class Relay:
    # While `is_shut`, it hangs up on whoever asks, as a server does that has just died.
    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.asked, self.answered = bytearray(), bytearray()
        self.is_shut = False
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connect, sock=self._socket)
        self._ready.set()
        await self._closing.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_shut:
            writer.close()
            return
        inward, outward = await asyncio.open_connection("127.0.0.1", self._target_port)
        await asyncio.gather(
            self._pass_on(reader, outward, self.asked), self._pass_on(inward, writer, self.answered)
        )

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray
    ) -> None:
        try:
            while (chunk := await reader.read(65536)) and not self.is_shut:
                kept.extend(chunk)
                writer.write(chunk)
                await writer.drain()
        finally:
            writer.close()
