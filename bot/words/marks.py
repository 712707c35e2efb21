"""Marks for translatable sentences, so that Babel finds them and code can hold them untranslated."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One sentence a person may read, in English, before translation.

    `context` tells apart short texts that are spelt alike (a button, a sentence);
    `plural` is the English plural of a text that depends on a number named `count`.
    """

    english: str
    context: str = ""
    plural: str = ""


def sentence(english: str) -> Text:
    """Mark a sentence or paragraph."""
    return Text(english)


def label(context: str, english: str) -> Text:
    """Mark a short text; `context` ("button", at most 40 characters) says where it stands."""
    return Text(english, context=context)


def counted(english: str, plural: str) -> Text:
    """Mark a sentence that depends on the number `{count}`."""
    return Text(english, plural=plural)
