"""No profiling: what says who somebody is, is taken out before a route is weighed."""

from __future__ import annotations

import pytest
import yaml
from babel import Locale

from bot.nlu.neutral import KINDS, NAME, NAMES, NO_NAME, neutral, sources
from bot.urgent import normalise
from bot.words import languages

SAME = [
    ("en", "My {} neighbour was spat at", ("Muslim", "jewish", "SIKH", "Catholic")),
    ("en", "a {} family moved in", ("Syrian", "Polish", "black", "Roma", "white")),
    ("en", "my {} hits me", ("husband", "wife", "boyfriend", "girlfriend")),
    ("en", "they painted on our {}", ("mosque", "church", "synagogue")),
    ("en", "{} told me about it", ("Fatima", "Thomas", "Kofi", "Oksana")),
    ("fr", "ma voisine {} a été insultée", ("musulmane", "juive", "chrétienne", "athée")),
    ("fr", "on a insulté mon {}", ("frère", "frere")),
    ("ar", "{} ضربوا جاري", ("المسلمون", "والمسلمون", "مسلمون")),
    ("nl", "een {} jongen uit mijn klas", ("Marokkaanse", "Oekraïense", "Poolse")),
]


@pytest.mark.parametrize(("language", "sentence", "words"), SAME)
def test_the_same_sentence_about_somebody_else_looks_the_same(language, sentence, words):
    assert len({neutral(sentence.format(word), language) for word in words}) == 1
    # And it says no longer who it was
    assert not any(word in neutral(sentence.format(word), language) for word in words)


def test_all_else_stays_as_it_was_typed():
    text = "Can't sleep... since it   HAPPENED, 3 weeks!"
    assert neutral(text, "en") == text
    assert neutral("", "en") == ""


def test_a_text_in_a_language_without_words_stays_as_it_is():
    assert neutral("my Muslim neighbour", "xx") == "my Muslim neighbour"


def test_kinds_can_be_told_apart():
    kinds = {neutral(word, "en") for word in ("mosque", "imam", "brother", "Ali", "he", "gay")}
    assert len(kinds) == 6


def test_a_name_of_any_origin_is_a_name_in_every_language():
    for language in languages.supported():
        assert (
            len({neutral(name, language) for name in ("Ferenc", "Kwame", "Juhani", "Nguyen")}) == 1
        )


def test_a_word_of_the_language_is_no_name_there():
    assert neutral("er is iets anders", "nl") == "er is iets anders"
    assert neutral("Anders", "sv") == neutral("Lars", "sv")


def test_words_that_are_no_names_are_names_elsewhere():
    names = set(yaml.safe_load(NAMES.read_text(encoding="utf-8"))[NAME])
    for path in sources():
        countries = map(normalise, Locale.parse(path.stem).territories.values())
        listed = set(yaml.safe_load(path.read_text(encoding="utf-8"))[NO_NAME])
        assert listed <= names.union(countries), path.stem


@pytest.mark.parametrize("path", [*sources(), NAMES], ids=lambda path: path.stem)
def test_a_word_list_is_sound(path):
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert path.stem in {*languages.table(), NAMES.stem}
    assert set(lists) <= {*KINDS, NO_NAME}
    listed = [word for words in lists.values() for word in words]
    # YAML reads "no" and "yes" as something else than words
    assert all(isinstance(word, str) for word in listed)
    for word in listed:
        assert normalise(word) == word.removesuffix("*"), word
    # A short stem would stand for half the language
    assert all(len(word) > 4 for word in listed if word.endswith("*"))
    assert len(set(listed)) == len(listed), sorted(w for w in listed if listed.count(w) > 1)


@pytest.mark.parametrize("language", languages.supported())
def test_every_language_has_its_words(language):
    lists = yaml.safe_load((sources()[0].parent / f"{language}.yml").read_text(encoding="utf-8"))
    assert {"faith", "origin", "orientation", "worship", "adult", "parent", "name"} <= set(lists)
    assert sum(map(len, lists.values())) >= 250
