"""A process of the benchmark that is told what to do: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from typing_extensions import Self

from bot.settings import ROOT

# One answer holds all times of a run.
LONGEST_LINE = 1 << 26
END_WITHIN_SECONDS = 10


class Worker:
    """`python -m MODULE ARGUMENTS`, for as long as the `with` block lasts."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(END_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.stop()

    def stop(self) -> None:
        """End the process at once; whoever waits for an answer gets a RuntimeError."""
        self._process.kill()
        self._process.wait()

    def ask(self, **wish: Any) -> dict[str, Any]:
        """Return the answer to a wish; raise RuntimeError when the process has ended."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(wish).encode() + b"\n")
        self._process.stdin.flush()
        return self.said()

    def said(self) -> dict[str, Any]:
        """Return the next line of output, for a process that says something unasked."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a process of the benchmark has ended: {self._process.args!r}")
        answer: dict[str, Any] = json.loads(line)
        return answer


async def serve(answer: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]) -> None:
    """Answer wishes, in the process that is asked, until the input ends."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(LONGEST_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        told = await answer(json.loads(line))
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
