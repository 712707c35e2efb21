"""What a single value of an incident file must be: texts by language, addresses, numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bot.directory.tables import is_url
from bot.words.languages import SOURCE_LANGUAGE, table

# Signs that turn the direction of what follows: a text brings none of its own.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# From here on, a text that is the same as in English was not translated.
SURELY_TRANSLATED = 25


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def line_fault(given: Any, longest: int) -> str:
    """Return what is wrong with one line of text, and what is allowed; nothing when it is well."""
    allowed = f"allowed: one line of at most {longest} characters"
    if not isinstance(given, str):
        return f"is no text; {allowed}"
    if not given.strip():
        return f"is missing; {allowed}"
    if units(given) > longest:
        return f"has {units(given)} characters; {allowed}"
    bad = sorted({_named(char) for char in given if _is_bad(char)})
    return f"holds {', '.join(bad)}; {allowed}, without signs of that kind" if bad else ""


def text_faults(given: Any, longest: int, languages: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with a text by language, of which `languages` must all be there."""
    if not isinstance(given, dict):
        yield f"is no text by language; allowed: {', '.join(languages)}, each with its text"
        return
    missing = [code for code in languages if code not in given]
    if missing:
        yield f"is missing in {', '.join(missing)}; allowed: a text in {', '.join(languages)}"
    for code, text in given.items():
        if code not in table():
            yield f"{code}: is no language of Right Door; allowed: {', '.join(table())}"
        elif fault := line_fault(text, longest) or _untranslated(code, text, given):
            yield f"{code}: {fault}"


def source_fault(given: Any, longest: int) -> str:
    """Return what is wrong with a source: a web address, or the name of an office."""
    if isinstance(given, str) and given.lower().startswith("http") and not is_url(given):
        return "is no web address; allowed: an address like https://police.example, or an office"
    return line_fault(given, longest)


def number_fault(given: Any) -> str:
    """Return what is wrong with a telephone number."""
    if isinstance(given, str) and re.fullmatch(r"\+?\d[\d /.()-]{1,22}", given, re.ASCII):
        return ""
    return "is no telephone number; allowed: digits, spaces, +"


def _untranslated(code: str, text: str, given: dict[str, Any]) -> str:
    copied = code != SOURCE_LANGUAGE and text == given.get(SOURCE_LANGUAGE)
    if copied and len(text) > SURELY_TRANSLATED:
        return "is the same as in English; allowed: a translation"
    return ""


def _is_bad(char: str) -> bool:
    # A brace would look like a hole in a sentence; Cs are halves of signs, Zl and Zp end lines.
    kinds = ("Cc", "Cs", "Zl", "Zp")
    return char in "{}" or char in TURNING or unicodedata.category(char) in kinds


def _named(char: str) -> str:
    return repr(char) if char in "{}" else f"U+{ord(char):04X}"
