"""How easy our English sentences are to read: words in a sentence, and grade of school.

The grade is Flesch-Kincaid's (Kincaid and others, 1975): 0.39 words a sentence, 11.8 syllables a
word, less 15.59. Libraries that reckon it fetch a list of syllables from the internet when they
run; the syllables are counted here instead, by their vowels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.words.languages import SOURCE_LANGUAGE
from bot.words.rules_of_wording import FOLDER, plainly, sentences_of
from bot.words.shown import Shown

FILE = "reading.yml"
OURS = "bot/words/"
# In a shorter sentence one long word would decide alone.
FEWEST_WORDS = 6
LONG_SYLLABLES = 3

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\{\w*\}|\d[\d.:,/-]*")
_VOWELS = re.compile("[aeiouy]+")
# An e that is written inside a word and not spoken: something, safety, beforehand, every.
_SILENT_INSIDE = re.compile(
    "(?<=som|saf|for|car|hom|hop|tim|lif)e(?=[b-df-hj-np-tv-xz])|(?<=ev)e(?=ry)"
)
_SILENT_AT_END = re.compile("(?<=[^aeiouytd])ed$|(?<=[^aeiouylscgxz])es$|(?<=[^aeiouyl])e$")


@dataclass(frozen=True)
class Bars:
    """What a sentence may be at most, and the words one cannot do without."""

    most_words: int
    highest_grade: float
    highest_grade_overall: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """One English sentence: where it stands, its words, its syllables."""

    file: str
    text: str
    words: tuple[str, ...]
    syllables: int

    @property
    def grade(self) -> float:
        """Return the grade of this sentence alone."""
        return grade([self])

    @property
    def is_graded(self) -> bool:
        """Tell whether the sentence is long enough for a grade."""
        return len(self.words) >= FEWEST_WORDS

    @property
    def long_words(self) -> list[str]:
        """Return its words of three syllables and more."""
        return [word for word in self.words if syllables(word) >= LONG_SYLLABLES]


@lru_cache(maxsize=1)
def bars() -> Bars:
    """Return the bars of `data/wording/reading.yml`; raise ValueError when they are not whole."""
    try:
        content: dict[str, Any] = yaml.safe_load((FOLDER / FILE).read_text(encoding="utf-8"))
        words = tuple(line["word"].casefold() for line in content["words"] if line["reason"])
        return Bars(**{**content, "words": words})
    except (OSError, yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            f"data/wording/{FILE}: cannot be read ({' '.join(str(error).split())}); wanted are most_words, highest_grade,"
            " highest_grade_overall and words, each with word and reason"
        ) from error


def syllables(word: str) -> int:
    """Return about how many syllables an English word has; a placeholder or a number has one."""
    return sum(map(_syllables_of_part, re.split("['-]", word.casefold()))) or 1


def grade(sentences: Iterable[Measured]) -> float:
    """Return the grade of school that these sentences ask for together."""
    parts = list(sentences)
    count = sum(len(part.words) for part in parts)
    spoken = sum(part.syllables for part in parts)
    return 0.39 * count / len(parts) + 11.8 * spoken / count - 15.59


def measured(texts: Iterable[Shown]) -> Iterator[Measured]:
    """Yield every English sentence of `texts`, without buttons, as measured."""
    for text in texts:
        if text.language == SOURCE_LANGUAGE and not text.is_label:
            for sentence in sentences_of(plainly(text.text)):
                words = tuple(_WORD.findall(sentence))
                if words:
                    yield Measured(text.file, sentence, words, sum(map(_counted, words)))


def faults(texts: Iterable[Shown]) -> list[str]:
    """Return what is too hard to read in the sentences of `bot/words`, and unused exceptions."""
    ours = [text for text in texts if text.file.startswith(OURS)]
    sentences = list(measured(ours))
    return [
        *(fault for sentence in sentences for fault in _sentence_faults(sentence)),
        *_overall_faults(sentences),
        *_unused_words(ours),
    ]


def _sentence_faults(sentence: Measured) -> Iterator[str]:
    place = f'{sentence.file}: "{sentence.text}"'
    if len(sentence.words) > bars().most_words:
        yield (
            f"{place}: {len(sentence.words)} words; at most {bars().most_words}; make two sentences"
        )
    if sentence.is_graded and sentence.grade > bars().highest_grade:
        yield (
            f"{place}: grade {sentence.grade:.1f}; at most {bars().highest_grade}; shorter words"
            f" for: {', '.join(sentence.long_words) or 'some of these'}; or fewer words"
        )


def _overall_faults(sentences: list[Measured]) -> Iterator[str]:
    graded = [sentence for sentence in sentences if sentence.is_graded]
    if graded and grade(graded) > bars().highest_grade_overall:
        yield (
            f"{OURS}: all sentences together: grade {grade(graded):.1f};"
            f" at most {bars().highest_grade_overall}; `make wording` lists the hardest"
        )


def _unused_words(ours: list[Shown]) -> Iterator[str]:
    said = {word.casefold() for text in ours for word in _WORD.findall(plainly(text.text))}
    for word in bars().words:
        if word not in said:
            yield f"data/wording/{FILE}: words: {word}: is not said any more; take it away"


def _counted(word: str) -> int:
    return 1 if word.casefold() in bars().words else syllables(word)


def _syllables_of_part(part: str) -> int:
    spoken = _SILENT_AT_END.sub("", _SILENT_INSIDE.sub("", part))
    return 0 if not part.isalpha() else len(_VOWELS.findall(spoken))
