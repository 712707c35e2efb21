"""Small pieces of SVG: elements, escaped, and the frame that every picture has.

No style stands in the markup, since the pages' policy forbids it: static/charts.css has it all.
Geometry stands in attributes. A picture is drawn for a width of WIDTH, so that its letters can be
read on a phone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

from bot.words.languages import table

WIDTH = 340.0
# Letters of a sans serif are about this wide, as a share of their height.
LETTER_WIDTH = 0.58
LETTERS = 12.0
# Characters that no mark-up may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Value = str | float


def element(tag: str, *content: str, **attributes: Value) -> str:
    """Return an element with markup inside; `class_` is class, and _ in a name becomes -.

    Attributes are escaped, `content` is not: give texts to `words` first.
    """
    given = "".join(f' {_name(name)}="{_value(value)}"' for name, value in attributes.items())
    return f"<{tag}{given}>{''.join(content)}</{tag}>"


def words(text: str) -> str:
    """Return a text as it can stand in markup."""
    return escape(_FORBIDDEN.sub("", text), quote=True)


def told(
    x: float, y: float, text: str, class_: str, *, anchor: str = "start", size: float = LETTERS
) -> str:
    """Return a line of text. `start` is where the language begins: right in Arabic."""
    place: dict[str, Value] = {
        "x": x,
        "y": y,
        "class_": class_,
        "text_anchor": anchor,
        "font_size": size,
    }
    return element("text", words(text), **place)


def named(x: float, y: float, name: str, class_: str, size: float) -> str:
    """Return a name around `x` in the direction of its own letters, whatever is around it."""
    place: dict[str, Value] = {
        "x": x,
        "y": y,
        "class_": class_,
        "text_anchor": "middle",
        "font_size": size,
    }
    from_right = any(unicodedata.bidirectional(char) in ("R", "AL") for char in name)
    return element("text", words(name), **place, direction="rtl" if from_right else "ltr")


def size_that_fits(text: str, width: float, largest: float = LETTERS) -> float:
    """Return the height of letters at which a text is about as wide as its place."""
    return min(largest, width / (LETTER_WIDTH * max(1, len(text))))


def is_rtl(language: str) -> bool:
    """Tell whether a language is written from the right."""
    return table()[language].rtl


def frame(
    id_: str, title: str, desc: str, language: str, parts: Iterable[str],
    *, height: float, class_: str = "chart", width: float = WIDTH,
) -> str:  # fmt: skip
    """Return the whole picture. `id_` is its own on the page; `desc` is read out after `title`."""
    named = element("title", words(title), id=f"{id_}-title")
    told_about = element("desc", words(desc), id=f"{id_}-desc")
    stripes = element("path", d="M0 6L6 0M-1 1L1 -1M5 7L7 5", class_="chart-stripe")
    pattern: dict[str, Value] = {
        "id": f"{id_}-hidden",
        "width": 6,
        "height": 6,
        "patternUnits": "userSpaceOnUse",
    }
    defined = element("defs", element("pattern", stripes, **pattern))
    return element(
        "svg", named, told_about, defined, *parts,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_value(width)} {_value(height)}",
        role="img", aria_labelledby=f"{id_}-title {id_}-desc", class_=class_, lang=language,
        direction="rtl" if is_rtl(language) else "ltr",
    )  # fmt: skip


def hidden_fill(id_: str) -> str:
    """Return the pattern of what is hidden: not a colour alone."""
    return f"url(#{id_}-hidden)"


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: Value) -> str:
    return words(value) if isinstance(value, str) else f"{round(value, 1):g}"
