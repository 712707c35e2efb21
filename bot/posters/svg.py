"""A poster as a drawing that a designer can change: text stays text, with its direction."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from bot.posters import layout
from bot.posters.content import Poster

FAMILY = "DejaVu Sans, Noto Sans, Arial, sans-serif"


def drawing(poster: Poster) -> str:
    """Return an SVG of one poster, in millimetres; raise TooLongError when a text does not fit."""
    size = f"{layout.PAGE_WIDTH:g} {layout.PAGE_HEIGHT:g}"
    width, height = (f"{side}mm" for side in size.split())
    title = poster.headline.replace("\n", " ")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {size}" xml:lang="{poster.language}">',
            f"<title>{escape(title)}</title>",
            '<rect width="100%" height="100%" fill="#fff"/>',
            *(_text(line) for line in layout.lines(poster)),
            _code(poster.link),
            "</svg>",
            "",
        ]
    )


def _text(line: layout.Line) -> str:
    weight = "bold" if line.bold else "normal"
    direction = "rtl" if line.rtl else "ltr"
    size = line.points * layout.MM_OF_POINT
    return (
        f'<text x="{layout.PAGE_WIDTH / 2:g}" y="{line.base:.3f}" text-anchor="middle"'
        f' direction="{direction}" unicode-bidi="embed" font-family={quoteattr(FAMILY)}'
        f' font-size="{size:.3f}" font-weight="{weight}">{escape(line.text)}</text>'
    )


def _code(link: str) -> str:
    side, corners = layout.modules(link)
    squares = "".join(
        f"M{left:.4f} {top:.4f}h{side:.4f}v{side:.4f}h-{side:.4f}z" for left, top in corners
    )
    return f'<path d="{squares}" fill="#000" shape-rendering="crispEdges"/>'
