"""What the benchmark works out, says and keeps. What it measures is measured by `make bench`."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from bench_data import figures, part

from bench import bars, machine, picture, results, said, speed_page, tables, training
from bench import figures as arithmetic
from bench.turns import DEFAULT, REST
from bot import urgent
from bot.settings import ROOT
from bot.words import languages
from evaluation import messages


def test_a_percentile_is_a_time_that_was_measured():
    times = [float(number) for number in range(100, 0, -1)]
    assert [arithmetic.percentile(times, percent) for percent in (0, 50, 95, 99, 100)] == [
        *(1.0, 50.0, 95.0, 99.0, 100.0)
    ]
    assert arithmetic.percentile([7.0], 99) == 7.0
    with pytest.raises(ValueError, match="nothing was measured"):
        arithmetic.percentile([], 50)


def test_one_disturbed_round_does_not_move_the_median_but_stays_in_the_tail():
    none = {"short": [], "lost": 0}
    calm = {"times": [4.0] * 20, "seconds": 1.0, **none}
    disturbed = {"times": [90.0] * 20, "seconds": 9.0, **none}
    row = arithmetic.summary([calm, disturbed, calm])
    assert (row["p50_ms"], row["per_second"]) == (4.0, 20.0)
    assert row["p95_ms"] == row["p99_ms"] == 90.0


def test_short_and_lost_answers_are_counted_over_all_rounds_and_are_no_turns():
    one = {"times": [8.0], "seconds": 1.0, "short": [1.0, 2.0], "lost": 1}
    row = arithmetic.summary([one, one])
    assert (row["short_answers"], row["lost"], row["turns"]) == (4, 2, 2)
    assert (row["p50_ms"], row["short_p95_ms"], row["per_second"]) == (8.0, 2.0, 1.0)


def test_where_all_answers_are_short_no_bar_is_reached():
    only_short = {"times": [], "seconds": 1.0, "short": [1.0], "lost": 0}
    found = figures()
    found["parts"]["turns"]["figures"]["ways"]["paced"]["8"] = arithmetic.summary([only_short])
    missed = [bar.name for bar, _, reached in bars.judged(found) if not reached]
    assert missed == ["from Telegram's update to the reply, p95, 8 chats"]
    assert "inf" in tables.page(found)


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 2.0])
def test_growth_is_the_exponent(exponent):
    points = [(size, 3 * size**exponent) for size in (10, 20, 40, 160)]
    assert arithmetic.slope(points) == pytest.approx(exponent)


def test_growth_of_one_size_is_not_guessed():
    with pytest.raises(ValueError, match="two sizes"):
        arithmetic.slope([(10, 1.0), (10, 2.0)])


def test_a_machine_that_becomes_slower_is_no_drift_of_a_conversation():
    fresh = [1.0] * 50 + [3.0] * 50
    assert arithmetic.drift([2.0] * 50 + [6.0] * 50, fresh, 50) == pytest.approx(1.0)
    assert arithmetic.drift([2.0] * 50 + [12.0] * 50, fresh, 50) == pytest.approx(2.0)


def test_every_bar_is_judged_and_these_figures_reach_all():
    judged = list(bars.judged(figures()))
    assert [bar for bar, _, _ in judged] == list(bars.BARS)
    assert all(reached for _, _, reached in judged)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("turns", "ways", REST, "1", "p50_ms"), 5.1),
        (("turns", "ways", DEFAULT, "8", "per_second"), 25.1),
        (("turns", "ways", "paced", "8", "p95_ms"), 15.1),
        (("start", "ours_s"), 8.1),
        (("memory", "moments", "at start", "all", "rss"), 450.1),
        (("memory", "moments", "after 100000 turns", "all", "rss"), 326.0),
        (("lengths", "drift"), 1.11),
        (("lengths", "by_characters", "4096", "p50_ms"), 400.0),
        (("training", "slopes", "seconds_by_messages"), 1.2),
        (("training", "slopes", "model_mb_by_messages"), 1.2),
    ],
)
def test_a_figure_beyond_its_bar_is_told_in_the_table(place, value):
    found = figures()
    first, *others, last = place
    row = found["parts"][first]["figures"]
    for key in others:
        row = row[key]
    row[last] = value
    missed = [bar.name for bar, _, reached in bars.judged(found) if not reached]
    assert len(missed) == 1
    assert re.search(rf"{re.escape(missed[0])}.*\*\*no\*\*", tables.page(found))


def test_a_part_that_was_not_measured_is_not_judged():
    found = figures()
    del found["parts"]["training"]
    assert len(list(bars.judged(found))) == len(bars.BARS) - 2


def test_the_table_sets_every_way_beside_the_default_one():
    page = tables.page(figures())
    assert (
        "| (b) Right Door, through Rasa's REST channel | 1 | 4 | 6 | 8 | 250 | 0.100 | 10.0 |"
        in page
    )
    assert "29.9 messages a second" in page
    assert "| answer, 30 services | p50_ms 0.4, p95_ms 0.6 |" in page


def test_short_answers_are_told_below_the_table():
    found = figures()
    row = found["parts"]["turns"]["figures"]["ways"]["telegram"]["128"]
    row |= {"short_answers": 7, "short_p95_ms": 5.0}
    assert "7 of 107 got a short answer within 5 ms (p95), 0 got none" in tables.page(found)


def test_parts_are_kept_beside_each_other_each_with_its_own_day_and_machine(tmp_path):
    file = tmp_path / "reports" / "results.json"
    file.parent.mkdir()
    file.write_text('{"ready_seconds": 7}', encoding="utf-8")
    results.merge("start", {"ours_s": 1.0}, results.origin("full"), file)
    found = results.merge("turns", {"ways": {}}, results.origin("small"), file)
    assert json.loads(file.read_text(encoding="utf-8")) == found
    assert found["parts"]["start"]["figures"] == {"ours_s": 1.0}
    assert found["parts"]["turns"]["size"] == "small"
    assert found["parts"]["turns"]["machine"]["Python"].startswith("3.10")


def test_the_machine_is_described_and_not_named():
    told = json.dumps(machine.described())
    host = __import__("socket").gethostname()
    assert host not in told
    assert not re.search(r"/(home|root|tmp|work|Users)\b", told)


def test_figures_of_a_small_run_never_reach_the_docs():
    found = figures()
    found["parts"]["turns"] = part(found["parts"]["turns"]["figures"], size="small")
    assert "turns" not in speed_page.whole(found)["parts"]
    assert "not to be quoted" in tables.page(found)


def test_the_page_is_filled_between_its_marks_and_again_the_same():
    page = f"before\n{speed_page.BEGIN}\nold\n{speed_page.END}\nafter\n"
    once = speed_page.filled(page, figures())
    assert once.startswith("before\n")
    assert once.endswith("after\n")
    assert "old" not in once
    assert speed_page.filled(once, figures()) == once


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="a mark is missing"):
        speed_page.filled("no marks", figures())


def test_the_figures_of_the_page_are_those_that_were_measured():
    page = speed_page.PAGE.read_text(encoding="utf-8")
    if speed_page.FIGURES.exists():
        assert speed_page.filled(page, results.read(speed_page.FIGURES)) == page
    else:
        assert "No whole run has been made yet." in page


def test_the_picture_needs_all_its_parts(tmp_path):
    found = figures()
    assert picture.draw(found, tmp_path / "speed.png")
    assert (tmp_path / "speed.png").read_bytes().startswith(b"\x89PNG")
    del found["parts"]["memory"]
    assert not picture.draw(found, tmp_path / "none.png")
    assert not (tmp_path / "none.png").exists()


def test_people_write_in_every_language_in_a_stated_mix():
    assert sorted(said.LANGUAGES) == sorted(languages.supported())
    assert {len(own) for own in said.MESSAGES.values()} == {4}
    sent = Counter(said.says(person, turn, ()) for person in range(48) for turn in range(6))
    assert sent.keys() == {text for own in said.MESSAGES.values() for text in own}


def test_what_people_write_is_in_no_set_of_messages():
    folders = (messages.TRAINING, messages.TEST, messages.DEVELOPMENT, ROOT / "tests" / "urgent")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    known = "\n".join(path.read_text(encoding="utf-8") for path in files).casefold()
    assert len(known) > 1_000_000
    own = {text.casefold() for texts in said.MESSAGES.values() for text in texts}
    assert not {text for text in own if text in known}


def test_buttons_are_pressed_in_two_of_six_turns_and_none_that_forgets():
    buttons = ["/show_menu", '/ask_privacy{"view":"forget","choice":""}', "/greet"]
    sent = [said.says(3, turn, buttons) for turn in range(6)]
    assert [text.startswith("/") for text in sent] == [step == said.PRESSED for step in said.STEPS]
    assert not any("forget" in said.says(person, 1, buttons) for person in range(20))


def test_fewer_messages_are_trained_on_and_every_route_keeps_one(tmp_path):
    written = "version: '3.1'\nnlu:\n" + "".join(
        f"- intent: {route}\n  metadata:\n    language: en\n  examples: |\n"
        + "".join(f"    - {route} {number}\n" for number in range(10))
        for route in ("greet", "thank")
    )
    for code in ("en", "uk"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "all.yml").write_text(written, encoding="utf-8")
    assert training._thin_out(tmp_path, training._one_in(4, languages=1)) == 6
    left = (tmp_path / "en" / "all.yml").read_text(encoding="utf-8")
    assert re.findall(r"    - (.*)", left) == [
        f"{route} {number}" for route in ("greet", "thank") for number in (0, 4, 8)
    ]
    assert not (tmp_path / "uk" / "all.yml").exists()


def test_cries_for_help_are_among_what_people_write():
    urgent.load()
    heavy = [own[3] for own in said.MESSAGES.values()]
    assert sum(urgent.find(text) is not None for text in heavy) >= 3
