"""The report on reading ease: `reports/wording.md`, with the hardest sentences of every language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT
from bot.words.languages import SOURCE_LANGUAGE, table
from bot.words.reading import OURS, Measured, bars, grade, measured
from bot.words.rules_of_wording import plainly, sentences_of
from bot.words.shown import Shown

REPORT = ROOT / "reports" / "wording.md"
HARDEST = 15
LONGEST_LISTED = 5
# What counts as a long word where nobody counts syllables (Björnsson's LIX, 1968).
LONG_LETTERS = 6


def write(texts: list[Shown]) -> Path:
    """Write the report and return where it stands."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(_lines(texts)) + "\n", encoding="utf-8")
    return REPORT


def _lines(texts: list[Shown]) -> Iterator[str]:
    english = [sentence for sentence in measured(texts) if sentence.is_graded]
    ours = [sentence for sentence in english if sentence.file.startswith(OURS)]
    yield "# How easy our words are to read\n"
    yield f"Flesch-Kincaid grade; at most {bars().highest_grade} a sentence of ours,"
    yield f"{bars().highest_grade_overall} overall. Overall: {grade(ours):.1f}.\n"
    yield from _by_file(english)
    yield from _hardest("The hardest sentences of ours", ours)
    packs = [sentence for sentence in english if sentence not in set(ours)]
    yield from _hardest("The hardest sentences of the city packs (no bar)", packs)
    yield from _other_languages(texts)


def _by_file(english: list[Measured]) -> Iterator[str]:
    files: dict[str, list[Measured]] = defaultdict(list)
    for sentence in english:
        files[sentence.file].append(sentence)
    yield "| file | sentences | words a sentence | grade |\n| --- | --- | --- | --- |"
    for file, found in sorted(files.items()):
        words = sum(len(sentence.words) for sentence in found) / len(found)
        yield f"| {file} | {len(found)} | {words:.1f} | {grade(found):.1f} |"


def _hardest(title: str, sentences: list[Measured]) -> Iterator[str]:
    yield f"\n## {title}\n\n| grade | words | sentence | long words |\n| --- | --- | --- | --- |"
    for one in sorted(set(sentences), key=lambda one: (-one.grade, one.text))[:HARDEST]:
        words = ", ".join(one.long_words)
        yield f"| {one.grade:.1f} | {len(one.words)} | {_cell(one.text)} | {words} |"


def _other_languages(texts: list[Shown]) -> Iterator[str]:
    yield "\n## The other languages (no bar)\n"
    yield f"Long words have more than {LONG_LETTERS} letters. LIX is the words of a sentence plus the"
    yield "percentage of long words; compare it within a language only.\n"
    yield "| language | sentences | words a sentence | long words | LIX |\n| --- | --- | --- | --- | --- |"
    split = {code: _words_by_sentence(texts, code) for code in table() if code != SOURCE_LANGUAGE}
    for code, sentences in split.items():
        yield _language_row(code, sentences)
    for code, sentences in split.items():
        yield f"\n### {code}: the longest sentences and words\n"
        for sentence in sorted(sentences, key=lambda s: (-len(sentences[s]), s))[:LONGEST_LISTED]:
            yield f"- {len(sentences[sentence])} words: {_cell(sentence)}"
        words = {word for found in sentences.values() for word in found}
        yield f"- {', '.join(sorted(words, key=lambda word: (-len(word), word))[:LONGEST_LISTED])}"


def _words_by_sentence(texts: list[Shown], language: str) -> dict[str, list[str]]:
    """Return the words of each sentence of a language's catalogue, without buttons."""
    own = [t for t in texts if t.language == language and t.file.startswith("locales/")]
    sentences = {s for t in own if not t.is_label for s in sentences_of(plainly(t.text))}
    words = {
        s: [w for w in s.split() if any(map(str.isalpha, w)) and "{" not in w] for s in sentences
    }
    return {
        sentence: [w.strip(".,:;!?؟،()“”«»") for w in found]
        for sentence, found in words.items()
        if found
    }


def _language_row(code: str, sentences: dict[str, list[str]]) -> str:
    words = [word for found in sentences.values() for word in found]
    average = len(words) / len(sentences)
    long = 100 * sum(len(word) > LONG_LETTERS for word in words) / len(words)
    return f"| {code} | {len(sentences)} | {average:.1f} | {long:.0f}% | {average + long:.0f} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
