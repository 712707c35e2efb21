"""The choice of the language a reply is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.words.languages import by_script, first_supported

# "ok", "SOS" and "?" belong to no language.
FEWEST_LETTERS = 4

# From here on a message is believed to be in the language it looks like.
RECOGNISED_AT = 0.6


class Remembered(Protocol):
    """What a conversation remembers about its language."""

    @property
    def chosen_language(self) -> str | None:
        """The language the person chose."""

    @property
    def last_language(self) -> str | None:
        """The language of the reply before."""


def of_reply(
    memory: Remembered, text: str, recognised: Mapping[str, Any] | None, locale: str | None
) -> str:
    """Return the language for the reply, the first of these that is supported:

    the person's own choice; the language of this message, when it is recognised well; the
    language of the reply before; the language of the person's phone; what the message looks like
    most; English.
    """
    likely = recognised["code"] if recognised else None
    clear = likely if recognised and _is_clear(text, recognised) else None
    wishes = (memory.chosen_language, clear, memory.last_language, locale, likely)
    return first_supported(wishes)


def _is_clear(text: str, recognised: Mapping[str, Any]) -> bool:
    enough = sum(char.isalpha() for char in text) >= FEWEST_LETTERS or by_script(text)
    return bool(enough) and recognised["confidence"] >= RECOGNISED_AT
