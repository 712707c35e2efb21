"""What `make evaluate` says is true: figures, thresholds and swaps on cases that can be counted."""

from __future__ import annotations

import csv
import json

import pytest

from bot import model_file, routes
from evaluation import figures, guesses, messages, report, swaps, thresholds
from evaluation.figures import Share
from evaluation.guesses import Guess
from evaluation.messages import Example


def example(route: str, language: str = "en", text: str = "some words", *others: str) -> Example:
    return Example(text, language, (route, *others))


def guess(
    route: str,
    language: str = "en",
    certainty: str = "sure",
    danger: float = 0.0,
    matched: str | None = None,
) -> Guess:
    ranking = (route, *(id_ for id_ in routes.ids() if id_ != route))
    confidences = dict.fromkeys(ranking, 0.0)
    confidences["crisis_self_harm"] = danger
    confidences[next(id_ for id_ in ranking if not routes.get(id_).urgent)] = 1 - danger
    return Guess(ranking, certainty, language, confidences, matched)


PAIRS = [
    (example("crisis_self_harm"), guess("crisis_self_harm")),
    (example("crisis_self_harm"), guess("emergency_now")),
    (example("abuse_at_home"), guess("parenting_support", certainty="danger")),
    (example("abuse_at_home"), guess("parenting_support")),
    (example("mental_health"), guess("crisis_self_harm")),
    (example("mental_health", "en", "x", "trauma_support"), guess("trauma_support")),
    (example("staff_training"), guess("staff_training", certainty="danger")),
    (example("out_of_scope"), guess("out_of_scope", "fr")),
    (example("job_help"), guess("out_of_scope", certainty="unsure")),
    (example("trauma_support", "en", "x", "crisis_self_harm"), guess("crisis_self_harm")),
]


def test_figures_count_what_they_say():
    found = figures.figures(PAIRS)
    assert found.top1 == Share(5, 10)
    assert found.urgent_found == Share(2, 4)
    assert found.urgent_or_asked == Share(3, 4)
    # The last one may be answered as danger, so that it is no false alarm
    assert found.false_alarms == Share(1, 5)
    assert found.asked_in_vain == Share(1, 5)
    assert found.over_escalated == Share(1, 3)
    assert found.out_of_scope_found == Share(1, 1)
    assert found.falsely_rejected == Share(1, 9)
    assert found.sure == Share(7, 10)
    assert found.language_1_2 == Share(9, 10)
    assert found.language_longer == Share(0, 0)


def test_top3_looks_at_three():
    ranking = ("job_help", "legal_help", "housing_help", "money_food_help")
    third = Guess(ranking, "sure", "en", {})
    assert figures.figures([(example("housing_help"), third)]).top3 == Share(1, 1)
    assert figures.figures([(example("money_food_help"), third)]).top3 == Share(0, 1)


# Wilson's interval, as in Brown, Cai and DasGupta (2001) and common tables.
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_intervals_are_wilsons(hits, of, low, high):
    assert Share(hits, of).interval == pytest.approx((low, high), abs=1e-3)


def test_nothing_asked_is_wholly_uncertain():
    assert Share(0, 0).interval == (0.0, 1.0)


def test_routes_come_worst_first():
    found = figures.by_route(PAIRS)
    assert [one.f1 for one in found] == sorted(one.f1 for one in found)
    crisis = next(one for one in found if one.route == "crisis_self_harm")
    assert (crisis.precision, crisis.recall) == (Share(2, 3), Share(1, 2))


def test_confusions_name_right_and_found():
    counted = figures.confusions(PAIRS)
    assert counted["abuse_at_home", "parenting_support"] == 2
    assert counted["mental_health", "mental_health"] == 1
    assert sum(counted.values()) == len(PAIRS)


def test_the_urgent_threshold_lets_no_more_false_alarms_through_than_its_rule():
    calm = [(example("job_help"), guess("job_help", danger=n / 1000)) for n in range(1000)]
    found = thresholds.chosen(calm)
    over = sum(thresholds.danger(g) >= found["urgent_at"] for _, g in calm)
    asked = sum(found["danger_at"] <= thresholds.danger(g) < found["urgent_at"] for _, g in calm)
    assert over <= thresholds.FALSE_ALARMS * 1000 or found["urgent_at"] == thresholds.STEPS[-1]
    assert asked <= thresholds.ASKED_IN_VAIN * 1000
    assert found["danger_at"] <= found["urgent_at"]


def test_patterns_that_fire_falsely_are_counted_too():
    calm = [(example("job_help"), guess("job_help", danger=0.85 * n / 1000)) for n in range(1000)]
    fired = [
        (example("job_help"), guess("emergency_now", danger=0.5, matched="emergency_now"))
    ] * 15
    assert thresholds.chosen(calm + fired)["urgent_at"] > thresholds.chosen(calm)["urgent_at"]


def test_a_sentence_that_leads_elsewhere_is_found():
    same = [Example(f"a {word} b", "en", ("job_help",), "a {x} b") for word in "123"]
    pairs = list(zip(same, [guess("job_help"), guess("job_help"), guess("legal_help")]))
    (change,) = swaps.changes(pairs)
    assert (change.text, change.usual, change.became) == (
        "a 3 b", "job_help, calm", "legal_help, calm",
    )  # fmt: skip
    # And so is one whose route stays, but whose urgency does not
    pairs[2] = (same[2], guess("job_help", certainty="danger"))
    assert swaps.changes(pairs)[0].became == "job_help, asked"


def test_the_report_is_written_and_can_be_read(tmp_path):
    measured = report.Measured("a test", PAIRS, [], [])
    summary = report.write(measured, tmp_path)
    assert summary == (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "| en | 10 | 50.0% |" in summary
    missed = figures.figures(measured.pairs).urgent_or_asked
    assert f"without a question: {1000 * (missed.of - missed.hits) // missed.of} per" in summary
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert results["languages"]["en"]["urgent_found"] == {"hits": 2, "of": 4, "share": 0.5}
    with (tmp_path / "routes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["language"] for row in rows} == {"en", "all"}
    assert len(rows) == 2 * len(routes.ids())
    for picture in ("languages.png", "confusion.png"):
        assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG")


def test_languages_stand_worst_first():
    pairs = [
        (example("job_help", "fr"), guess("job_help", "fr")),
        (example("job_help", "nl"), guess("legal_help", "nl")),
    ]
    assert list(report.Measured("", pairs, [], []).languages) == ["nl", "fr"]


def test_messages_are_read_from_yaml_and_from_lines_of_json(tmp_path):
    (tmp_path / "fr.yml").write_text("- {text: oui, route: affirm, kind: short}", encoding="utf-8")
    line = {"text": "hi", "route": "greet", "accept": ["thank", "greet"]}
    (tmp_path / "en.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert messages.of_folder(tmp_path) == [
        Example("hi", "en", ("greet", "thank")),
        Example("oui", "fr", ("affirm",), "short"),
    ]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_model_is_asked_as_people_ask_it(model):
    asked = [
        Example("/ I am looking for a lawyer", "en", ("legal_help",)),
        Example("I want to kill myself", "en", ("crisis_self_harm",)),
    ]
    (_, calm), (_, cry) = guesses.of_model(model_file.MODEL, asked)
    assert (calm.route, calm.language, calm.alarmed, calm.matched) == (
        "legal_help", "en", False, None,
    )  # fmt: skip
    assert cry.alarmed
    assert cry.matched == "crisis_self_harm"
    for one in (calm, cry):
        assert sum(one.confidences.values()) == pytest.approx(1)
        assert set(one.confidences) == set(routes.ids())
