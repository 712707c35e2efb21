"""Writes what was measured: a page to read, numbers for other programs, and pictures."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path
from typing import Any

from bot.settings import ROOT
from evaluation import pictures
from evaluation.figures import (
    Figures,
    RouteFigures,
    Share,
    by_route,
    by_urgent_route,
    confusions,
    figures,
)
from evaluation.guesses import Pairs
from evaluation.swaps import Change

FOLDER = ROOT / "reports" / "understanding"
ALL = "all"
WORST_ROUTES = 12

HEAD = (
    "| language | messages | top-1 | top-3 | urgent found (95%) | or asked | false alarms per 1,000"
    " | asked in vain per 1,000 | right if sure | language 1-2 / 3-8 / longer |"
)


@dataclasses.dataclass(frozen=True)
class Measured:
    """All that one evaluation has found out."""

    source: str
    pairs: Pairs
    swaps: Pairs
    changes: list[Change]

    @property
    def languages(self) -> dict[str, Pairs]:
        """Return the pairs by language, the language with the fewest right answers first."""
        codes = sorted({example.language for example, _ in self.pairs})
        by_code = {code: [p for p in self.pairs if p[0].language == code] for code in codes}
        return dict(sorted(by_code.items(), key=lambda item: figures(item[1]).top1.value))


def write(measured: Measured, folder: Path = FOLDER) -> str:
    """Write summary.md, results.json, routes.csv and two pictures; return the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = _summary(measured)
    (folder / "summary.md").write_text(summary, encoding="utf-8")
    results = json.dumps(_results(measured), indent=1, ensure_ascii=False)
    (folder / "results.json").write_text(results, encoding="utf-8")
    _write_routes(measured, folder / "routes.csv")
    pictures.per_language(
        {code: figures(pairs) for code, pairs in measured.languages.items()}, folder
    )
    pictures.confusion(confusions(measured.pairs), folder)
    return summary


def _summary(measured: Measured) -> str:
    rows = [_row(code, figures(pairs)) for code, pairs in measured.languages.items()]
    together = figures(measured.pairs)
    routes = [_route_row(found) for found in by_route(measured.pairs)[:WORST_ROUTES]]
    lines = [
        f"Asked: {measured.source}, {len(measured.pairs):,} messages. The worst first.",
        "",
        HEAD,
        "|" + "---|" * (HEAD.count("|") - 1),
        *rows,
        _row(ALL, together),
        "",
        "Urgent messages that end on an urgent route: "
        + ", ".join(
            f"{route} {_interval(s)}" for route, s in by_urgent_route(measured.pairs).items()
        ),
        f"Support and frontline messages answered as danger: {_per_mille(together.over_escalated)}"
        f" per 1,000; urgent ones answered as something else, without a question:"
        f" {1000 * (1 - together.urgent_or_asked.value):.0f} per 1,000."
        f" Out of scope, seen as such: {_percent(together.out_of_scope_found)}; others"
        f" taken for out of scope: {_percent(together.falsely_rejected)}.",
        f"Same sentence about somebody else: {len(measured.changes)} of {len(measured.swaps):,}"
        " sentences led elsewhere.",
        "",
        "| worst routes | precision | recall | F1 |",
        "|---|---|---|---|",
        *routes,
        "",
    ]
    return "\n".join(lines)


def _row(code: str, found: Figures) -> str:
    cells = (
        code,
        f"{found.top1.of:,}",
        _percent(found.top1),
        _percent(found.top3),
        _interval(found.urgent_found),
        _percent(found.urgent_or_asked),
        _per_mille(found.false_alarms),
        _per_mille(found.asked_in_vain),
        _percent(found.right_if_sure),
        " / ".join(
            _percent(s) for s in (found.language_1_2, found.language_3_8, found.language_longer)
        ),
    )
    return "| " + " | ".join(cells) + " |"


def _route_row(found: RouteFigures) -> str:
    return (
        f"| {found.route} | {_percent(found.precision)} | {_percent(found.recall)}"
        f" | {found.f1:.2f} |"
    )


def _percent(found: Share) -> str:
    return f"{found.value:.1%}" if found.of else "-"


def _per_mille(found: Share) -> str:
    return f"{1000 * found.value:.0f}" if found.of else "-"


def _interval(found: Share) -> str:
    low, high = found.interval
    return f"{found.hits}/{found.of} = {found.value:.0%} ({low:.0%}-{high:.0%})"


def _results(measured: Measured) -> dict[str, Any]:
    languages = measured.languages
    return {
        "source": measured.source,
        "languages": {code: _numbers(figures(pairs)) for code, pairs in languages.items()},
        ALL: _numbers(figures(measured.pairs)),
        "swaps": {
            "sentences": len(measured.swaps),
            "changes": [dataclasses.asdict(change) for change in measured.changes],
        },
    }


def _numbers(found: Figures) -> dict[str, dict[str, float]]:
    return {
        field.name: {"hits": s.hits, "of": s.of, "share": round(s.value, 4)}
        for field in dataclasses.fields(found)
        for s in [getattr(found, field.name)]
    }


def _write_routes(measured: Measured, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["language", "route", "messages", "precision", "recall", "f1"])
        for code, pairs in {**measured.languages, ALL: measured.pairs}.items():
            for found in by_route(pairs):
                precision, recall = found.precision.value, found.recall.value
                numbers = [f"{number:.3f}" for number in (precision, recall, found.f1)]
                rows.writerow([code, found.route, found.recall.of, *numbers])
