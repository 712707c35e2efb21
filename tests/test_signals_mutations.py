"""Code that protects less is found out: each mutation lets the attacks named beside it succeed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
import signals_attacks as attacks
from sqlalchemy import delete

from bot.database.released import CELL, RELEASE
from bot.signals import noise, release
from bot.signals.budget import Plan

Patch = pytest.MonkeyPatch


def noise_off(patch: Patch) -> None:
    patch.setattr(noise, "added", lambda counts, scale: list(counts))


def noise_of_half_the_scale(patch: Patch) -> None:
    added = noise.added
    patch.setattr(noise, "added", lambda counts, scale: added(counts, scale / 2))


def stated_scale_halved(patch: Patch) -> None:
    scale = Plan.scale
    patch.setattr(Plan, "scale", lambda plan, name: scale(plan, name) / 2)


def bound_not_applied(patch: Patch) -> None:
    scale = Plan.scale
    patch.setattr(Plan, "scale", lambda plan, name: scale(dataclasses.replace(plan, bound=1), name))


def each_table_spends_the_whole_budget(patch: Patch) -> None:
    patch.setattr(Plan, "scale", lambda plan, name: plan.bound / plan.epsilon)


def one_noise_for_all_cells(patch: Patch) -> None:
    added = noise.added

    def same(counts, scale):
        (drawn,) = added([0], scale)
        return [count + drawn for count in counts]

    patch.setattr(noise, "added", same)


def the_same_noise_every_week(patch: Patch) -> None:
    added, drawn = noise.added, {}

    def same(counts, scale):
        drawn.setdefault((len(counts), scale), added([0] * len(counts), scale))
        return [a + b for a, b in zip(counts, drawn[len(counts), scale])]

    patch.setattr(noise, "added", same)


def no_noise_where_nothing_is_counted(patch: Patch) -> None:
    added = noise.added
    patch.setattr(
        noise,
        "added",
        lambda counts, scale: [b if a else 0 for a, b in zip(counts, added(counts, scale))],
    )


def empty_cells_skipped(patch: Patch) -> None:
    protected = release.protected

    def skipped(counts, plan):
        some = {name: {k: n for k, n in table.items() if n} for name, table in counts.items()}
        return protected({name: table for name, table in some.items() if table}, plan)

    patch.setattr(release, "protected", skipped)


def small_numbers_shown(patch: Patch) -> None:
    patch.setattr(Plan, "hide_below", lambda plan, name: 0)


def no_rounding(patch: Patch) -> None:
    patch.setattr(release, "shown", lambda noisy, limit: noisy if noisy >= limit else None)


def totals_exact(patch: Patch) -> None:
    protected = release.protected

    def exact(counts, plan):
        found = protected(counts, plan)
        return [
            dataclasses.replace(cell, value=release.shown(counts["total"]["", ""], 0))
            if cell.table == "total"
            else cell
            for cell in found
        ]

    patch.setattr(release, "protected", exact)


def made_anew_each_time(patch: Patch) -> None:
    make = release.make

    def anew(raw, released, *rest, **named):
        with released.begin() as connection:
            for table in (CELL, RELEASE):
                connection.execute(delete(table))
        return make(raw, released, *rest, **named)

    patch.setattr(release, "make", anew)


def as_it_was_counted(patch: Patch) -> None:
    noise_off(patch)
    small_numbers_shown(patch)
    no_rounding(patch)


FOUND_BY: dict[Callable[[Patch], None], tuple[Callable, ...]] = {
    noise_off: (
        attacks.the_noise_is_as_large_as_stated,
        attacks.one_conversation_moves_no_odds_by_more_than_its_budget,
        attacks.whoever_knows_all_but_one_message_learns_little_of_it,
        attacks.no_cell_betrays_by_being_there_who_asked,
        attacks.totals_are_no_sums_of_their_rows,
    ),
    noise_of_half_the_scale: (
        attacks.the_noise_is_as_large_as_stated,
        attacks.one_conversation_moves_no_odds_by_more_than_its_budget,
    ),
    stated_scale_halved: (attacks.the_budget_is_kept,),
    bound_not_applied: (attacks.the_budget_is_kept,),
    each_table_spends_the_whole_budget: (
        attacks.the_budget_is_kept,
        attacks.whoever_knows_all_but_one_message_learns_little_of_it,
    ),
    one_noise_for_all_cells: (attacks.no_noise_falls_out_by_subtraction,),
    the_same_noise_every_week: (attacks.no_noise_falls_out_by_subtraction,),
    no_noise_where_nothing_is_counted: (attacks.no_cell_betrays_by_being_there_who_asked,),
    empty_cells_skipped: (attacks.no_cell_betrays_by_being_there_who_asked,),
    small_numbers_shown: (attacks.small_numbers_are_never_seen,),
    no_rounding: (attacks.small_numbers_are_never_seen,),
    totals_exact: (
        attacks.totals_are_no_sums_of_their_rows,
        attacks.whoever_knows_all_but_one_message_learns_little_of_it,
    ),
    made_anew_each_time: (attacks.a_week_is_drawn_once,),
    as_it_was_counted: (
        attacks.small_counts_are_not_solved_from_one_release,
        attacks.small_counts_are_not_solved_from_ten_releases,
    ),
}
PAIRS = [(mutation, attack) for mutation, found in FOUND_BY.items() for attack in found]


@pytest.mark.parametrize(
    ("mutation", "attack"), PAIRS, ids=[f"{m.__name__}-{a.__name__}" for m, a in PAIRS]
)
def test_a_weaker_release_is_found_out(mutation, attack, tmp_path, monkeypatch):
    mutation(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        attack(tmp_path)


def test_every_attack_finds_some_mutation():
    assert {attack for _, attack in PAIRS} == set(attacks.ATTACKS)
