"""The updates that wait for the bot, with the offset and long poll semantics of getUpdates."""

import asyncio
import threading
from typing import Any

from telegram.constants import UpdateType

from .telegram_rules import Refused

FIRST_UPDATE_ID = 500_000_001
LONGEST_POLL = 50
UPDATE_KINDS = frozenset(kind.value for kind in UpdateType)
DEFAULT_KINDS = UPDATE_KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


class UpdateQueue:
    """Tests add from their own thread; `poll` runs in the loop of the server."""

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self._updates: list[dict[str, Any]] = []
        self._next_id = FIRST_UPDATE_ID
        self._kinds = DEFAULT_KINDS
        self._poll_number = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._closed = False
        self.confirmed = 0
        self.webhook_url = ""

    def open(self) -> None:
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        self._closed = True
        self._news.set()

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """The new update's id, or None when allowed_updates keeps this kind from the bot."""
        with self._changed:
            return self.add_raw({kind: content}) if kind in self._kinds else None

    def add_raw(self, update: dict[str, Any]) -> int:
        with self._changed:
            update_id = self._next_id
            self._next_id += 1
            self._updates.append({**update, "update_id": update_id})
            self._changed.notify_all()
        self._wake()
        return update_id

    def pending(self) -> list[int]:
        with self._changed:
            return [update["update_id"] for update in self._updates]

    def drop_all(self) -> None:
        with self._changed:
            self._updates.clear()
            self._changed.notify_all()

    def take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        with self._changed:
            if offset < 0:
                offset += self._next_id
            # An offset that is too far ahead confirms nothing on the real server either.
            if offset <= self._next_id + 10:
                self._forget(offset)
            return self._updates[:limit]

    def _forget(self, offset: int) -> None:
        forgotten = [one["update_id"] for one in self._updates if one["update_id"] < offset]
        if forgotten:
            del self._updates[: len(forgotten)]
            self.confirmed = forgotten[-1]
            self._changed.notify_all()

    async def poll(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook_url:
            raise Refused(409, WEBHOOK_SET)
        number = self._begin(parameters.get("allowed_updates"))
        offset = self._number(parameters, "offset", 0)
        limit = min(max(self._number(parameters, "limit", 100), 1), 100)
        timeout = min(max(self._number(parameters, "timeout", 0), 0), LONGEST_POLL)
        deadline = asyncio.get_running_loop().time() + timeout
        while number == self._poll_number:
            updates = self.take(offset, limit)
            left = deadline - asyncio.get_running_loop().time()
            if updates or left <= 0 or self._closed:
                return updates
            await self._wait_for_news(left)
        raise Refused(409, OTHER_POLL)

    @staticmethod
    def _number(parameters: dict[str, Any], name: str, default: int) -> int:
        value = parameters.get(name, default)
        return value if isinstance(value, int) else default

    def _begin(self, allowed: Any) -> int:
        if isinstance(allowed, list):
            # Telegram ignores names it doesn't know; a list without any known one is the default.
            with self._changed:
                self._kinds = UPDATE_KINDS.intersection(map(str, allowed)) or DEFAULT_KINDS
        self._poll_number += 1
        self._announce()
        return self._poll_number

    async def _wait_for_news(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except asyncio.TimeoutError:
            return

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._announce)

    def _announce(self) -> None:
        """Ends every wait that is under way and leaves a fresh event for the next ones."""
        if not self._closed:
            self._news.set()
            self._news = asyncio.Event()
