"""A line of those who wait: the urgent go first, within a rank who came first."""

from __future__ import annotations

import asyncio
import heapq
import itertools

# The library takes a rank of 0 for none.
URGENT, USUAL = 1, 2


class Line:
    """Waits of one event loop, in order of rank and arrival."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    def __len__(self) -> int:
        """Return how many wait, with those who have given up behind others."""
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        return len(self._waiting)

    def join(self, rank: int) -> asyncio.Future[None]:
        """Return what is to be awaited; whoever gives up cancels it."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._numbers), future))
        return future

    def call(self) -> bool:
        """Let the first one go; return False when nobody waits."""
        if not self:
            return False
        heapq.heappop(self._waiting)[2].set_result(None)
        return True
