"""Takes out of a text what could lead to a person: numbers, links, addresses, handles."""

from __future__ import annotations

import re

# Emergency and help lines have up to six digits; a year or a house number is no person.
LONGEST_NUMBER = 6

_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_HANDLE = re.compile(r"(?<!\w)@\w[\w.]{2,}")
# Digits of any script, with what people put between them. IBANs begin with two letters.
_BETWEEN = r"[\s./()\-\u2010-\u2015\u2212\u00b7\u2022]"
_NUMBER = re.compile(rf"\b[A-Za-z]{{2}}\d{{2}}[\s\d]{{8,}}|\+?\(?\d(?:{_BETWEEN}{{0,3}}\d)+")
_SPACES = re.compile(r"[ \t]+")


def redact(text: str) -> str:
    """Return `text` without links, e-mail addresses, handles and numbers of over six digits.

    What is left of one may be another ("0470123456@jan"), so it is looked through again.
    """
    before, text = None, _looked_through(text)
    while text != before:
        before, text = text, _looked_through(text)
    return text


def _looked_through(text: str) -> str:
    for pattern in (_LINK, _EMAIL, _HANDLE):
        text = pattern.sub(" ", text)
    text = _NUMBER.sub(_without_long_number, _SPACES.sub(" ", text))
    return _SPACES.sub(" ", text).strip()


def _without_long_number(found: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in found[0])
    return " " if digits > LONGEST_NUMBER else found[0]
