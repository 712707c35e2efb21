"""The urgent layer: danger is seen in every language, everyday talk is not taken for it."""

from __future__ import annotations

import json
import re
import sre_parse
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import routes, urgent
from bot.settings import ROOT
from bot.words import languages

SENTENCES = Path(__file__).parent / "urgent"
LANGUAGES = sorted(path.stem for path in SENTENCES.glob("*.yml"))
IN_EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
KINDS = ("patterns", "look_alikes")


@cache
def yaml_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def sentences(language: str) -> Any:
    return yaml_of(SENTENCES / f"{language}.yml")


def expressions(language: str) -> Iterator[tuple[str, str]]:
    for route, entry in yaml_of(urgent.PATTERNS / f"{language}.yml").items():
        for kind in KINDS:
            for expression in entry.get(kind, []):
                yield f"data/urgent/{language}.yml: {route}: {kind}: {expression}", expression


def test_every_language_has_patterns_and_sentences_to_prove_them():
    assert {path.stem for path in urgent.sources()} == set(LANGUAGES)
    assert set(languages.supported()) <= set(LANGUAGES)


@IN_EACH_LANGUAGE
def test_every_urgent_route_has_patterns_and_sentences(language):
    found = yaml_of(urgent.PATTERNS / f"{language}.yml")
    assert set(found) == set(sentences(language)["must_fire"]) == set(routes.ids("urgent"))
    for route, entry in found.items():
        assert set(entry) <= set(KINDS), f"{language}: {route}: {set(entry) - set(KINDS)}"
        assert entry["patterns"], f"{language}: {route} has no patterns"
        assert len(sentences(language)["must_fire"][route]) >= 20
    assert len(sentences(language)["must_not_fire"]) >= 50


@IN_EACH_LANGUAGE
@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_every_cry_for_help_is_seen_as_what_it_is_or_as_more_urgent(route, language):
    missed = []
    for sentence in sentences(language)["must_fire"][route]:
        match = urgent.find(str(sentence))
        if match is None or routes.get(match.route).urgency > routes.get(route).urgency:
            missed.append(f"{sentence!r}: {match.route if match else 'not seen'}")
    assert not missed, f"{language}: {route}:\n" + "\n".join(missed)


@IN_EACH_LANGUAGE
def test_everyday_talk_is_not_taken_for_danger(language):
    matches = {text: urgent.find(str(text)) for text in sentences(language)["must_not_fire"]}
    wrong = [f"{text!r}: {found.route}" for text, found in matches.items() if found]
    assert not wrong, f"{language}:\n" + "\n".join(wrong)


@IN_EACH_LANGUAGE
def test_a_cry_for_help_is_known_to_be_in_its_language(language):
    strange = []
    for route_sentences in sentences(language)["must_fire"].values():
        for sentence in route_sentences:
            match = urgent.find(str(sentence))
            if match and match.language_for(language) != language:
                strange.append(f"{sentence!r}: {match.languages}")
    share = len(strange) / sum(map(len, sentences(language)["must_fire"].values()))
    assert share < 0.05, "\n".join(strange)


@pytest.mark.parametrize(
    "text",
    [
        *("HELP HE HAS A KNIFE", "help!!! he has a knife", "hélp, he has a knife"),
        *("heeeeelp he has a knife", "help\nhe has\ta knife", "…help… he has a knife…"),
        "hello dear bot, I hope you are well. My landlord is here and help he has a knife",
    ],
)
def test_a_cry_is_seen_however_it_is_typed(text):
    assert urgent.find(text).route == "emergency_now"


def test_a_figure_of_speech_hides_no_danger_beside_it():
    harmless = "the bus times are killing me"
    assert urgent.find(harmless) is None
    assert urgent.find(f"{harmless}. I want to kill myself").route == "crisis_self_harm"
    assert urgent.find(f"I want to kill myself. {harmless}").route == "crisis_self_harm"


def test_of_two_dangers_the_more_urgent_is_answered():
    text = "I want to kill myself and there is a man with a knife in front of me"
    assert urgent.find(text).route == "emergency_now"


def test_a_word_of_many_languages_is_answered_in_the_persons_own():
    match = urgent.UrgentMatch("crisis_self_harm", ("en", "fr"))
    assert match.language_for("fr") == "fr"
    assert match.language_for("nl") == "en"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("J’ai PEUR, là !", "jai peur la"),
        ("l´arme", "larme"),
        ("  Zażółć\tgęślą \n", "zazolc gesla"),
        ("أُرِيدُ الـمَوْت", "اريد الموت"),
        ("إنقاذ ى ة", "انقاذ ي ه"),
        ("ＨＥＬＰ①", "help1"),
        ("e-mail_me", "e mail me"),
        ("zero\u200bwidth", "zerowidth"),
        ("İstanbul ISPARTA ılık", "istanbul isparta ilik"),
    ],
)
def test_spelling_is_made_plain_before_patterns_are_searched(text, plain):
    assert urgent.normalise(text) == plain
    assert urgent.normalise(plain) == plain


def literals(node: Any) -> Iterator[str]:
    parts = getattr(node, "data", node)
    if not isinstance(parts, list | tuple):
        return
    if parts and parts[0] in (sre_parse.LITERAL, sre_parse.NOT_LITERAL):
        yield chr(parts[1])
    elif parts and parts[0] is sre_parse.RANGE:
        yield from map(chr, parts[1])
    else:
        for part in parts:
            yield from literals(part)


def test_letters_are_found_wherever_they_stand_in_a_pattern():
    assert set(literals(sre_parse.parse(r"a(?:b|c d)?[efx-z](?=g)\w+(?:h{2})*[^i]"))) == set(
        "abc defghixz"
    )


@IN_EACH_LANGUAGE
def test_every_pattern_compiles_and_is_written_in_plain_spelling(language):
    for place, expression in expressions(language):
        try:
            re.compile(expression)
        except re.error as error:
            pytest.fail(f"{place}: {error}")
        found = set(literals(sre_parse.parse(expression))) - {" "}
        never = sorted(letter for letter in found if urgent.normalise(letter) != letter)
        assert not never, f"{place}: {never} never stand in a plain text"
        assert not re.match(expression, ""), f"{place}: fires on nothing"


# Each pattern on texts as long as a message may be; the last line printed names the slow one.
RACE = r"""
import json, re, sys, time
for place, expression in json.loads(sys.stdin.readline()):
    print(place, flush=True)
    pattern = re.compile(rf"\b(?:{expression})\b")
    own = " ".join(re.sub(r"\\[wbds]|[^\w ]+", " ", expression).split()) + " "
    units = ("a", "a ", "the man is ", "il y a ", "ik ben ", "انا في ", own)
    texts = [unit * 4096 for unit in units] + [own + "a" * 4096, own + "ab " * 4096]
    for text in texts:
        begin = time.process_time()
        pattern.sub(" ", text[:4096])
        spent = time.process_time() - begin
        if spent > 0.5:
            sys.exit(f"{spent:.1f} s")
"""


@IN_EACH_LANGUAGE
def test_no_pattern_is_slow_on_any_long_message(language):
    try:
        done = subprocess.run(
            [sys.executable, "-c", RACE],
            input=json.dumps(list(expressions(language))) + "\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired as expired:
        pytest.fail(f"hangs: {(expired.stdout or b'').decode().splitlines()[-1]}")
    assert done.returncode == 0, f"{done.stdout.splitlines()[-1:]}: {done.stderr}"


@pytest.mark.parametrize("unit", ["a", "a ", "help ", "\ufdfa", "ﷺ ", "😀", "1", "\u0651", "ىة"])
def test_a_long_message_is_searched_in_a_moment(unit):
    urgent.load()
    begin = time.process_time()
    urgent.find(unit * 4096)
    assert time.process_time() - begin < 2
