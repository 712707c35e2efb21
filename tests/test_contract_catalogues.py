"""Every sentence is in every language, and the check of the catalogues names every fault."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.settings import ROOT
from bot.words import catalogue, check, languages, texts
from bot.words.marks import Text

TRANSLATED = [code for code in languages.table() if code != languages.SOURCE_LANGUAGE]
PO = "locales/{}/LC_MESSAGES/messages.po"
Change = Callable[[Message], None]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    shutil.copytree(ROOT / "bot" / "words", tmp_path / "bot" / "words")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(check, "TEMPLATE", tmp_path / "locales" / "messages.pot")
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path / "locales")
    return tmp_path


def change(language: str, text: Text, how: Change) -> None:
    path = catalogue.catalogue_path(language)
    catalog = read(path, language)
    how(catalog.get(text.english, text.context or None))
    write(path, catalog)


def read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalog)


def translated(string: object) -> Change:
    return lambda message: setattr(message, "string", string)


def assert_named(language: str, sentence: str, *wrong: str) -> None:
    found = check.faults()
    assert len(found) == 1, found
    assert found[0].startswith(f"{PO.format(language)}: {sentence}"), found
    assert all(part in found[0] for part in wrong), found


def sentences(catalog: Catalog) -> list[tuple[object, object]]:
    return [(message.context, message.id) for message in catalog if message.id]


def test_every_sentence_is_in_every_language():
    assert check.faults() == []


def test_the_copy_that_these_tests_break_is_whole(copy):
    assert check.faults() == []


def test_the_template_is_up_to_date_with_the_code():
    wanted, found = sentences(check.extracted()), sentences(read(check.TEMPLATE))
    assert found == wanted, f"run `make strings`: {set(wanted) ^ set(found)}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_catalogue_says_whether_a_native_speaker_has_read_it(language):
    first_line = catalogue.catalogue_path(language).read_text(encoding="utf-8").split("\n")[0]
    reviewer = languages.table()[language].reviewed_by
    wanted = "Not yet reviewed" if reviewer == "none" else f"Reviewed by: {reviewer}"
    assert wanted in first_line


def test_every_marked_sentence_of_the_code_is_in_the_template():
    catalog = read(check.TEMPLATE)
    marked = [value for value in vars(texts).values() if isinstance(value, Text)]
    lost = [text for text in marked if catalog.get(text.english, text.context or None) is None]
    assert len(marked) > 50
    assert lost == []


def test_the_check_names_a_missing_catalogue(copy):
    (copy / "locales" / "nl" / "LC_MESSAGES" / "messages.po").unlink()
    assert_named("nl", "the catalogue is missing", "run `make strings`")


def test_the_check_names_a_missing_sentence(copy):
    path = catalogue.catalogue_path("ar")
    catalog = read(path, "ar")
    catalog.delete(texts.GOODBYE.english)
    write(path, catalog)
    assert_named("ar", "'Goodbye, and", "is not in the catalogue", "run `make strings`")


def test_the_check_names_an_untranslated_sentence(copy):
    change("fr", texts.GOODBYE, translated(" "))
    assert_named("fr", "'Goodbye, and", "has no translation")


def test_the_check_names_a_guessed_translation(copy):
    change("fr", texts.GOODBYE, lambda message: message.flags.add("fuzzy"))
    assert_named("fr", "'Goodbye, and", "is marked fuzzy")


@pytest.mark.parametrize("sentence", ["Tel.: ", "Tel.: {nummer}", "Tel.: {number} {note}"])
def test_the_check_names_a_differing_placeholder(copy, sentence):
    change("nl", texts.PHONE, translated(sentence))
    assert_named("nl", "'Phone: {number}'", "placeholders", "wanted ['number']")


@pytest.mark.parametrize("sentence", ["Tel.: {number", "Tel.: number}", "Tel.: {{number}"])
def test_the_check_names_a_brace_that_is_not_closed(copy, sentence):
    change("nl", texts.PHONE, translated(sentence))
    assert_named("nl", "'Phone: {number}'")


def rewrite(language: str, pattern: str, replacement: str) -> None:
    path = catalogue.catalogue_path(language)
    written, found = re.subn(pattern, replacement, path.read_text("utf-8"), count=1)
    assert found == 1, pattern
    path.write_text(written, "utf-8")


def test_the_check_names_a_wrong_number_of_plural_forms(copy):
    rewrite("ar", r'"Plural-Forms:(?s:.*?);\\n"', r'"Plural-Forms: nplurals=7; plural=(n>6);\\n"')
    assert f"{PO.format('ar')}: Plural-Forms: has 7 forms; the language has 6" in check.faults()


def test_the_check_names_a_missing_plural_form(copy):
    rewrite("ar", r"(msgid \"I know of \{count\} more (?s:.*?))msgstr\[5\] .*\n", r"\1")
    assert_named("ar", "'I know of {count} more service", "has no translation")


def test_the_check_names_a_plural_form_too_many(copy):
    rewrite("nl", r"(msgstr)\[1\](.*\n)", r"\1[1]\2\1[2]\2")
    assert_named("nl", "cannot be read", "more translations than num_plurals")


def test_the_check_names_a_catalogue_that_cannot_be_read(copy):
    catalogue.catalogue_path("nl").write_bytes('msgid "a"\nmsgstr "\xe9"\n'.encode("latin-1"))
    assert_named("nl", "cannot be read")


def test_the_check_names_a_plural_form_with_no_words(copy):
    change("nl", texts.MORE_LEFT, translated(("Nog {count} dienst.", "")))
    assert_named("nl", "'I know of {count} more service", "has no translation")


def test_the_check_names_a_sentence_that_is_no_longer_said(copy):
    path = catalogue.catalogue_path("fr")
    catalog = read(path, "fr")
    catalog.add("Nobody says this any more.", "Plus personne ne dit cela.")
    write(path, catalog)
    assert_named("fr", "'Nobody says this any more.'", "is no longer said", "run `make strings`")


def test_the_check_names_a_button_that_is_too_long(copy):
    change("nl", texts.HUMAN_BUTTON, translated("x" * 41))
    assert_named("nl", "'Talk to a person'", "41 characters", "at most 40")


def test_the_check_names_an_english_button_that_is_too_long(copy):
    path = copy / "bot" / "words" / "texts.py"
    path.write_text(path.read_text("utf-8").replace('"Talk to a person"', f'"{"x" * 41}"'), "utf-8")
    named = [fault for fault in check.faults() if fault.startswith("locales/messages.pot")]
    assert len(named) == 1
    assert "41 characters" in named[0]


def test_the_check_names_the_faults_of_all_languages_at_once(copy):
    for language in TRANSLATED:
        change(language, texts.GOODBYE, translated(""))
        change(language, texts.PHONE, translated("-"))
    found = check.faults()
    assert len(found) == 2 * len(TRANSLATED)
    assert {fault.split("/")[1] for fault in found} == set(TRANSLATED)


def test_make_strings_keeps_translations_and_brings_a_changed_sentence_back_empty(copy):
    path = copy / "bot" / "words" / "texts.py"
    path.write_text(path.read_text("utf-8").replace("You are welcome. Is", "Welcome. Is"), "utf-8")
    before = read(catalogue.catalogue_path("fr"), "fr").get(texts.GOODBYE.english).string

    check.update()

    after = read(catalogue.catalogue_path("fr"), "fr")
    assert after.get(texts.GOODBYE.english).string == before
    assert after.get(texts.WELCOME.english) is None
    assert after.get("Welcome. Is there anything else?").string == ""
    assert len(check.faults()) == len(TRANSLATED)
    assert sentences(read(check.TEMPLATE)) == sentences(check.extracted())
