"""What an enemy would try on the releases. Each attack fails an assertion when it succeeds.

They reach the code through bot.signals.release and the command, as the dashboard's readers do, so
that a fault anywhere on the way is found; tests/test_signals_mutations.py shows that it is.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix
from signals_data import CITY, HOUSING, KNOWN, SATURDAY_AFTER, WEEK, by_key, cells, desk, row
from sqlalchemy import delete, select, update

from bot.database.raw import DEMAND
from bot.database.released import CELL
from bot.signals import noise, reading, release, tables
from bot.signals.budget import Plan

# What the gateway promises, written down a second time on purpose: four rows a conversation-day.
SHARE_OF_ONE = 4
EPSILON = 1
TOPICS = KNOWN["route"]


def everywhere(count: int) -> list[tuple[dict[str, str], int]]:
    """Return rows that put at least `count` into every cell: nothing of them is hidden."""
    rows = [row(count, route=route, outcome=value) for route in TOPICS for value in tables.OUTCOMES]
    for name in ("language", "district"):
        rows += [row(count, route=one, **{name: v}) for one in TOPICS for v in KNOWN[name]]
    return [*rows, *(row(count, audience=value) for value in tables.AUDIENCES)]


def the_budget_is_kept(_: Path) -> None:
    """Sum up what OpenDP proves for the share of one, for the scales that are stated."""
    stated = release.settings_of(Plan())["tables"]
    proven = [
        Fraction(noise.measurement(stated[name]["scale"]).map(SHARE_OF_ONE))
        for name in tables.TABLES
    ]
    assert sum(proven) <= EPSILON


def the_noise_is_as_large_as_stated(_: Path) -> None:
    """Measure the noise of released numbers in units of the stated scale: its mean size is 1."""
    counts, stated = tables.counted(everywhere(2000), KNOWN), release.settings_of(Plan())["tables"]
    sizes: dict[str, list[float]] = {name: [] for name in tables.TABLES}
    for _again in range(30):
        for cell in release.protected(counts, Plan()):
            if cell.value is None:
                continue
            moved = abs(cell.value - counts[cell.table][cell.first, cell.second])
            sizes[cell.table].append(moved / stated[cell.table]["scale"])
    for name, found in sizes.items():
        assert len(found) >= 25, name
        # Six times the deviation of a mean of draws whose deviation is 1.
        assert abs(np.mean(found) - 1) < 6 / math.sqrt(len(found)), (name, np.mean(found))


def one_conversation_moves_no_odds_by_more_than_its_budget(_: Path) -> None:
    """Compare how often what is released of two neighbouring weeks lies above each number.

    They differ by one conversation that asked for one topic in four rows of one language. The
    odds of every event may differ by exp(epsilon of the table) at most.
    """
    mine = [row(1, route=route) for route in TOPICS[:SHARE_OF_ONE]]
    base = [row(100, route=route, language=code) for route in TOPICS for code in KNOWN["language"]]
    for name, key in (("language", ("fr", "")), ("topic", (TOPICS[0], ""))):
        counts = [tables.counted(rows, KNOWN)[name] for rows in (base, base + mine)]
        moved = counts[1][key] - counts[0][key]
        # The released value of this cell alone, so many times that what is drawn moves the loss
        # found by hundredths; noise of half the scale moves it by 0.14.
        spread = release.settings_of(Plan())["tables"][name]
        draws = [_released(name, table[key], 100_000) for table in counts]
        loss = _largest_loss(*draws)
        allowed = spread["epsilon"] * moved / SHARE_OF_ONE
        assert loss <= allowed + 0.07, (name, loss, allowed)


def _released(name: str, count: int, times: int) -> np.ndarray:
    table = {(str(number), ""): count for number in range(times)}
    found = release.protected({name: table}, Plan())
    return np.array([-1 if cell.value is None else cell.value for cell in found])


def _largest_loss(first: np.ndarray, second: np.ndarray) -> float:
    """Return the largest logarithm of the ratio of two frequencies, of events of 5% and more."""
    losses, least = [], 1 / len(first)
    for limit in np.unique((first, second)):
        for one, other in ((first >= limit, second >= limit), (first < limit, second < limit)):
            low, high = sorted((one.mean(), other.mean()))
            if high > 0.05:
                losses.append(math.log(high / max(low, least)))
    return max(losses)


def whoever_knows_all_but_one_message_learns_little_of_it(_: Path) -> None:
    """Guess from a release whether the one message was sent: right hardly more than half the time.

    The enemy knows the true counts of everybody else, and adds up the evidence of all numbers.
    A message is one row, a quarter of the share: its loss is epsilon / 4 at most. Others are so
    many that rounding alone would betray it.
    """
    others = [row(1002), row(500, route="legal_help")]
    known = {had: tables.counted([*others, row(int(had))], KNOWN) for had in (False, True)}
    moved = [
        (name, key)
        for name in tables.TABLES
        for key in known[True][name]
        if known[True][name][key] != known[False][name][key]
    ]
    assert len(moved) == len(tables.TABLES)
    times = 1500
    truth = np.random.default_rng(7).integers(0, 2, times).astype(bool)
    small = {name: dict.fromkeys(key for n, key in moved if n == name) for name in tables.TABLES}
    draws = []
    for had in truth:
        counts = {name: {key: known[had][name][key] for key in small[name]} for name in small}
        draws.append(by_key(release.protected(counts, Plan())))
    best = math.exp(EPSILON / SHARE_OF_ONE) / (1 + math.exp(EPSILON / SHARE_OF_ONE))
    # One who reckons with the noise as it is stated, and one who learns from the numbers alone.
    stated = [sum(_evidence(d[(n, *k)], known, n, k) for n, k in moved) for d in draws]
    seen = [[d[(n, *k)].value for n, k in moved] for d in draws]
    for evidence in (np.array(stated), _learned(seen, truth)):
        asked = len(evidence)
        right = np.mean((evidence > 0) == truth[-asked:])
        assert right <= best + 4 * math.sqrt(0.25 / asked), right


def _learned(seen: list[list[int | None]], truth: np.ndarray) -> np.ndarray:
    """Return the evidence in the second half of the draws, learnt from the first half."""
    half = len(seen) // 2
    evidence = np.zeros(len(seen) - half)
    for values in zip(*seen):
        often = [
            Counter(v for v, t in zip(values[:half], truth) if t == had) for had in (True, False)
        ]
        told = [math.log((often[0][v] + 1) / (often[1][v] + 1)) for v in values[half:]]
        evidence += np.array(told)
    return evidence


def _evidence(cell, known, name: str, key) -> float:
    scale = Plan().scale(name)
    chances = [_chance(cell, known[had][name][key], scale, name) for had in (True, False)]
    return math.log(max(chances[0], 1e-300) / max(chances[1], 1e-300))


def _chance(cell, count: int, scale: float, name: str) -> float:
    """Return how likely a released number is for this true count, hidden ones among them."""
    alpha = math.exp(-1 / scale)
    if cell.value is None:
        below = Plan().hide_below(name) - 1 - count
        return alpha**-below / (1 + alpha) if below < 0 else 1 - alpha ** (below + 1) / (1 + alpha)
    numbers = range(cell.value - 2, cell.value + 3)
    return sum((1 - alpha) / (1 + alpha) * alpha ** abs(n - count) for n in numbers)


def no_cell_betrays_by_being_there_who_asked(_: Path) -> None:
    """An empty week has the same cells as a full one, and zeros have noise as well."""
    wanted = {(name, *key) for name in tables.TABLES for key in tables.cells_of(name, KNOWN)}
    # Every topic is asked for, all in one language, district and outcome: other cells are 0.
    alike = [row(3000, route=route) for route in TOPICS]
    nothing, one_sided = [cells([]) for _ in range(10)], [cells(alike) for _ in range(10)]
    for found in (*nothing, *one_sided, cells(everywhere(50))):
        assert {(cell.table, cell.first, cell.second) for cell in found} == wanted
        assert len(found) == len(wanted)
    counts = tables.counted(alike, KNOWN)
    empty = [c for found in one_sided for c in found if not counts[c.table][c.first, c.second]]
    empty += [cell for found in nothing for cell in found if len(tables.TABLES[cell.table]) < 2]
    noisy = {cell.table for cell in empty if cell.value is not None}
    assert noisy >= set(tables.TABLES) - {"total", "audience", "outcome"}, "zeros without noise"


def small_numbers_are_never_seen(_: Path) -> None:
    """Nothing below 10, nothing between fives, no bound without a value, nothing negative."""
    for count in (0, 1, 4, 9, 11):
        for cell in cells([row(count)]) + cells(everywhere(count)):
            assert cell.value is None or (cell.value >= 10 and cell.value % 5 == 0), cell
            assert (cell.value is None) == (cell.low is None) == (cell.high is None), cell
            assert cell.low is None or 0 <= cell.low <= cell.value <= cell.high, cell


def totals_are_no_sums_of_their_rows(_: Path) -> None:
    """Take the shown rows from the total: what is left says nothing sure about a hidden row.

    In a release whose totals were true, the difference of two weeks' totals would be the number
    of people who came in between; here it moves by the noise of the total and more.
    """
    rows = [row(2000), row(7, route="abuse_at_home")]
    counts = tables.counted(rows, KNOWN)
    totals = [("total", "", ""), ("topic", "housing_help", ""), ("language", "fr", "")]
    for total in totals:
        truth = counts[total[0]][total[1:]]
        found = {by_key(release.protected(counts, Plan()))[total].value for _ in range(40)}
        assert len(found) >= 4, f"{total} is always {found}, in truth {truth}"


def no_noise_falls_out_by_subtraction(_: Path) -> None:
    """Take one row from the next, and one week from another: the noise must not cancel out."""
    counts = tables.counted(everywhere(2000), KNOWN)
    weeks = [release.protected({"topic_language": counts["topic_language"]}, Plan()) for _ in "ab"]
    first, second = (
        np.array([cell.value - counts[cell.table][cell.first, cell.second] for cell in week])
        for week in weeks
    )
    size = np.abs(first).mean()
    assert np.abs(first - second).mean() > 1.2 * size
    assert np.abs(first - np.roll(first, 1)).mean() > 1.2 * size


def a_week_is_drawn_once(folder: Path) -> None:
    """Ask again and again: the same numbers, also after the counters change or are gone."""
    at = desk(folder)
    at.put([row(300), row(40, route="legal_help", language="ar")])
    first = at.release()
    with at.both.released.connect() as connection:
        numbers = connection.execute(select(CELL)).all()
    for change in (
        None,
        update(DEMAND).values(count=DEMAND.c.count + 1),
        delete(DEMAND),
    ):
        if change is not None:
            with at.both.raw.begin() as connection:
                connection.execute(change)
        again = release.make(*at.both, CITY, WEEK, today=SATURDAY_AFTER)
        assert again == first
        with at.both.released.connect() as connection:
            assert connection.execute(select(CELL)).all() == numbers
    assert len(reading.releases(at.both.released, CITY.id)) == 1


# A small city: every topic and language is asked for by few.
LANGUAGES = KNOWN["language"]


def small_city(seed: int) -> np.ndarray:
    """Return true counts by topic and language: a quarter of the cells are 1 to 9, others 0."""
    rng = np.random.default_rng(seed)
    shape = len(TOPICS), len(LANGUAGES)
    return np.where(rng.random(shape) < 0.25, rng.integers(1, 10, shape), 0)


def rows_of(truth: np.ndarray) -> list[tuple[dict[str, str], int]]:
    return [
        row(int(count), route=TOPICS[t], language=LANGUAGES[s])
        for (t, s), count in np.ndenumerate(truth)
        if count
    ]


def small_counts_are_not_solved_from_one_release(_: Path) -> None:
    truth = small_city(1)
    _no_better_than_guessing(truth, [cells(rows_of(truth))])


def small_counts_are_not_solved_from_ten_releases(_: Path) -> None:
    """Ten weeks in which the very same was asked for: more than any enemy may hope for."""
    truth = small_city(2)
    _no_better_than_guessing(truth, [cells(rows_of(truth)) for _ in range(10)])


def _no_better_than_guessing(truth: np.ndarray, found: list[list]) -> None:
    """Solve for all small counts; as many are right as by saying 0 everywhere, hardly more."""
    solved = np.rint(reconstructed(truth.shape, found))
    some = truth > 0
    hit = (solved[some] == truth[some]).mean()
    assert hit < 0.25, f"{hit:.0%} of the small counts were found out"
    # Whether anybody at all asked: the mean of being right about yes and about no.
    yes, no = (solved[some] > 0).mean(), (solved[~some] == 0).mean()
    assert (yes + no) / 2 < 0.65, f"whether anybody asked was found out: {yes:.0%}, {no:.0%}"


def reconstructed(shape: tuple[int, int], found: list[list]) -> np.ndarray:
    """Return the counts by topic and language that fit all released numbers best.

    Linear programming: the least sum of distances, each in units of its noise, from the middle
    of what a released number allows, hidden ones among them.
    """
    lines, values, weights = [], [], []
    for week in found:
        for cell in week:
            members = _members(shape, cell)
            if members:
                limit = Plan().hide_below(cell.table)
                low, high = (
                    (0, limit - 1) if cell.value is None else (cell.value - 2, cell.value + 2)
                )
                lines.append(members)
                values.append((low, high))
                weights.append(1 / Plan().scale(cell.table))
    size, count = shape[0] * shape[1], len(lines)
    # Two slacks a line: below and above the span a released number allows.
    matrix = lil_matrix((2 * count, size + count))
    limits = np.zeros(2 * count)
    for number, (members, (low, high)) in enumerate(zip(lines, values)):
        for member in members:
            matrix[2 * number, member] = 1
            matrix[2 * number + 1, member] = -1
        matrix[2 * number, size + number] = matrix[2 * number + 1, size + number] = -1
        limits[2 * number], limits[2 * number + 1] = high, -low
    costs = np.concatenate([np.full(size, 1e-6), weights])
    solved = linprog(costs, A_ub=matrix.tocsr(), b_ub=limits, method="highs")
    assert solved.success
    return solved.x[:size].reshape(shape)


def _members(shape: tuple[int, int], cell) -> list[int]:
    """Return which unknown counts a released number adds up."""
    topics, codes = range(shape[0]), range(shape[1])
    if cell.table in ("topic", "topic_language", "topic_district", "topic_outcome"):
        topics = [TOPICS.index(cell.first)]
    if cell.table == "topic_language":
        codes = [LANGUAGES.index(cell.second)]
    if cell.table == "language":
        codes = [LANGUAGES.index(cell.first)]
    # Everybody of this city is in one district, of one audience, and answered: the enemy knows.
    known = set(HOUSING.values())
    if cell.table in ("topic_district", "topic_outcome") and cell.second not in known:
        return []
    if cell.table in ("district", "audience", "outcome") and cell.first not in known:
        return []
    return [t * shape[1] + s for t in topics for s in codes]


ATTACKS = (
    the_budget_is_kept,
    the_noise_is_as_large_as_stated,
    one_conversation_moves_no_odds_by_more_than_its_budget,
    whoever_knows_all_but_one_message_learns_little_of_it,
    no_cell_betrays_by_being_there_who_asked,
    small_numbers_are_never_seen,
    totals_are_no_sums_of_their_rows,
    no_noise_falls_out_by_subtraction,
    a_week_is_drawn_once,
    small_counts_are_not_solved_from_one_release,
    small_counts_are_not_solved_from_ten_releases,
)
