"""The 51 route ids are the same everywhere: domain, rules, actions, training data, words, packs."""

from __future__ import annotations

import csv
import inspect
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import kinds as action_classes
from actions.turn import MEMORY_SLOTS, AnswerAction
from bot import routes
from bot.answers import kinds
from bot.directory.facts import FACTS
from bot.settings import CITIES, ROOT
from bot.words import doors, languages, texts

FEWEST_EXAMPLES = 20
NLU = ROOT / "data" / "nlu"
FILES = [
    pytest.param(language, group, id=f"{language}-{group}")
    for language, group in itertools.product(languages.supported(), routes.GROUPS)
]


def differences(place: str, found: Iterable[str], wanted: Iterable[str]) -> list[str]:
    have, want = Counter(iter(found)), set(wanted)
    missing = [f"{place}: {id_} is missing" for id_ in sorted(want - set(have))]
    extra = [f"{place}: {id_} is not wanted there" for id_ in sorted(set(have) - want)]
    twice = [f"{place}: {id_} stands there {n} times" for id_, n in have.items() if n > 1]
    return missing + extra + twice


def assert_same(place: str, found: Iterable[str], wanted: Iterable[str]) -> None:
    faults = differences(place, found, wanted)
    assert not faults, "\n".join(faults)


@cache
def yaml_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def rules() -> Iterator[tuple[str, str]]:
    for rule in yaml_of(ROOT / "data" / "rules.yml")["rules"]:
        first, action = rule["steps"]
        for step in first.get("or", [first]):
            yield step["intent"], action["action"]


def entries(language: str, group: str) -> list[dict[str, Any]]:
    return yaml_of(NLU / language / f"{group}.yml")["nlu"]


def examples(entry: dict[str, Any]) -> list[str]:
    return [line.removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]


def test_the_table_has_51_routes_each_in_one_group():
    groups = yaml_of(routes.TABLE)
    assert_same("bot/routes.yml groups", groups, routes.GROUPS)
    every = [id_ for group in groups.values() for id_ in group]
    assert_same("bot/routes.yml", every, routes.ids())
    assert len(every) == 51


def test_the_domain_understands_every_route_and_nothing_else():
    intents = [next(iter(entry)) for entry in yaml_of(ROOT / "domain.yml")["intents"]]
    assert_same("domain.yml intents", intents, routes.ids())


def test_the_domain_takes_entities_of_typed_text_into_no_route():
    for entry in yaml_of(ROOT / "domain.yml")["intents"]:
        assert list(entry.values()) == [{"use_entities": []}], f"domain.yml: {entry}"


def test_every_route_has_exactly_one_rule():
    assert_same("data/rules.yml", [intent for intent, _ in rules()], routes.ids())


def test_every_rule_calls_the_kind_of_answer_of_its_route():
    faults = [
        f"data/rules.yml: {intent} calls {action}, its kind is {kinds.kind_of(intent)}"
        for intent, action in rules()
        if action != kinds.kind_of(intent)
    ]
    assert not faults, "\n".join(faults)


def test_domain_action_server_and_answers_know_the_same_actions():
    classes = [
        found
        for _, found in inspect.getmembers(action_classes, inspect.isclass)
        if issubclass(found, AnswerAction) and found is not AnswerAction
    ]
    named = [action().name() for action in classes]
    assert_same("domain.yml actions", yaml_of(ROOT / "domain.yml")["actions"], kinds.KINDS)
    assert_same("actions/kinds.py", named, kinds.KINDS)
    assert_same("bot/answers/kinds.py, kind_of", set(map(kinds.kind_of, routes.ids())), kinds.KINDS)


def test_the_domain_remembers_what_a_conversation_remembers_and_no_more():
    slots = yaml_of(ROOT / "domain.yml")["slots"]
    assert_same("domain.yml slots", slots, MEMORY_SLOTS)


def test_every_language_has_a_file_of_training_data_for_every_group():
    found = [path.relative_to(NLU).as_posix() for path in NLU.glob("*/*")]
    wanted = [f"{code}/{group}.yml" for code in languages.supported() for group in routes.GROUPS]
    # A language in progress may have data before it is offered.
    in_progress = {code for code in languages.table() if code not in languages.supported()}
    assert_same("data/nlu", [f for f in found if f.split("/")[0] not in in_progress], wanted)


@pytest.mark.parametrize(("language", "group"), FILES)
def test_a_file_of_training_data_has_exactly_the_routes_of_its_group(language, group):
    found = [entry.get("intent", str(entry)) for entry in entries(language, group)]
    assert_same(f"data/nlu/{language}/{group}.yml", found, routes.ids(group))


@pytest.mark.parametrize(("language", "group"), FILES)
def test_every_route_says_in_which_language_its_examples_are(language, group):
    for entry in entries(language, group):
        place = f"data/nlu/{language}/{group}.yml: {entry['intent']}"
        assert entry.get("metadata") == {"language": language}, f"{place}: wrong metadata"


@pytest.mark.parametrize(("language", "group"), FILES)
def test_every_route_has_enough_examples_in_every_language(language, group):
    few = [
        f"data/nlu/{language}/{group}.yml: {entry['intent']} has {len(examples(entry))} examples"
        for entry in entries(language, group)
        if len(examples(entry)) < FEWEST_EXAMPLES
    ]
    assert not few, "\n".join(few)


@pytest.mark.parametrize("language", languages.supported())
def test_no_example_stands_twice_in_a_language(language):
    places: dict[str, list[str]] = {}
    for group in routes.GROUPS:
        for entry in entries(language, group):
            for example in examples(entry):
                same = " ".join(example.casefold().split())
                places.setdefault(same, []).append(entry["intent"])
    twice = [f"{language}: {text!r} in {where}" for text, where in places.items() if where[1:]]
    assert not twice, "\n".join(twice)


@pytest.mark.parametrize(("language", "group"), FILES)
def test_no_example_looks_like_a_button_or_like_markup(language, group):
    faults = [
        f"data/nlu/{language}/{group}.yml: {entry['intent']}: {example!r}"
        for entry in entries(language, group)
        for example in examples(entry)
        if example.startswith("/") or set(example) & set("[]{}") or not example.strip()
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("language", "group"), FILES)
def test_every_line_of_examples_is_one_example(language, group):
    for entry in entries(language, group):
        for line in entry["examples"].splitlines():
            assert line.startswith("- "), f"data/nlu/{language}/{group}.yml: {line!r}"


def test_every_door_has_a_name_and_a_lead_and_every_danger_has_a_card():
    urgent = routes.ids("urgent")
    calm = [id_ for id_ in routes.service_ids() if id_ not in urgent]
    assert_same("bot/words/doors.py NAMES", doors.NAMES, routes.service_ids())
    assert_same("bot/words/doors.py LEADS", doors.LEADS, calm)
    assert_same("bot/words/texts.py URGENT", texts.URGENT, urgent)
    assert_same("bot/words/texts.py URGENT_MORE", texts.URGENT_MORE, urgent)


def test_every_group_that_leads_to_services_has_a_name():
    groups = {routes.get(id_).group for id_ in routes.service_ids()}
    assert_same("bot/words/doors.py GROUP_NAMES", doors.GROUP_NAMES, groups)


@pytest.mark.parametrize(
    "path", sorted(CITIES.glob("*/taxonomy_terms.csv")), ids=lambda p: p.parts[-2]
)
def test_the_taxonomy_of_every_city_is_the_table_of_routes(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        terms = list(csv.DictReader(file))
    codes = {"right-door-routes": [], "right-door-facts": []}
    for term in terms:
        codes.setdefault(term["taxonomy"], []).append(term["code"])
    place = path.relative_to(ROOT).as_posix()
    assert_same(f"{place} right-door-routes", codes.pop("right-door-routes"), routes.service_ids())
    assert_same(f"{place} right-door-facts", codes.pop("right-door-facts"), FACTS)
    assert not codes, f"{place}: unknown taxonomies {sorted(codes)}"
