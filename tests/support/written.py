"""A written journey on Telegram: whom it meets, and what went otherwise than it is written."""

from __future__ import annotations

from collections.abc import Callable

from bench.journeys import expect, writing
from bench.journeys.form import Journey, Shown
from bench.journeys.walk import NoButtonError, Partner, is_button, walk

from .person import Person, Seen

Meet = Callable[..., Person]


class OnTelegram:
    # A partner of a walk (bench/journeys/walk.py). `switch_rasa` ends Rasa or starts it again.
    def __init__(self, meet: Meet, journey: Journey, switch_rasa: Callable[[bool], None]) -> None:
        self._meet = lambda: meet(journey.language, phone=journey.phone)
        self._switch_rasa = switch_rasa
        self._person = self._meet()
        self._seen: list[Seen] = []

    def writes(self, text: str) -> Shown:
        return self._see(self._person.writes(text))

    def presses(self, label: str, old: bool) -> Shown:
        replies = self._seen[:-1] if old else self._seen[-1:]
        found = [
            payload
            for seen in reversed(replies)
            for name, payload in zip(seen.labels, seen.payloads)
            if is_button(label, name)
        ]
        if not found:
            raise NoButtonError(label)
        return self._see(self._press_old(found[0]) if old else self._press(found[0]))

    def day_passes(self) -> None:
        # A pseudonym lives for a day and all that is remembered hangs on it (test_privacy.py), so
        # whoever comes back the day after is a stranger: somebody whom nothing is known about.
        self._person = self._meet()

    def rasa(self, runs: bool) -> None:
        self._switch_rasa(runs)

    def _press(self, payload: str) -> Seen:
        return self._person.presses_payload(payload)

    def _press_old(self, payload: str) -> Seen:
        person = self._person
        return person.does(
            lambda: person.api.press(person.chat, payload, language_code=person.phone, stale=True)
        )

    def _see(self, seen: Seen) -> Shown:
        self._seen.append(seen)
        rows = tuple(tuple(label for label, _ in row) for row in seen.rows)
        return Shown(seen.language, tuple(seen.lines), tuple(seen.headings), rows)


def otherwise(journey: Journey, partner: Partner) -> str:
    # The talk up to the reply that is not as written, and what was expected of it; else nothing.
    replies: list[Shown] = []
    try:
        for step, shown in walk(journey, partner):
            replies.append(shown)
            if faults := expect.unmet(step, shown):
                return told(journey, replies, faults)
    except (NoButtonError, AssertionError) as error:
        return told(journey, replies, [str(error.args[0])])
    return ""


def told(journey: Journey, replies: list[Shown], faults: list[str]) -> str:
    name = f"{journey.name}.{journey.language}.txt"
    parts = ["", writing.so_far(journey, replies), f"{name} expects otherwise:", *faults]
    return "\n".join(parts)
