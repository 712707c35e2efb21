"""Shows a Reply on Telegram: HTML, parts that fit, and an inline keyboard."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from bot.answers.model import Reply

# Telegram counts UTF-16 code units, after the HTML has been read.
LONGEST = 4096

# An InlineKeyboardMarkup of the Bot API.
Keyboard = dict[str, list[list[dict[str, str]]]]


def parts(reply: Reply) -> list[str]:
    """Return the text of a reply as HTML, in parts that Telegram accepts."""
    return [as_html(part, reply.headings) for part in split(reply.paragraphs)]


def as_html(text: str, headings: Iterable[str]) -> str:
    """Return plain text as Telegram's HTML, with the lines that are headings in bold."""
    bold = set(headings)
    return "\n".join(_line_as_html(line, line in bold) for line in text.split("\n"))


def _line_as_html(line: str, bold: bool) -> str:
    escaped = html.escape(line, quote=False)
    return f"<b>{escaped}</b>" if bold and escaped else escaped


def keyboard(reply: Reply) -> Keyboard:
    """Return the buttons of a reply as Telegram's inline keyboard."""
    rows = [
        [{"text": button.label, "callback_data": button.payload} for button in row]
        for row in reply.buttons
    ]
    return {"inline_keyboard": rows}


def length(text: str) -> int:
    """Return the length of a text as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def split(paragraphs: Iterable[str], longest: int = LONGEST) -> list[str]:
    """Put paragraphs together into as few parts as fit; cut between lines or words if need be."""
    joined: list[str] = []
    for piece, glue in _pieces(paragraphs, longest):
        if joined and length(joined[-1] + glue + piece) <= longest:
            joined[-1] += glue + piece
        else:
            joined.append(piece)
    # Telegram refuses a message of nothing but white space.
    return [part for part in joined if part.strip()]


def _pieces(paragraphs: Iterable[str], longest: int) -> Iterator[tuple[str, str]]:
    """Yield what must stay together, and what stands before it when it follows another piece."""
    for paragraph in paragraphs:
        if length(paragraph) <= longest:
            yield paragraph, "\n\n"
            continue
        glue = "\n\n"
        for line in paragraph.split("\n"):
            for piece in _words(line, longest):
                yield piece, glue
                glue = " "
            glue = "\n"


def _words(line: str, longest: int) -> Iterator[str]:
    if length(line) <= longest:
        yield line
        return
    # A character takes at most two units, so half the limit always fits.
    step = longest // 2
    for word in line.split(" "):
        yield from (word[n : n + step] for n in range(0, max(len(word), 1), step))
