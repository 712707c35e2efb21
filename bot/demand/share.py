"""The share of one conversation: it moves the counters by little, whatever is written in it.

The promise of the releases rests on this bound (docs/privacy.md).
"""

from __future__ import annotations

from typing import Any

from bot.demand.signal import Count, Signal, as_json, count_of

MOST_ROUTES = 4
NOT_HELPFUL = "not_helpful"


class Share:
    """What one conversation has added to the counters: at most four routes, each in one row.

    It lives in memory, with the conversation, under its pseudonym, and thus for one day at most.
    An update that comes again, since whoever answered it has died, adds the same again: the
    counters know it by its number. A closed one adds nothing: it is that of a conversation whose
    share cannot be known.
    """

    # There are fifty thousand of them.
    __slots__ = ("_counted", "_is_closed", "_needs")

    def __init__(self, is_closed: bool = False) -> None:
        self._is_closed = is_closed
        self._counted: dict[str, Count] = {}
        self._needs: set[str] = set()

    def take(self, signal: Signal, update_id: int | None, is_need: bool) -> Count | None:
        """Return what `signal` adds; None when it is beyond the share, and adds nothing.

        "This did not help" takes the place of what was counted for its route before. When four
        routes are counted, a need takes the place of mere talk, such as a greeting.
        """
        if self._is_closed:
            return None
        again = next((one for one in self._counted.values() if _is_of(one, update_id)), None)
        if again:
            return again
        before = self._counted.get(signal.route)
        if before and not _is_worse(signal, before.signal):
            return None
        if before is None and len(self._counted) == MOST_ROUTES:
            before = self._talk() if is_need else None
            if before is None:
                return None
        if before:
            del self._counted[before.signal.route]
        self._counted[signal.route] = Count(signal, update_id, before)
        self._needs.update([signal.route] if is_need else [])
        return self._counted[signal.route]

    def as_json(self) -> list[Any]:
        """Return all of it as values of JSON."""
        return [[as_json(one), route in self._needs] for route, one in self._counted.items()]

    @classmethod
    def of(cls, written: list[Any]) -> Share:
        """Return the share that `as_json` has written."""
        share = cls()
        for one, is_need in written:
            count = count_of(one)
            share._counted[count.signal.route] = count
            share._needs.update([count.signal.route] if is_need else [])
        return share

    def _talk(self) -> Count | None:
        talk = (count for route, count in self._counted.items() if route not in self._needs)
        return next(talk, None)


def _is_of(count: Count, update_id: int | None) -> bool:
    return update_id is not None and count.update_id == update_id


def _is_worse(signal: Signal, before: Signal) -> bool:
    return signal.outcome == NOT_HELPFUL and before.outcome != NOT_HELPFUL
