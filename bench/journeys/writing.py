"""Writes a journey with the replies that were given, in the form it is read in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

from bench.journeys import form
from bench.journeys.form import Journey, Line, Shown, as_read

Replies = Sequence[Shown]


def whole(journey: Journey, replies: Replies) -> str:
    """Return the journey with every line and button of the replies, as far as there are any."""
    return _written(journey, replies, whole_reply)


def so_far(journey: Journey, replies: Replies) -> str:
    """Return the journey up to the last of these replies, in whole."""
    acts = [step.act.number for step in journey.steps[len(replies) :]]
    lines = [line for line in journey.lines if not acts or line.number < acts[0]]
    return whole(dataclasses.replace(journey, lines=tuple(lines)), replies)


def brief(journey: Journey, replies: Replies) -> str:
    """Return the journey with the sentences of the replies, and without what services are like.

    What a service is like, and which come first, depends on the hour. Services, buttons and words
    that must not be said are the writer's own wishes, and stay as they are.
    """
    steps = iter(journey.steps)

    def reply(shown: Shown) -> Iterator[str]:
        wishes = (line for line in next(steps).expected if line.sign != form.SAYS)
        yield from (f"{form.SAYS} {as_read(line)}" for line in _sentences(shown))
        yield from (_line(line) for line in wishes)

    return _written(journey, replies, reply)


def whole_reply(shown: Shown) -> Iterator[str]:
    """Yield every line and row of buttons of a reply, each with its sign."""
    headings = set(shown.headings)
    for line in shown.lines:
        yield f"{form.SERVICE if line in headings else form.SAYS} {line}".rstrip()
    for row in shown.rows:
        yield f"{form.BUTTONS} {f' {form.BETWEEN_BUTTONS} '.join(row)}"


def _written(journey: Journey, replies: Replies, reply: Callable[[Shown], Iterable[str]]) -> str:
    waiting, lines = iter(replies), list[str]()
    for line in journey.lines:
        if line.sign in form.EXPECTATIONS or line.sign == form.NOW_IN:
            continue
        is_new = line.sign in (*form.ACTS, form.GIVEN) and lines
        if is_new and not lines[-1].startswith((form.GIVEN, form.COMMENT)):
            lines.append("")
        lines.append(_line(line))
        if line.sign in form.ACTS and (shown := next(waiting, None)):
            lines += [*_now_in(journey, line), *reply(shown)]
    return "\n".join(lines) + "\n"


def _now_in(journey: Journey, act: Line) -> Iterable[str]:
    spoken = [journey.language, *(step.language for step in journey.steps)]
    before, now = next(
        (spoken[n], step.language) for n, step in enumerate(journey.steps) if step.act == act
    )
    return [f"{form.NOW_IN} {now}"] if now != before else []


def _line(line: Line) -> str:
    return f"[{line.text}]" if line.sign == form.PRESSES else f"{line.sign} {line.text}"


def _sentences(shown: Shown) -> Iterator[str]:
    """Yield the lines that belong to no service: a service's lines end at an empty one."""
    headings, in_service = set(shown.headings), False
    for line in shown.lines:
        in_service = bool(line.strip()) and (in_service or line in headings)
        if line.strip() and not in_service:
            yield line
