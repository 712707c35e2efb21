"""Sentences in a person's language: gettext catalogues read straight from the .po files.

The .po files are compiled in memory at first use, so no compiled catalogue can be out of date.
"""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.words.languages import LOCALES, SOURCE_LANGUAGE, table
from bot.words.marks import Text

# First strong isolate ... pop directional isolate (Unicode UAX #9).
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


class Words:
    """The sentences of one language; build it with `words(code)`."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self.rtl = table()[language].rtl
        self._translations = translations

    def say(self, text: Text, **values: object) -> str:
        """Return `text` in this language with its placeholders filled.

        A `count` among the values chooses the plural form. In a right-to-left language every
        value is isolated, so that numbers and addresses keep their own direction.
        """
        isolated = {name: self.isolated(value) for name, value in values.items()}
        try:
            return self._translated(text, values.get("count")).format(**isolated)
        except (KeyError, IndexError, ValueError):
            # A damaged translation must not silence an answer; `make check` names it.
            return text.english.format(**isolated)

    def isolated(self, value: object) -> str:
        """Return `value` as text that keeps its own direction inside this language."""
        text = str(value)
        if not self.rtl or not text or text.startswith(ISOLATE):
            return text
        return f"{ISOLATE}{text}{END_OF_ISOLATE}"

    def _translated(self, text: Text, count: object) -> str:
        if text.plural:
            number = count if isinstance(count, int) else 1
            return self._translations.ngettext(text.english, text.plural, number)
        if text.context:
            return self._translations.pgettext(text.context, text.english)
        return self._translations.gettext(text.english)


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of `language` stands."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


@cache
def words(language: str) -> Words:
    """Return the sentences of a language of the table; raise OSError when its catalogue is gone."""
    if language == SOURCE_LANGUAGE:
        return Words(language, gettext.NullTranslations())
    compiled = BytesIO()
    with catalogue_path(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled))
