"""Walks a journey with a partner, who is the real assistant on some channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from bench.journeys import form
from bench.journeys.form import Journey, Shown, Step


class NoButtonError(Exception):
    """A journey presses a button that is not there; the text says which."""

    def __init__(self, label: str) -> None:
        super().__init__(f"there is no button “{label}”")


class Partner(Protocol):
    """The assistant as one person meets it. Every act returns the reply it is answered with."""

    def writes(self, text: str) -> Shown:
        """Send a text."""

    def presses(self, label: str, old: bool) -> Shown:
        """Press a button of the latest reply, or of an older one; raise NoButtonError."""

    def day_passes(self) -> None:
        """Let so much time pass that all is forgotten that was remembered."""

    def rasa(self, runs: bool) -> None:
        """Take the understanding away, or bring it back."""


def walk(journey: Journey, partner: Partner) -> Iterator[tuple[Step, Shown]]:
    """Yield each step with the reply to it; raise NoButtonError."""
    for step in journey.steps:
        for given in step.given:
            _give(given, partner)
        yield step, _act(step, partner)


def _give(given: str, partner: Partner) -> None:
    if given == form.DAY_PASSED:
        partner.day_passes()
    if given in (form.RASA_DOWN, form.RASA_BACK):
        partner.rasa(given == form.RASA_BACK)


def _act(step: Step, partner: Partner) -> Shown:
    if step.act.sign == form.WRITES:
        return partner.writes(step.act.text)
    return partner.presses(step.act.text, step.presses_old_button)


def is_button(wanted: str, label: str) -> bool:
    """Tell whether `wanted` are the words on a button; a picture before them may be left out."""
    return form.as_read(wanted) == form.as_read(label) or form.on_button(label) == form.as_read(
        wanted
    )
