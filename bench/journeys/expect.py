"""Compares a reply with what a journey expects of it."""

from __future__ import annotations

from collections.abc import Iterator

from bench.journeys import form
from bench.journeys.form import Line, Shown, Step, as_read
from bench.journeys.walk import is_button


def unmet(step: Step, shown: Shown) -> list[str]:
    """Return what the reply lacks or says too much, each as "line 7: what is wrong"."""
    faults = [_language_fault(step, shown)]
    faults += [
        f"line {line.number}: {fault}" for line in step.expected for fault in _faults(line, shown)
    ]
    return [fault for fault in faults if fault]


def _language_fault(step: Step, shown: Shown) -> str:
    if shown.language in (None, step.language):
        return ""
    return f"line {step.act.number}: the reply is in {shown.language}, expected {step.language}"


def _faults(line: Line, shown: Shown) -> Iterator[str]:
    said, wanted = as_read(" ".join(shown.lines)), as_read(line.text)
    if line.sign == form.SAYS and wanted not in said:
        yield f"the reply does not say “{wanted}”"
    if line.sign == form.NEVER and wanted.casefold() in said.casefold():
        yield f"the reply says “{wanted}”"
    if line.sign == form.SERVICE and wanted not in map(as_read, shown.headings):
        yield f"the reply does not name “{wanted}”"
    if line.sign == form.BUTTONS:
        yield from _missing_buttons(line, shown)


def _missing_buttons(line: Line, shown: Shown) -> Iterator[str]:
    for wanted in line.text.split(form.BETWEEN_BUTTONS):
        if not any(is_button(wanted, label) for label in shown.labels):
            yield f"the reply has no button “{wanted.strip()}”"
