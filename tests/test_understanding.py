"""Every message is understood as a route: the contract of the trained model, loaded by Rasa."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import yaml
from support import phrases

from bot import routes
from bot.answers.model import SURE
from bot.settings import ROOT
from bot.words import languages

# Rasa's own libraries warn about each other.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

Parse = Callable[[str], Awaitable[dict[str, Any]]]

NEEDS = [
    ("en", "I am looking for a job", "job_help"),
    ("en", "where can I learn French", "language_course"),
    ("fr", "je cherche un avocat", "legal_help"),
    ("fr", "où apprendre le français ?", "language_course"),
    ("nl", "ik zoek een dokter", "health_care"),
    ("nl", "ik zoek werk", "job_help"),
    ("ar", "أحتاج طبيب", "health_care"),
    ("ar", "أين أتعلم الفرنسية", "language_course"),
    ("ar", "شكرا", "thank"),
    ("de", "wo kann ich Deutsch lernen", "language_course"),
    ("es", "busco trabajo", "job_help"),
    ("da", "hvor kan jeg lære dansk", "language_course"),
    ("sv", "jag behöver en läkare", "health_care"),
    ("fi", "mistä löydän suomen kielen kurssin", "language_course"),
    ("fi", "missä voin opiskella suomea", "language_course"),
    ("sk", "potrebujem lekára", "health_care"),
    ("tr", "doktora ihtiyacım var", "health_care"),
    ("uk", "де можна вивчити мову", "language_course"),
    *((code, text, route) for code, (text, route) in phrases.NEEDS.items()),
    *((code, text, "greet") for code, text in phrases.GREETINGS.items()),
    *((code, text, "ask_where_when") for code, text in phrases.WHERE.items()),
]
ODD = [
    "",
    " ",
    "/",
    "//",
    "/nonsense",
    '/nonsense{"a":"b"}',
    "😀",
    "😀👍🏽🇧🇪",
    "?",
    "0",
    "\u200f",
    "a" * 4096,
    "لا " * 1365,
    "\N{COMBINING ACUTE ACCENT}" * 50,
    "hello je cherche een huis من فضلك",
    "what\nabout\n\nlines\t?",
    "<b>help</b> {name} %s \\d+",
]
GIBBERISH = [
    "blorf zzgh qwrt",
    "asdf ghjkl",
    "xkcd qqq zzz",
    "fjfjfj kdkdk",
    "qwertzuiop",
    "ضصثقفغع",
]


@pytest.fixture(scope="module")
def parse(model) -> Parse:
    import structlog
    from rasa.core.agent import Agent

    structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    logging.getLogger("rasa").setLevel(logging.ERROR)
    agent = Agent.load(str(model))
    return agent.parse_message


def assert_contract(parsed: dict[str, Any]) -> None:
    ranking = parsed["intent_ranking"]
    confidences = [entry["confidence"] for entry in ranking]
    assert parsed["intent"]["name"] in routes.table()
    assert ranking[0]["name"] == parsed["intent"]["name"]
    assert sorted(entry["name"] for entry in ranking) == sorted(routes.ids())
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert parsed["certainty"] in ("sure", "unsure", "lost", "danger")


def sentences() -> list[str]:
    found = []
    for language in languages.supported():
        file = ROOT / "tests" / "urgent" / f"{language}.yml"
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += content["must_not_fire"]
        found += itertools.chain.from_iterable(content["must_fire"].values())
    return found


@pytest.mark.parametrize(("language", "text", "route"), NEEDS)
async def test_a_plain_need_is_understood_with_its_language(parse, language, text, route):
    parsed = await parse(text)
    assert_contract(parsed)
    assert (parsed["intent"]["name"], parsed["certainty"]) == (route, SURE)
    assert parsed["language"]["code"] == language
    assert 0 < parsed["language"]["confidence"] <= 1


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:12]))
async def test_every_text_ends_on_a_route_however_odd_it_is(parse, text):
    parsed = await parse(text)
    assert_contract(parsed)
    # And nothing odd is taken for a cry for help
    assert not routes.get(parsed["intent"]["name"]).urgent or parsed["certainty"] != SURE


async def test_sentences_of_all_kinds_in_all_languages_keep_the_contract(parse):
    for text in sentences()[::8]:
        parsed = await parse(text)
        assert_contract(parsed)
        assert parsed["language"]["code"] in languages.supported()


@pytest.mark.parametrize("route", routes.ids())
async def test_a_button_is_understood_as_its_route_without_the_model(parse, route):
    parsed = await parse(f'/{route}{{"view":"more","choice":"2"}}')
    entities = {entity["entity"]: entity["value"] for entity in parsed["entities"]}
    assert parsed["intent"] == {"name": route, "confidence": 1.0}
    assert entities == {"view": "more", "choice": "2"}
    assert "certainty" not in parsed


@pytest.mark.parametrize("text", GIBBERISH)
async def test_gibberish_opens_no_door(parse, text):
    parsed = await parse(text)
    assert parsed["intent"]["name"] == "out_of_scope" or parsed["certainty"] != SURE


@pytest.mark.parametrize("language", languages.supported())
async def test_a_cry_for_help_among_plain_needs_is_never_lost(parse, language):
    # Given a plain need around a cry for help, which the classifier alone would outweigh
    need, cry = phrases.NEEDS[language][0], phrases.CRIES[language]
    parsed = await parse(f"{need}. {need}. {need}. {cry}. {need}. {need}")
    assert_contract(parsed)
    # Then it is answered with the card, or asked about with the number above
    order = [entry["name"] for entry in parsed["intent_ranking"]]
    assert next(id_ for id_ in order if routes.get(id_).urgent) == "crisis_self_harm"
    assert parsed["certainty"] == "danger" or order[0] == "crisis_self_harm"


@pytest.mark.parametrize("language", languages.supported())
async def test_a_cry_for_help_alone_gets_the_card(parse, language):
    parsed = await parse(phrases.CRIES[language])
    assert (parsed["intent"]["name"], parsed["certainty"]) == ("crisis_self_harm", SURE)


async def test_the_same_text_is_understood_the_same_every_time(parse):
    first, second = await parse(NEEDS[0][1]), await parse(NEEDS[0][1])
    first.pop("message_id", None)
    second.pop("message_id", None)
    assert first == second
