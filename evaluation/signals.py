"""`make simulate`: how soon a doubled need is seen in the releases, and how often nothing rose.

A city with known truth is released many times over, in several designs; reports/signals/. The
noise is drawn by numpy here, for figures that can be had again; tests/test_signals_simulation.py
holds it against OpenDP's.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.settings import ROOT
from evaluation import signals_measures as measures
from evaluation import signals_pictures
from evaluation.signals_city import CONVERSATIONS, needs
from evaluation.signals_designs import Design, designs

FOLDER = ROOT / "reports" / "signals"
SEED = 20261121
RUNS, RUNS_OF_OTHERS, RUNS_OF_CITY = 20_000, 5_000, 300
# The aim: a need of 30 a week that doubles is seen within three weeks, in four of five cases;
# at most one false rise a month over all topics.
AIM_SIZE, AIM_WEEKS, AIM_SHARE, AIM_FALSE = 30, 3, 0.8, 1.0


@dataclass(frozen=True)
class Measured:
    """All that was found out about one design."""

    design: Design
    seen: dict[int, NDArray[np.float64]]
    rises: float
    falls: float
    errors: list[measures.Error]
    tables: list[measures.TableError]

    @property
    def reaches_the_aim(self) -> bool:
        """Tell whether the design is useful enough."""
        return self.rises <= AIM_FALSE and self.seen[AIM_SIZE][AIM_WEEKS - 1] >= AIM_SHARE


def measure(design: Design, runs: int, runs_of_city: int) -> Measured:
    """Measure one design; the same numbers come out again."""
    random, wanted = np.random.default_rng(SEED), needs()
    seen = {size: measures.seen_by_week(design, size, runs, random) for size in measures.SIZES}
    rises, falls = measures.false_changes(design, wanted, runs_of_city, random)
    errors = measures.errors(design, runs, random)
    tables = measures.table_errors(design, wanted, min(runs_of_city, 200), random)
    return Measured(design, seen, rises, falls, errors, tables)


def write(found: list[Measured], folder: Path = FOLDER) -> str:
    """Write summary.md, results.json and signals.png; return the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = "\n".join(_summary(found))
    (folder / "summary.md").write_text(summary + "\n", encoding="utf-8")
    results = json.dumps([_numbers(one) for one in found], indent=1)
    (folder / "results.json").write_text(results + "\n", encoding="utf-8")
    signals_pictures.draw(found[0].seen, found[0].errors, folder / "signals.png")
    return summary


def main() -> None:
    """Measure all designs, write the report and print it."""
    chosen, *others = designs()
    found = [measure(chosen, RUNS, RUNS_OF_CITY)]
    found += [measure(other, RUNS_OF_OTHERS, 100) for other in others]
    print(write(found))


def _summary(found: list[Measured]) -> list[str]:
    chosen = found[0]
    return [
        f"A city with {CONVERSATIONS:,} conversations a week.",
        "",
        "| a need of ... a week doubles | " + " | ".join(f"week {n}" for n in range(1, 9)) + " |",
        "|---" * 9 + "|",
        *(_row(f"{size}", [f"{s:.0%}" for s in shares]) for size, shares in chosen.seen.items()),
        "",
        f"Shown as changed although nothing has, a month over all topics: {chosen.rises:.2f} rises,"
        f" {chosen.falls:.2f} falls.",
        "",
        "| true count of a topic | hidden | mean error | nine of ten are within |",
        "|---|---|---|---|",
        *(_error(one) for one in chosen.errors),
        "",
        "| table | cells | demand in shown cells | error of shown cells | small ones shown |",
        "|---|---|---|---|---|",
        *(_table(one) for one in chosen.tables),
        "",
        "| design | 30 seen by week 3 | 20 | 50 | false rises a month | aim |"
        " topics by outcome: demand shown, error | by language |",
        "|---" * 8 + "|",
        *(_design(one) for one in found),
    ]


def _row(head: str, cells: list[str]) -> str:
    return f"| {head} | " + " | ".join(cells) + " |"


def _error(one: measures.Error) -> str:
    return _row(str(one.count), [f"{one.hidden:.0%}", f"{one.mean:.1f}", f"{one.ninetieth:.0f}"])


def _table(one: measures.TableError) -> str:
    shares = [f"{share:.0%}" for share in (one.seen, one.relative, one.empty_shown)]
    return _row(one.name, [str(one.cells), *shares])


def _design(one: Measured) -> str:
    seen = [f"{one.seen[size][AIM_WEEKS - 1]:.0%}" for size in (AIM_SIZE, 20, 50)]
    by_name = {table.name: table for table in one.tables}
    pairs = [
        f"{by_name[name].seen:.0%}, {by_name[name].relative:.0%}"
        for name in ("topic_outcome", "topic_language")
    ]
    aim = "reached" if one.reaches_the_aim else "missed"
    return _row(one.design.name, [*seen, f"{one.rises:.2f}", aim, *pairs])


def _numbers(one: Measured) -> dict[str, object]:
    return {
        "design": one.design.name,
        "deviation": dict(one.design.deviation),
        "seen_by_week": {size: shares.round(4).tolist() for size, shares in one.seen.items()},
        "false_rises_a_month": round(one.rises, 3),
        "false_falls_a_month": round(one.falls, 3),
        "errors": [asdict(error) for error in one.errors],
        "tables": [asdict(table) for table in one.tables],
    }


if __name__ == "__main__":
    main()
