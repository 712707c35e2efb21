"""Words: sentences in a person's language, numbers that keep their direction, names from CLDR."""

from __future__ import annotations

import dataclasses
import datetime
import unicodedata

import pytest
from babel import Locale

from bot.words import catalogue, cldr, languages, texts
from bot.words.catalogue import END_OF_ISOLATE, ISOLATE, words
from bot.words.marks import Text, counted, label, sentence

EACH_LANGUAGE = pytest.mark.parametrize("code", languages.supported())
RIGHT_TO_LEFT = [code for code in languages.supported() if languages.table()[code].rtl]
LEFT_TO_RIGHT = [code for code in languages.supported() if not languages.table()[code].rtl]


@EACH_LANGUAGE
def test_the_table_of_languages_agrees_with_unicode(code):
    language, locale = languages.table()[code], Locale.parse(code)
    assert language.rtl is (locale.text_direction == "rtl")
    assert language.name.casefold() == locale.get_display_name(code).casefold()
    scripts = {unicodedata.name(letter).split(" ")[0].title() for letter in language.name}
    assert scripts == {language.script}


def test_the_words_that_turn_a_wish_around_are_words():
    for language in languages.table().values():
        assert language.negations
        for word in language.negations:
            assert isinstance(word, str), f"{language.code}: {word!r} is no text for YAML"
            assert word == word.casefold()


def test_a_sentence_is_said_in_the_language_that_was_asked_for():
    said = {words(code).say(texts.GOODBYE) for code in languages.supported()}
    assert len(said) == len(languages.supported())
    assert texts.GOODBYE.english in said


def test_a_language_without_a_catalogue_is_an_error_and_not_english(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)
    with pytest.raises(OSError, match=r"messages\.po"):
        catalogue.words.__wrapped__("fr")


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_a_value_keeps_its_own_direction_in_a_right_to_left_language(code):
    said = words(code).say(texts.PHONE, number="+32 2 535 45 42")
    assert f"{ISOLATE}+32 2 535 45 42{END_OF_ISOLATE}" in said
    assert words(code).isolated(f"{ISOLATE}1{END_OF_ISOLATE}") == f"{ISOLATE}1{END_OF_ISOLATE}"
    assert words(code).isolated("") == ""


@pytest.mark.parametrize("code", LEFT_TO_RIGHT)
def test_no_invisible_characters_stand_in_a_left_to_right_language(code):
    said = words(code).say(texts.PHONE, number="112")
    assert "112" in said
    assert not {ISOLATE, END_OF_ISOLATE} & set(said)


@EACH_LANGUAGE
def test_braces_in_a_value_are_said_as_they_are(code):
    assert "{number} {}" in words(code).say(texts.PHONE, number="{number} {}")


def test_english_and_french_tell_one_from_many_each_in_its_way():
    english, french = words("en"), words("fr")
    assert english.say(texts.MORE_LEFT, count=1) == "I know of 1 more service for this."
    assert english.say(texts.MORE_LEFT, count=0) == "I know of 0 more services for this."
    assert "services" not in french.say(texts.MORE_LEFT, count=0)
    assert "services" in french.say(texts.MORE_LEFT, count=2)


def test_arabic_has_a_form_of_its_own_for_one_two_few_and_many():
    forms = {words("ar").say(texts.MORE_LEFT, count=n).replace(str(n), "") for n in (1, 2, 3, 11)}
    assert len(forms) == 4
    assert f"{ISOLATE}11{END_OF_ISOLATE}" in words("ar").say(texts.MORE_LEFT, count=11)


def test_a_button_and_a_sentence_that_are_spelt_alike_are_different_texts():
    assert label("button", "Language") != sentence("Language")
    assert words("fr").say(texts.LANGUAGE_BUTTON) != words("fr").say(Text("Language"))
    assert counted("one", "many") == Text("one", plural="many")


@pytest.mark.parametrize(
    ("wishes", "chosen"),
    [
        (["fr"], "fr"),
        (["fr-BE"], "fr"),
        (["nl_NL", "fr"], "nl"),
        (["AR"], "ar"),
        (["pt-BR", None, "", "nl"], "nl"),
        (["xx"], "en"),
        ([], "en"),
        (["english"], "en"),
    ],
)
def test_the_first_wish_that_is_supported_is_taken(wishes, chosen):
    assert languages.first_supported(wishes) == chosen


def test_a_language_in_progress_is_not_offered(monkeypatch):
    unready = dataclasses.replace(languages.table()["fr"], state="in-progress")
    table = {**languages.table(), "fr": unready}
    monkeypatch.setattr(languages, "table", lambda: table)
    assert "fr" not in languages.supported()
    assert languages.first_supported(["fr", "nl"]) == "nl"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("مرحبا", "ar"),
        ("112 مرحبا!", "ar"),
        ("bonjour", None),
        ("123 ?!", None),
        ("привет", "uk"),
        ("γεια", None),
    ],
)
def test_a_script_tells_the_language_only_when_one_language_is_written_in_it(text, code):
    assert languages.by_script(text) == code


def test_a_script_that_two_languages_share_tells_nothing(monkeypatch):
    arabic, french = languages.table()["ar"], languages.table()["fr"]
    monkeypatch.setattr(languages, "table", lambda: {"fr": french, "ar": arabic})
    assert languages.by_script("bonjour") is None
    persian = dataclasses.replace(arabic, code="fa")
    monkeypatch.setattr(languages, "table", lambda: {"ar": arabic, "fa": persian})
    assert languages.by_script("مرحبا") is None


@EACH_LANGUAGE
def test_every_language_is_understood_by_its_own_name_and_by_its_names_in_the_others(code):
    assert languages.mentioned(languages.table()[code].name) == code
    for other in languages.supported():
        assert languages.mentioned(f"... {cldr.language_name(code, other)}!") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Can we speak FRENCH please", "fr"),
        ("en néerlandais svp", "nl"),
        ("liever in het Engels", "en"),
        ("بالعربية من فضلك", "ar"),
        ("no dutch", None),
        ("je ne comprends pas le français", None),
        ("ik spreek geen Nederlands", None),
        ("لا أفهم الفرنسية", None),
        ("I don't speak English", None),
        ("french or dutch?", None),
        ("another language", None),
        ("", None),
    ],
)
def test_a_wish_for_a_language_is_told_from_a_complaint_about_it(text, code):
    assert languages.mentioned(text) == code


@EACH_LANGUAGE
def test_names_of_languages_days_and_lists_are_written_the_languages_own_way(code):
    assert cldr.language_name(code, code).casefold() == languages.table()[code].name.casefold()
    assert len({cldr.day_name(day, code) for day in range(7)}) == 7
    assert cldr.listing(["a"], code) == "a"
    assert cldr.listing(["a", "b", "c"], code).count("b") == 1


def test_a_language_that_unicode_knows_by_another_code_has_a_name():
    assert cldr.language_name("prs", "en") == "Dari"
    assert cldr.language_name("qqq", "en") is None


def test_english_times_and_dates_are_those_of_european_cities():
    assert cldr.time(datetime.time(21, 5), "en") == "21:05"
    assert cldr.date(datetime.date(2026, 10, 2), "en") == "2 October 2026"
    assert cldr.date(datetime.date(2026, 10, 2), "fr") == "2 octobre 2026"
    assert cldr.day_name(0, "nl") == "maandag"
    assert cldr.listing(["Frans", "Nederlands", "Engels"], "nl") == "Frans, Nederlands en Engels"
