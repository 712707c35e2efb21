"""Draws a recorded journey as a chat on a phone: a page of HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from bench.journeys import form
from bench.journeys.form import Journey, Line, Step
from bot.words import languages

STYLE = Path(__file__).with_name("chat.css")
# How many services of a reply are drawn whole; three dots stand for the others.
SERVICES = 1
LEFT_OUT = "<p class=left-out>•••</p>"


def page(journey: Journey) -> str:
    """Return the whole page; a right-to-left language runs from the right."""
    style = STYLE.read_text(encoding="utf-8")
    drawn = "\n".join(_step(step, journey) for step in journey.steps)
    return (
        f'<!doctype html><html lang="{journey.language}" dir="{_direction(journey.language)}">'
        f"<meta charset=utf-8><title>{html.escape(journey.name)}</title><style>{style}</style>"
        f"<body>\n{drawn}\n</body></html>"
    )


def _step(step: Step, journey: Journey) -> str:
    pressed = " pressed" if step.act.sign == form.PRESSES else ""
    own = f'<p class="own{pressed}" dir=auto>{html.escape(step.act.text)}</p>'
    said = [line for line in step.expected if line.sign in (form.SAYS, form.SERVICE)]
    rows = [line for line in step.expected if line.sign == form.BUTTONS]
    tongue = f'lang="{step.language}" dir="{_direction(step.language)}"'
    reply = f"<div class=reply {tongue}>{''.join(_paragraphs(said))}</div>"
    return "\n".join([own, reply, *(f"<div class=row {tongue}>{_keys(row)}</div>" for row in rows)])


def _paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    services = 0
    for is_empty, group in groupby(lines, key=lambda line: not line.text):
        paragraph = list(group)
        services += not is_empty and paragraph[0].sign == form.SERVICE
        if is_empty:
            continue
        if paragraph[0].sign != form.SERVICE or services <= SERVICES:
            yield f"<p>{'<br>'.join(_line(line) for line in paragraph)}</p>"
        elif services == SERVICES + 1:
            yield LEFT_OUT


def _line(line: Line) -> str:
    text = html.escape(line.text)
    return f"<b>{text}</b>" if line.sign == form.SERVICE else text


def _keys(row: Line) -> str:
    labels = (label.strip() for label in row.text.split(form.BETWEEN_BUTTONS))
    return "".join(f"<span class=key>{html.escape(label)}</span>" for label in labels)


def _direction(language: str) -> str:
    return "rtl" if languages.table()[language].rtl else "ltr"
