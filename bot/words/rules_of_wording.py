"""Wording that Right Door does not use: the rules of `data/wording/<language>.yml`.

A rule is a regular expression of Python: its word borders know every script, and the texts are
our own, so no stranger can make one slow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

FOLDER = ROOT / "data" / "wording"
KINDS = (
    *("suicide_words", "methods", "blame", "secrecy", "leading_no", "diagnosis"),
    *("pretends", "threat", "profiling", "labels", "alarm"),
)
FEWEST_SAMPLES = 2

_APOSTROPHES = re.compile("[’‘`´ʼ′]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff\u0640\u064b-\u0652\u0670]")
# Arabic writes these with and without a hamza, by habit.
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا"})

# An abbreviation with a full stop cuts a sentence in two, which harms nothing here.
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?؟…]) ")


@dataclass(frozen=True)
class Rule:
    """One banned wording, with sentences that it must catch and near ones that it must leave."""

    kind: str
    pattern: re.Pattern[str]
    reason: str
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True)
class Allowed:
    """One whole sentence that may be said although a rule of this kind catches it."""

    kind: str
    sentence: str
    reason: str


@dataclass(frozen=True)
class Rulebook:
    """All rules of one language, the sentences that are allowed, and who has reviewed them."""

    language: str
    rules: tuple[Rule, ...]
    allowed: tuple[Allowed, ...]
    reviewed_by: str


def plainly(text: str) -> str:
    """Return `text` as the rules see it: one kind of apostrophe and space, no unseen signs.

    Accents stay, for they tell words apart; Arabic loses its short vowels and its hamza seats.
    """
    seen = _UNSEEN.sub("", _APOSTROPHES.sub("'", unicodedata.normalize("NFC", text)))
    return " ".join(seen.translate(_ALIKE).split())


def sentences_of(plain: str) -> list[str]:
    """Return the sentences of a text that `plainly` has made plain."""
    return _BETWEEN_SENTENCES.split(plain)


@cache
def rulebook(language: str) -> Rulebook:
    """Return the rules of a language; raise ValueError that names every fault of its file."""
    path = FOLDER / f"{language}.yml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"{_name(path)}: cannot be read ({reason}); mend the file") from error
    faults = [f"{_name(path)}: {fault}" for fault in _file_faults(content)]
    if faults:
        raise ValueError("\n".join(faults))
    rules = [_rule(kind, line) for kind in KINDS for line in content["rules"][kind]]
    allowed = [
        Allowed(**{**line, "sentence": plainly(line["sentence"])}) for line in _allowed(content)
    ]
    return Rulebook(language, tuple(rules), tuple(allowed), content["reviewed_by"])


def _rule(kind: str, line: dict[str, Any]) -> Rule:
    catches, leaves = (tuple(line[field]) for field in ("catches", "leaves"))
    return Rule(kind, _compiled(line["pattern"]), line["reason"], catches, leaves)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(plainly(pattern), re.IGNORECASE)


def _file_faults(content: Any) -> Iterator[str]:
    rules = content.get("rules") if isinstance(content, dict) else None
    if not isinstance(rules, dict) or not isinstance(content.get("reviewed_by"), str):
        yield "wanted are `reviewed_by` (a role, or none) and `rules` by kind"
        return
    for kind in dict.fromkeys([*rules, *KINDS]):
        if kind not in KINDS:
            yield f"{kind}: no such kind; allowed are {', '.join(KINDS)}"
        elif not isinstance(rules.get(kind), list) or not rules[kind]:
            yield f"{kind}: has no rules; every language needs some of every kind"
        else:
            yield from (f"{kind}: {fault}" for line in rules[kind] for fault in _rule_faults(line))
    yield from (fault for line in _allowed(content) for fault in _allowed_faults(line))


def _rule_faults(line: Any) -> Iterator[str]:
    if not isinstance(line, dict) or set(line) != {"pattern", "reason", "catches", "leaves"}:
        yield f"{line!r}: a rule has just pattern, reason, catches and leaves"
        return
    for field in ("catches", "leaves"):
        samples = line[field]
        if not _are_texts(samples) or len(samples) < FEWEST_SAMPLES:
            yield f"{line['pattern']}: {field}: wanted are {FEWEST_SAMPLES} sentences or more"
    if not _are_texts([line["reason"]]):
        yield f"{line['pattern']}: reason: wanted are some plain words"
    try:
        if _compiled(line["pattern"]).search(""):
            yield f"{line['pattern']}: finds something everywhere; write what is not to be said"
    except (re.error, TypeError) as error:
        yield f"{line['pattern']}: is no regular expression ({error})"


def _allowed_faults(line: Any) -> Iterator[str]:
    fields = {"kind", "sentence", "reason"}
    if not isinstance(line, dict) or set(line) != fields or not _are_texts(list(line.values())):
        yield f"allowed: {line!r}: wanted are kind, sentence and reason, each in words"
    elif line["kind"] not in KINDS:
        yield f"allowed: {line['kind']}: no such kind; allowed are {', '.join(KINDS)}"


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values)


def _allowed(content: dict[str, Any]) -> list[Any]:
    lines = content.get("allowed") or []
    return lines if isinstance(lines, list) else [lines]


def _name(path: Path) -> str:
    return f"{FOLDER.parent.name}/{FOLDER.name}/{path.name}"
