"""Names for conversations that several programs give alike, and that nobody can lead back."""

from __future__ import annotations

import datetime
import logging
import math
import secrets
from collections.abc import Callable

from bot.privacy.pseudonym import KEY_BYTES, Pseudonyms
from bot.privacy.shared import SharedMemory, SharedMemoryError

logger = logging.getLogger(__name__)

# The clocks of two machines differ by less.
AFTER_MIDNIGHT_SECONDS = 60


class SharedPseudonyms(Pseudonyms):
    """Gives each chat its name under a key that lives in a Redis only, until the day is over.

    `now` gives the time in the city. While the Redis is away, each program goes on with the key
    that it has.
    """

    def __init__(self, now: Callable[[], datetime.datetime], memory: SharedMemory) -> None:
        super().__init__(lambda: now().date())
        self._now = now
        self._memory = memory

    def of(self, channel: str, chat: int | str) -> str:
        """Return the name of a chat for the day that `renew` has found."""
        return self._name(channel, chat)

    async def renew(self) -> None:
        """Take the key that all programs have today; the first of them makes it."""
        now, proposal = self._now(), secrets.token_hex(KEY_BYTES)
        try:
            agreed = await self._memory.agreed(f"{now.date()}", proposal, _rest_of_day(now))
        except SharedMemoryError as error:
            logger.error("The key of the day cannot be read: %s", error)
            agreed = self._key.hex() if now.date() == self._day else proposal
        self._day, self._key = now.date(), bytes.fromhex(agreed)


def _rest_of_day(now: datetime.datetime) -> int:
    midnight = datetime.datetime.combine(
        now.date() + datetime.timedelta(days=1), datetime.time(), now.tzinfo
    )
    # In seconds that pass: a day on which clocks change has 23 or 25 hours.
    return math.ceil(midnight.timestamp() - now.timestamp()) + AFTER_MIDNIGHT_SECONDS
