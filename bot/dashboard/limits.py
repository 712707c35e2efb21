"""How often one address may ask: in memory only, and forgotten after a minute."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

MINUTE_SECONDS = 60.0


class Limit:
    """Allows so many requests a minute to each key."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._minute = -1.0
        self._counts: Counter[str] = Counter()

    def allows(self, key: str) -> bool:
        """Count a request, and tell whether it is one of those allowed in this minute."""
        minute = self._clock() // MINUTE_SECONDS
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[key] += 1
            return self._counts[key] <= self._most
