"""Many patterns at once find exactly what each of them finds alone, and never less."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot import urgent
from bot.pattern_set import PatternSet, Searched

EXPRESSIONS = [
    r"kill(?:s|ed)? (?:him|her)",
    r"(?!no )\w+ knife",
    r"(?<!not )in danger",
    r"dan(?=ger)\w*",
    r"(?:very )?big bomb\b",
    r"لا اريد",
    r"(?:не )?хочу жити",
    r"film (?:\w+ ){0,2}",
    r"[(]odd[)]",
]
WORDS = " ".join(EXPRESSIONS).replace("|", " ").split()
TEXTS = st.lists(
    st.sampled_from([*re.findall(r"\w+", " ".join(WORDS)), "him", "not", "no", "a"]), max_size=12
).map(" ".join)


@given(TEXTS)
def test_together_they_find_what_each_finds_alone(text):
    alone = [n for n, e in enumerate(EXPRESSIONS) if re.search(rf"\b(?:{e})\b", text)]
    assert PatternSet(EXPRESSIONS).found(Searched(text)) == alone


def test_the_real_patterns_find_together_what_each_finds_alone():
    expressions = [
        line
        for path in urgent.sources()
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).values()
        for line in entry["patterns"]
    ]
    found_by = PatternSet(expressions)
    alone = [re.compile(rf"\b(?:{expression})\b") for expression in expressions]
    for path in urgent.sources():
        sentences = (urgent.PATTERNS.parent.parent / "tests" / "urgent" / path.name).read_text(
            encoding="utf-8"
        )
        for sentence in sentences.split("\n")[::5]:
            plain = urgent.normalise(sentence)
            assert found_by.found(Searched(plain)) == [
                n for n, e in enumerate(alone) if e.search(plain)
            ]


def test_what_is_found_is_taken_out_one_after_another():
    assert PatternSet(["a b", "b", "c"]).without(Searched("a b x b c")).split() == ["x"]


@pytest.mark.parametrize("expression", ["(", "a|", "[", "(?:ab)?", "*"])
def test_what_is_no_pattern_is_named(expression):
    with pytest.raises(ValueError, match=re.escape(f"no pattern: {expression}")):
        PatternSet(["fine", expression])
