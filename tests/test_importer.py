"""Our reader of the training messages gives Rasa what its own would give, only sooner."""

from __future__ import annotations

import copy

import pytest

from bot.settings import ROOT

# The import of Rasa alone takes long, and its libraries warn about each other.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

HEAD = 'version: "3.1"\nnlu:\n- intent: greet\n  metadata:\n    language: en\n  examples: |\n'


def given(importer, folder):
    read = importer(
        str(ROOT / "config.yml"),
        str(ROOT / "domain.yml"),
        [str(folder), str(ROOT / "data" / "rules.yml")],
    )
    return read.get_nlu_data(), read.get_stories()


def test_a_language_is_read_as_rasa_reads_it():
    from rasa.shared.importers.rasa import RasaFileImporter

    from bot.nlu.importer import ExampleImporter

    ours, our_rules = given(ExampleImporter, ROOT / "data" / "nlu" / "uk")
    stock, stock_rules = given(RasaFileImporter, ROOT / "data" / "nlu" / "uk")
    assert len(ours.training_examples) > 1000
    assert [m.as_dict() for m in ours.training_examples] == [
        m.as_dict() for m in stock.training_examples
    ]
    assert our_rules.fingerprint() == stock_rules.fingerprint()


def test_markup_in_a_message_is_refused(tmp_path):
    from bot.nlu.importer import ExampleError, ExampleImporter

    (tmp_path / "greet.yml").write_text(HEAD + "    - hello\n    - hello [you](person)\n")
    with pytest.raises(ExampleError, match="greet"):
        given(ExampleImporter, tmp_path)


def test_two_messages_are_the_same_only_when_all_of_them_is():
    from bot.nlu.importer import Example

    one = Example({"text": "hello", "intent": "greet"})
    assert one == Example({"intent": "greet", "text": "hello"})
    assert one != Example({"text": "hello", "intent": "goodbye"})
    assert copy.deepcopy(one) is one
    before = one.fingerprint()
    one.set("intent", "goodbye")
    assert one.fingerprint() != before
