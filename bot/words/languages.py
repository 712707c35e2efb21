"""The languages of `locales/languages.yml`, and which of them a reply is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import yaml
from babel import Locale

from bot.settings import ROOT

LOCALES = ROOT / "locales"
SOURCE_LANGUAGE = "en"

# Arabic writes "in", "to" and "and" in one word with the article of a language's name.
_ARABIC_FORMS = ("بال{}", "لل{}", "وال{}", "وبال{}")


@dataclass(frozen=True)
class Language:
    """One line of the table. `reviewed_by` is "none" until a native speaker has checked it."""

    code: str
    name: str
    script: str
    rtl: bool
    negations: tuple[str, ...]
    state: str
    reviewed_by: str


@lru_cache(maxsize=1)
def table() -> dict[str, Language]:
    """Return every language of the table by its code."""
    lines = yaml.safe_load((LOCALES / "languages.yml").read_text(encoding="utf-8"))
    return {
        line["code"]: Language(**{**line, "negations": tuple(line["negations"])}) for line in lines
    }


def supported() -> tuple[str, ...]:
    """Return the codes of the languages that are offered to people."""
    return tuple(language.code for language in table().values() if language.state == "supported")


def first_supported(wishes: Iterable[str | None]) -> str:
    """Return the first wish that is a supported language, else the source language.

    A wish may be an ISO 639-1 code or a longer tag ("fr-BE"), as Telegram gives it.
    """
    for wish in wishes:
        code = (wish or "").replace("_", "-").split("-")[0].lower()
        if code in supported():
            return code
    return SOURCE_LANGUAGE


def by_script(text: str) -> str | None:
    """Return the one supported language written in the script of `text`, if there is just one.

    Latin letters tell nothing here; Arabic ones do.
    """
    scripts = {unicodedata.name(char, "").split(" ")[0].title() for char in text if char.isalpha()}
    written = [code for code in supported() if table()[code].script in scripts]
    return written[0] if len(written) == 1 and table()[written[0]].script != "Latin" else None


def mentioned(text: str) -> str | None:
    """Return the supported language that `text` wishes for by name, if it is just one.

    Whoever writes "no dutch" or "je ne comprends pas le français" does not wish for it.
    """
    words = {word.casefold() for word in re.findall(r"\w+", re.sub("['’]", "", text))}
    if any(words & set(language.negations) for language in table().values()):
        return None
    named = {code for code in supported() if words & _names(code)}
    return named.pop() if len(named) == 1 else None


@cache
def _names(code: str) -> frozenset[str]:
    """Return how the supported languages call the language `code`, its own name included."""
    names = {Locale.parse(other).languages.get(code, "") for other in supported()}
    arabic = [name.removeprefix("ال") for name in names if name.startswith("ال")]
    names |= {form.format(name) for name in arabic for form in _ARABIC_FORMS}
    return frozenset(name.casefold() for name in {*names, table()[code].name} if name)
