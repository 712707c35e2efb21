"""English sentences are easy to read for a child of eleven, and the hard ones are named."""

from __future__ import annotations

import pytest

from bot.words import reading, reading_report, shown
from bot.words.reading import bars, measured, syllables
from bot.words.shown import Shown

FILE = "bot/words/texts.py"


def ours(*texts: str, is_label: bool = False) -> list[Shown]:
    needed = " ".join(bars().words)
    return [*(Shown(FILE, "en", text, is_label) for text in texts), Shown(FILE, "en", needed)]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("a", 1), ("home", 1), ("someone", 2), ("safety", 2), ("beforehand", 3), ("every", 2)),
        *(("called", 1), ("wanted", 2), ("places", 2), ("services", 3), ("phones", 1)),
        *(("language", 2), ("organisation", 5), ("people", 2), ("little", 2), ("table", 2)),
        *(("{number}", 1), ("112", 1), ("e-mail", 2), ("don't", 1), ("the", 1), ("be", 1)),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int):
    assert syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid():
    (sentence,) = measured([Shown(FILE, "en", "The cat sat on the mat.")])
    assert sentence.grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def test_all_our_sentences_together_are_for_a_child_of_eleven():
    sentences = [one for one in measured(shown.source_texts()) if one.is_graded]
    assert len(sentences) > 100
    assert reading.grade(sentences) <= bars().highest_grade_overall <= 6


def test_a_sentence_of_too_many_words_is_named():
    (fault,) = reading.faults(ours("We go " + "on and " * 10 + "on.", "We go on and on too."))
    assert "23 words; at most 20; make two sentences" in fault


def test_a_sentence_of_hard_words_is_named_with_its_hard_words():
    hard = "Municipal administrations facilitate interdisciplinary consultation regularly."
    found = reading.faults(ours("All is well.", hard))
    assert found[0].startswith(f'{FILE}: "{hard}": grade ')
    assert "interdisciplinary" in found[0]


def test_sentences_of_one_text_are_judged_one_by_one():
    assert reading.faults(ours("We go on and on and on. " * 5)) == []


def test_buttons_and_short_sentences_are_not_graded():
    assert reading.faults(ours("Languages: not known")) == []
    assert reading.faults(ours("Municipal administrations facilitate it " * 5, is_label=True)) == []


def test_all_together_may_not_be_hard_though_each_sentence_passes():
    found = reading.faults(ours(*["The manager of the office is certainly there on Monday."] * 9))
    assert len(found) == 1
    assert "all sentences together" in found[0]


def test_a_word_one_cannot_do_without_counts_as_an_easy_one():
    (one,) = measured([Shown(FILE, "en", "Organisation")])
    assert one.syllables == 1


def test_a_word_of_the_exceptions_that_is_not_said_is_named():
    found = reading.faults([Shown(FILE, "en", "All is well.")])
    assert len(found) == len(bars().words)
    assert all("is not said any more; take it away" in fault for fault in found)


def test_the_report_names_the_hardest_sentences_and_every_language(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_report, "REPORT", tmp_path / "reports" / "wording.md")
    text = reading_report.write(list(shown.everything())).read_text("utf-8")
    assert text.count("\n### ") == 11
    ours = text.split("## The hardest sentences of ours")[1].split("## ")[0]
    grades = [
        float(line.split("|")[1]) for line in ours.splitlines() if line[:3].strip("| ").isdigit()
    ]
    assert len(grades) == 15
    assert grades == sorted(grades, reverse=True)
