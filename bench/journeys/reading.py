"""Reads written journeys, and names every fault of all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.journeys import form
from bench.journeys.form import Journey, Line, Step
from bot.words import languages

_NAME = re.compile(r"(?P<name>[a-z0-9-]+)\.(?P<language>[a-z]{2})\.txt")
_ALLOWED = "; ".join(form.SIGNS.values())
_GIVEN = ", ".join([f"{form.PHONE}en", *form.CIRCUMSTANCES])


class JourneyError(ValueError):
    """Journeys cannot be read; each line of the text names a file, a line and what is allowed."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def read_all(paths: Iterable[Path]) -> list[Journey]:
    """Return the journeys of these files; raise JourneyError with the faults of all of them."""
    found, faults = [], []
    for path in paths:
        try:
            found.append(read(path))
        except JourneyError as error:
            faults += error.faults
    if faults:
        raise JourneyError(faults)
    return found


def read(path: Path) -> Journey:
    """Return the journey of one file; raise JourneyError."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = f"{path.name}: cannot be read ({type(error).__name__}); allowed: a text in UTF-8"
        raise JourneyError([fault]) from None
    return parse(path.name, content)


def parse(file_name: str, content: str) -> Journey:
    """Return the journey that `content` writes; raise JourneyError with all its faults."""
    named = _NAME.fullmatch(file_name)
    language = named["language"] if named else languages.SOURCE_LANGUAGE
    reader = _Reader(language, language)
    reader.faults += [(0, fault) for fault in _name_faults(named)]
    lines = [line for line in _lines(content, reader.faults) if line]
    for line in lines:
        reader.take(line)
    steps = reader.finish()
    if reader.faults:
        raise JourneyError(_told(file_name, reader.faults))
    assert named is not None
    acts = {step.act.number: step.act for step in steps}
    whole = tuple(acts.get(line.number, line) for line in lines)
    return Journey(named["name"], language, reader.phone, whole, steps)


def _name_faults(named: re.Match[str] | None) -> Iterator[str]:
    if not named:
        yield "is no name of a journey; allowed: a-name.fr.txt, in small letters, digits and -"
    elif named["language"] not in languages.supported():
        yield f"{named['language']!r} is no language of Right Door; allowed: {_codes()}"


def _codes() -> str:
    return ", ".join(languages.supported())


def _told(file_name: str, faults: Iterable[tuple[int, str]]) -> Iterator[str]:
    for number, fault in sorted(faults):
        yield f"{file_name}:{number}: {fault}" if number else f"{file_name}: {fault}"


def _lines(content: str, faults: list[tuple[int, str]]) -> Iterator[Line]:
    for number, text in enumerate(content.split("\n"), start=1):
        line = text.strip()
        sign = next((sign for sign in form.SIGNS if _begins(line, sign)), None)
        if sign:
            yield Line(number, sign, line[len(sign) :].strip())
        elif line:
            faults.append((number, f"{line!r} begins with no sign; allowed: {_ALLOWED}"))


def _begins(line: str, sign: str) -> bool:
    # Two of the signs are words, which end where a word ends.
    return line == sign or line.startswith(f"{sign} " if sign[-1].isalpha() else sign)


@dataclass
class _Reader:
    """Takes line after line; an act ends the step before it."""

    language: str
    phone: str
    faults: list[tuple[int, str]] = field(default_factory=list)
    _steps: list[Step] = field(default_factory=list)
    _given: list[str] = field(default_factory=list)
    _act: Line | None = None
    _expected: list[Line] = field(default_factory=list)

    def take(self, line: Line) -> None:
        kinds = {
            form.GIVEN: self._take_given,
            form.NOW_IN: self._take_language,
            form.WRITES: self._take_act,
            form.PRESSES: self._take_press,
        }
        kinds.get(line.sign, self._take_expectation)(line)

    def finish(self) -> tuple[Step, ...]:
        self._end_step()
        if not self._steps and not self.faults:
            self.faults.append((0, "nobody writes or presses anything; allowed: > and [ ]"))
        if self._given:
            self.faults.append((0, f"{self._given[-1]!r} is given last; allowed: before an act"))
        return tuple(self._steps)

    def _take_given(self, line: Line) -> None:
        if line.text.startswith(form.PHONE):
            self._take_phone(line)
        elif line.text not in form.CIRCUMSTANCES:
            self._fault(line, f"{line.text!r} cannot be given; allowed: {_GIVEN}")
        else:
            self._end_step()
            self._given.append(line.text)

    def _take_phone(self, line: Line) -> None:
        self.phone = line.text.removeprefix(form.PHONE)
        if not re.fullmatch("[a-z]{2}", self.phone):
            self._fault(line, f"{self.phone!r} is no language; allowed: a code of two letters: fr")
        if self._act or self._steps:
            self._fault(line, "the phone comes too late; allowed: before the first > or [ ]")

    def _take_language(self, line: Line) -> None:
        if line.text in languages.supported():
            self.language = line.text
        else:
            self._fault(line, f"{line.text!r} is no language; allowed: {_codes()}")
        if not self._act or self._expected:
            self._fault(line, "stands at a wrong place; allowed: right after > or [ ]")

    def _take_press(self, line: Line) -> None:
        label = line.text.removesuffix("]").strip()
        if not line.text.endswith("]") or not label:
            self._fault(line, "is no whole button; allowed: [the words on it]")
        if not self._act and not self._steps:
            self._fault(line, "there is no button before the first reply; allowed: > first")
        self._take_act(Line(line.number, line.sign, label or "?"))

    def _take_act(self, line: Line) -> None:
        if not line.text:
            self._fault(line, "the person writes nothing; allowed: words after >")
        if form.OLD_BUTTON in self._given and line.sign == form.WRITES:
            self._fault(line, f"{form.OLD_BUTTON!r} is given before a text; allowed: before [ ]")
        self._end_step()
        self._act = line

    def _take_expectation(self, line: Line) -> None:
        if line.sign == form.COMMENT:
            return
        if not self._act:
            self._fault(line, "there is no reply yet; allowed: after > or [ ]")
        # An empty < is the empty line between two paragraphs.
        if not line.text and line.sign != form.SAYS:
            self._fault(line, f"says nothing; allowed: {form.SIGNS[line.sign]}")
        self._expected.append(line)

    def _end_step(self) -> None:
        if self._act:
            given, expected = tuple(self._given), tuple(self._expected)
            self._steps.append(Step(given, self._act, expected, self.language))
            self._given.clear()
        self._act = None
        self._expected.clear()

    def _fault(self, line: Line, fault: str) -> None:
        self.faults.append((line.number, fault))
