"""What the components need to know about a message that reaches Rasa."""

from __future__ import annotations


def is_button(text: str) -> bool:
    """Tell whether the text is the payload of a button.

    The gateway takes leading slashes from typed text, so only our own buttons begin with one.
    """
    return text.startswith("/")
