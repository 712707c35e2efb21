"""What the assistant learns from: enough, varied, and nothing of what it is measured on."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter, defaultdict
from statistics import median

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot import routes
from bot.words import languages
from evaluation import messages, swaps
from evaluation.messages import Example

LANGUAGES = pytest.mark.parametrize("language", languages.supported())

FEWEST = {"conversation": 60}
FEWEST_OF_ROUTE = {"hostile_message": 100, "out_of_scope": 500}
FEWEST_OTHERWISE = 240
FEWEST_TESTS = 150
SOME = 240
# Cosine of letter triples and quadruples inside words: above that, two messages say the same.
TOO_NEAR = 0.9
# Short messages ("thank you", "not today") are the same for everybody.
WORDS_OF_A_SENTENCE = 4


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


@pytest.fixture(scope="module")
def learnt() -> dict[str, list[Example]]:
    found = defaultdict(list)
    for example in messages.training():
        found[example.language].append(example)
    return found


def of_language(examples: list[Example], language: str) -> list[Example]:
    return [example for example in examples if example.language == language]


def by_route(examples: list[Example]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for example in examples:
        found[example.right[0]].append(example.text)
    return found


def fewest(route: str) -> int:
    group = routes.get(route).group
    return FEWEST_OF_ROUTE.get(route) or FEWEST.get(group) or FEWEST_OTHERWISE


@LANGUAGES
def test_every_route_has_enough_messages(learnt, language):
    counts = {route: len(texts) for route, texts in by_route(learnt[language]).items()}
    short = {id_: counts.get(id_, 0) for id_ in routes.ids() if counts.get(id_, 0) < fewest(id_)}
    assert not short


@LANGUAGES
def test_messages_are_as_long_as_people_write_them(learnt, language):
    lengths = [len(example.text.split()) for example in learnt[language]]
    assert 6 <= median(lengths) <= 12
    assert sum(length <= 4 for length in lengths) >= len(lengths) / 20
    assert sum(length >= 20 for length in lengths) >= len(lengths) / 50


@LANGUAGES
def test_no_message_stands_twice(learnt, language):
    counts = Counter(plain(example.text) or example.text for example in learnt[language])
    assert not [text for text, count in counts.items() if count > 1]


@LANGUAGES
def test_messages_of_a_route_differ_in_wording(learnt, language):
    for route, texts in by_route(learnt[language]).items():
        # Of the same number of messages each: the more there are, the more pairs come back.
        some = random.Random(1).sample(texts, min(len(texts), SOME))
        words = [plain(text).split() for text in some]
        pairs = [pair for told in words for pair in itertools.pairwise(told)]
        distinct = len(set(pairs)) / len(pairs)
        assert distinct >= 0.6, f"{route}: only {distinct:.0%} of its word pairs are distinct"
        beginnings = Counter(" ".join(plain(t).split()[:3]) for t in texts if len(t.split()) > 4)
        begin, count = beginnings.most_common(1)[0]
        assert count <= max(8, len(texts) / 20), f"{route}: {count} messages begin with {begin!r}"


@LANGUAGES
def test_no_two_messages_of_a_route_are_nearly_the_same(learnt, language):
    for route, texts in by_route(learnt[language]).items():
        rows = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4)).fit_transform(texts)
        near = (rows @ rows.T).toarray() - np.eye(len(texts))
        worst = np.unravel_index(near.argmax(), near.shape)
        assert near.max() < TOO_NEAR, f"{route}: {[texts[n] for n in worst]}"


@LANGUAGES
def test_tests_are_many_and_ask_for_every_route(language):
    examples = of_language(messages.of_folder(messages.TEST), language)
    assert len(examples) >= FEWEST_TESTS
    assert {example.right[0] for example in examples} == set(routes.ids())
    assert {id_ for example in examples for id_ in example.right} <= set(routes.ids())


@LANGUAGES
@pytest.mark.parametrize("folder", [messages.TEST, messages.DEVELOPMENT], ids=["test", "dev"])
def test_nothing_that_is_measured_on_was_learnt(learnt, language, folder):
    asked = of_language(messages.of_folder(folder), language)
    assert asked
    known = {plain(example.text) for example in learnt[language]}
    assert not [e.text for e in asked if plain(e.text) in known]
    sentences = [e.text for e in asked if len(e.text.split()) >= WORDS_OF_A_SENTENCE]
    counter = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4))
    rows = counter.fit_transform([example.text for example in learnt[language]])
    near = (counter.transform(sentences) @ rows.T).max(axis=1).toarray().ravel()
    assert not [text for text, found in zip(sentences, near) if found >= TOO_NEAR]


@LANGUAGES
def test_thresholds_are_not_chosen_on_tests(language):
    tests = {plain(e.text) for e in of_language(messages.of_folder(messages.TEST), language)}
    chosen_on = of_language(messages.of_folder(messages.DEVELOPMENT), language)
    assert not [e.text for e in chosen_on if plain(e.text) in tests]


@LANGUAGES
def test_sentences_about_somebody_else_are_many(language):
    sentences = of_language(swaps.sentences(), language)
    templates = Counter(example.kind for example in sentences)
    assert len(templates) >= 20
    assert min(templates.values()) >= 3
