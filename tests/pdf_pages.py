"""Reads pages made by fpdf2 back: their text, line by line as it is seen, and their squares."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

OBJECT = re.compile(rb"(\d+) 0 obj\r?\n(.*?)endobj", re.DOTALL)
# The last byte of what is packed may be a carriage return: it is no part of the line's end.
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
SHOWN = re.compile(
    rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj|(-?[\d.]+) (-?[\d.]+) T[dm]", re.DOTALL
)
SQUARE = re.compile(rb"(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re f")
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


class Page(NamedTuple):
    """`lines` from top to bottom in the order of the eye; `squares` as (left, bottom, side)."""

    lines: list[str]
    squares: list[tuple[float, float, float]]


def pages(document: bytes) -> list[Page]:
    objects = {int(number): body for number, body in OBJECT.findall(document)}
    fonts = _fonts(objects)
    contents = [
        int(found[1])
        for body in objects.values()
        if (found := re.search(rb"/Contents (\d+) 0 R", body))
    ]
    return [_page(_stream(objects[number]), fonts) for number in contents]


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"/FlateDecode" in body.split(b"stream")[0] else found[1]


def _fonts(objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    fonts = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", body):
            found = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
            assert found, "a font without its letters cannot be searched or read out"
            pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", _stream(objects[int(found[1])]))
            fonts[name] = {
                int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
                for code, letters in pairs
            }
    return fonts


def _page(content: bytes, fonts: dict[bytes, dict[int, str]]) -> Page:
    rows: dict[float, list[str]] = {}
    font, height = b"", 0.0
    for name, codes, _, base in SHOWN.findall(content):
        font, height = name or font, float(base) if base else height
        if codes:
            raw = re.sub(rb"\\(.)", lambda m: ESCAPED.get(m[1], m[1]), codes, flags=re.DOTALL)
            glyphs = [int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)]
            rows.setdefault(height, []).extend(fonts[font][glyph] for glyph in glyphs)
    squares = [(float(x), float(y), float(width)) for x, y, width, _ in SQUARE.findall(content)]
    return Page(["".join(rows[height]) for height in sorted(rows, reverse=True)], squares)
