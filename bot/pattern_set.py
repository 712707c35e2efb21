"""Many patterns searched at once, in time that grows with the text alone.

RE2 looks for all patterns in one pass, and cannot be made slow by any text. It knows no
look-around and no word borders but English ones, so it is asked for a little more than is wanted;
the few patterns that it names are then searched by Python itself.
"""

from __future__ import annotations

import re

import re2

# A set remembers every state that a text has led it to, until this many bytes are full: then it
# forgets them and goes on, no less right. Without a bound, servers would grow for days. One that
# is too small for its patterns does not compile, so that nothing goes unfound in silence.
MEMORY = 32 << 20

_LOOK_AROUND = re.compile(r"\(\?<?[=!]")


class PatternSet:
    """Patterns over plain text: words parted by single spaces. Each pattern stands for whole words.

    `memory`: what the set may take, in bytes. Raise ValueError when a pattern is none; the text
    names it.
    """

    def __init__(self, expressions: list[str], memory: int = MEMORY) -> None:
        self._patterns = [_compiled(expression) for expression in expressions]
        self._quick = _quick(expressions, memory) if expressions else None

    def __len__(self) -> int:
        return len(self._patterns)

    def found(self, text: str) -> list[int]:
        """Return the numbers of the patterns that are found in `text`, in their order."""
        if not self._quick:
            return []
        likely = sorted(self._quick.Match(text) or [])
        return [number for number in likely if self._patterns[number].search(text)]

    def without(self, text: str) -> str:
        """Return `text` with a space for everything that a pattern finds, one after another."""
        numbers = self.found(text)
        while numbers:
            for number in numbers:
                text = self._patterns[number].sub(" ", text)
            numbers = self.found(text)
        return text


def _compiled(expression: str) -> re.Pattern[str]:
    try:
        if re.fullmatch(expression, ""):
            raise ValueError(f"no pattern: {expression}: it finds nothing everywhere")
        return re.compile(rf"\b(?:{expression})\b")
    except re.error as error:
        raise ValueError(f"no pattern: {expression}: {error}") from error


def _quick(expressions: list[str], memory: int) -> re2.Set:
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    quick = re2.Set.SearchSet(options)
    for expression in expressions:
        quick.Add(f"(?:^| )(?:{_wider(expression)})")
    quick.Compile()
    return quick


def _wider(expression: str) -> str:
    """Return a form for RE2 that finds at least what `expression` finds."""
    expression = expression.replace(r"\b", "").replace(r"\w", "[^ ]")
    found = _LOOK_AROUND.search(expression)
    while found:
        end = _closing(expression, found.start())
        expression = expression[: found.start()] + expression[end:]
        found = _LOOK_AROUND.search(expression)
    return expression


def _closing(expression: str, begin: int) -> int:
    """Return the place behind the bracket that closes the one at `begin`."""
    depth, place = 0, begin
    while True:
        char = expression[place]
        if char == "\\":
            place += 1
        depth += {"(": 1, ")": -1}.get(char, 0)
        place += 1
        if not depth:
            return place
