"""A line of those who wait: the urgent go first, within a rank who came first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from functools import partial

# The library takes a rank of 0 for none.
URGENT, USUAL = 1, 2


class Line:
    """Waits of one event loop, in order of rank and arrival."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._named: dict[object, asyncio.Future[None]] = {}

    def __len__(self) -> int:
        """Return how many wait, with those who are gone, or went to the front, behind others."""
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        return len(self._waiting)

    def join(self, rank: int, name: object = None) -> asyncio.Future[None]:
        """Return what is to be awaited, once at a time for a name; whoever gives up cancels it."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._numbers), future))
        if name is not None:
            self._named[name] = future
            future.add_done_callback(partial(self._leave, name))
        return future

    def _leave(self, name: object, future: asyncio.Future[None]) -> None:
        if self._named.get(name) is future:
            del self._named[name]

    def hurry(self, name: object) -> None:
        """Let whoever waits under a name wait among the urgent from now on."""
        if future := self._named.get(name):
            heapq.heappush(self._waiting, (URGENT, next(self._numbers), future))

    def free(self, name: object) -> None:
        """Let whoever waits under a name go at once."""
        future = self._named.get(name)
        if future and not future.done():
            future.set_result(None)

    def call(self) -> bool:
        """Let the first one go; return False when nobody waits."""
        if not self:
            return False
        heapq.heappop(self._waiting)[2].set_result(None)
        return True
