"""The features are those of scikit-learn's vectorisers, found without it; so are their hashes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

from bot.nlu.features import Features, FeatureSizes

SIZES = [FeatureSizes(5, 2, 20, 19), FeatureSizes(4, 1, 18, 17), FeatureSizes(3, 0, 8, 8)]
TEXTS = [
    "my landlord throws us out next week, WHAT now??",
    "je n'ai PLUS d'électricité à l'appartement",
    "لا أستطيع النوم",
    "Мене б'ють на зупинці",
    "İstanbul'da ev arıyorum ß ﬃ ﷺ",
    "😀 ok 👍🏽 thanks",
    "a_b c-d 12 ٣   tab\t\tline\u2028end",
    "x" * 700,
    "a",
    "!!!",
    " ",
    "",
]


def stock_counts(sizes: FeatureSizes) -> list[csr_matrix]:
    shared = {
        "strip_accents": "unicode",
        "alternate_sign": False,
        "norm": None,
        "dtype": np.float32,
    }
    pieces = HashingVectorizer(
        analyzer="char_wb",
        ngram_range=(1, sizes.longest_piece),
        n_features=2**sizes.piece_bits,
        **shared,
    )
    phrases = HashingVectorizer(
        token_pattern=r"(?u)\b\w+\b",
        ngram_range=(1, max(sizes.longest_phrase, 1)),
        n_features=2**sizes.phrase_bits,
        **shared,
    )
    return [each.transform(TEXTS) for each in [pieces, phrases][: len(sizes.bits)]]


def stock_rows(sizes: FeatureSizes) -> csr_matrix:
    counted = stock_counts(sizes)
    for block in counted:
        found_in = np.bincount(block.indices, minlength=block.shape[1])
        rarity = 1 + np.log((1 + len(TEXTS)) / (1 + found_in))
        block.data = ((1 + np.log(block.data)) * rarity[block.indices]).astype(np.float32)
    return hstack([normalize(block) for block in counted], format="csr")


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_learnt_rows_are_those_of_scikit_learn(sizes):
    assert abs(Features(sizes).learn(TEXTS) - stock_rows(sizes)).max() < 1e-6


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_a_text_alone_is_seen_as_among_others(sizes):
    features = Features(sizes)
    rows = features.learn(TEXTS)
    for number, text in enumerate(TEXTS):
        seen, weights = features.of(text)
        alone = csr_matrix((weights, ([0] * len(seen), seen)), shape=(1, rows.shape[1]))
        assert abs(rows[number] - alone).sum() < 1e-4


def test_half_a_sign_of_a_broken_program_is_no_reason_to_fail():
    features = Features(SIZES[0])
    features.learn(TEXTS)
    seen, weights = features.of("hello \ud83d there")
    assert len(seen) == len(weights) > 20
