"""What becomes of what a person says at a service: who reads it, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.directory.facts import Facts
from bot.directory.hsds.records import Row
from bot.directory.model import LocalText, Residence, RunBy

Codes = Mapping[str, list[Row]]


def told(facts: Facts, codes: Codes) -> dict[str, Any]:
    """Return these parts of a Service by their names; None for what no row tells.

    `codes` are the service's rows of attributes.csv by the code of their term. Faults are added
    to those of `facts`.
    """
    return {
        "run_by": _run_by(facts, codes["run-by"]),
        "anonymous": _yes_or_no(facts, codes["anonymous"]),
        "what_happens": _text(facts, codes["what-happens"]),
        "answer_within": _text(facts, codes["answer-within"]),
        "residence_asked": _residence(facts, codes),
    }


def _run_by(facts: Facts, rows: list[Row]) -> RunBy | None:
    known = _one_of(facts, [one.value for one in RunBy], rows)
    return RunBy(known) if known else None


def _yes_or_no(facts: Facts, rows: list[Row]) -> bool | None:
    known = _one_of(facts, ("yes", "no"), rows)
    return known == "yes" if known else None


def _residence(facts: Facts, codes: Codes) -> Residence | None:
    """Return both facts about residence papers: the yes or no is never told without its words."""
    asked, note = codes["residence-asked"], codes["residence-note"]
    if bool(asked) is not bool(note):
        wrong = "stands without the other of residence-asked and residence-note"
        facts.faults.append(str((asked or note)[0].fault("value", wrong, "both or none")))
    known, words = _yes_or_no(facts, asked), _text(facts, note)
    return Residence(known, words) if known is not None and words else None


def _one_of(facts: Facts, allowed: Collection[str], rows: list[Row]) -> str | None:
    """Return the value of a fact; one that is not allowed, or a second one, is a fault."""
    filled = [row for row in rows if row["value"]]
    for row in filled:
        if row["value"] not in allowed or row["value"] != filled[0]["value"]:
            wrong = f"{row['value']!r} does not fit"
            facts.faults.append(str(row.fault("value", wrong, ", ".join(allowed))))
    return filled[0]["value"] if filled and filled[0]["value"] in allowed else None


def _text(facts: Facts, rows: list[Row]) -> LocalText | None:
    return facts.text(rows[0], "attribute", "value") if rows else None
