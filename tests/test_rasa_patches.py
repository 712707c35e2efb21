"""What is changed in Rasa while it runs is what was read before it was changed, and does the same.

When one of these fails after an update of Rasa: read bot/nlu/swifter.py and the replaced function
side by side, mend or drop the replacement, and only then write down the new version and hash.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import pytest

from bot.nlu.absent import LIBRARIES
from bot.settings import ROOT

# The import of Rasa alone takes long, and its libraries warn about each other.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

SLOT = {"event": "slot", "name": "page", "value": 2, "timestamp": None}
ANSWERS = [
    {"events": [], "responses": []},
    {},
    {"events": [SLOT, {"event": "reset_slots"}], "responses": [{"text": "hello"}]},
    {"events": [{"event": "slot", "name": "page"}]},
    {"events": [{"event": "slot", "value": 2}]},
    {"events": [{"event": "slot", "name": 3, "value": 2}]},
    {"events": [{"event": "nothing that Rasa knows"}]},
    {"events": [{"event": ["slot"]}]},
    {"events": [{"name": "page", "value": 2}]},
    {"events": ["slot"]},
    {"events": {}},
    {"events": [SLOT], "responses": ["hello"]},
    {"events": [SLOT], "responses": "hello"},
    [],
    None,
]


@pytest.fixture(scope="module")
def swifter():
    from bot.nlu import swifter

    return swifter


def test_the_version_of_rasa_is_the_one_whose_source_was_read(swifter):
    assert importlib.metadata.version("rasa") == swifter.RASA


def test_the_replaced_functions_are_those_that_were_read(swifter):
    assert swifter.sources() == swifter.SOURCES


def test_kinds_of_events_are_found_as_rasa_finds_them(swifter, monkeypatch):
    stock = swifter.Event.resolve_by_type
    monkeypatch.setattr(
        swifter.RemoteAction,
        "_validate_action_result",
        swifter.RemoteAction._validate_action_result,
    )
    monkeypatch.setattr(swifter.Event, "resolve_by_type", staticmethod(stock))
    swifter.apply()
    for kind in ("slot", "reset_slots", "user", "topic", "slot"):
        assert swifter.Event.resolve_by_type(kind) is stock(kind)
    with pytest.raises(ValueError, match="nothing"):
        swifter.Event.resolve_by_type("nothing that Rasa knows")


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_an_answer_of_an_action_is_judged_as_rasa_judges_it(swifter, answer):
    import jsonschema

    schema = swifter.RemoteAction.action_response_format_spec()
    expected = jsonschema.Draft7Validator(schema).is_valid(answer)
    assert swifter.is_valid(answer, swifter.compiled(schema)) is expected


def test_a_wrong_answer_is_refused_without_a_word_of_it(swifter, monkeypatch):
    import jsonschema

    monkeypatch.setattr(
        swifter.RemoteAction,
        "_validate_action_result",
        swifter.RemoteAction._validate_action_result,
    )
    monkeypatch.setattr(
        swifter.Event, "resolve_by_type", staticmethod(swifter.Event.resolve_by_type)
    )
    swifter.apply()
    action = swifter.RemoteAction("action_converse", None)
    assert action._validate_action_result({"events": [SLOT]}) is True
    with pytest.raises(jsonschema.ValidationError) as refused:
        action._validate_action_result({"events": ["zebra"]})
    assert "zebra" not in str(refused.value)


def test_the_server_runs_without_the_libraries_it_leaves_out():
    program = (
        "from bot.nlu import absent; absent.leave_out()\n"
        "import sys, bot.nlu.agent, bot.nlu.policy, bot.nlu.classifier, bot.nlu.decision\n"
        "import tensorflow\n"
        f"real = [name for name in {LIBRARIES} if getattr(sys.modules.get(name), '__file__', 0)]\n"
        "print(real)\n"
        "try:\n    tensorflow.zeros(3)\n"
        "except absent.AbsentError as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.splitlines()
    assert said == ["[]", "tensorflow.zeros is left out: bot/nlu/absent.py"]
