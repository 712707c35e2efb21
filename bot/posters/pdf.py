"""A poster as a page for the printer, with its fonts inside."""

from __future__ import annotations

from fpdf import FPDF

from bot.posters import layout
from bot.posters.content import Poster

FAMILY = "DejaVu"


def pages(posters: list[Poster]) -> bytes:
    """Return a PDF with one poster a page; raise TooLongError when a text does not fit."""
    document = FPDF(unit="mm", format="A4")
    document.set_auto_page_break(False)
    document.c_margin = 0
    for style, bold in (("", False), ("B", True)):
        document.add_font(FAMILY, style, layout.font_file(bold))
    for poster in posters:
        document.add_page()
        document.set_lang(poster.language)
        _draw(document, poster)
    return bytes(document.output())


def _draw(document: FPDF, poster: Poster) -> None:
    for line in layout.lines(poster):
        document.set_font(FAMILY, "B" if line.bold else "", line.points)
        document.set_text_shaping(True, direction="rtl" if line.rtl else "ltr")
        height = line.points * layout.LINE_HEIGHT * layout.MM_OF_POINT
        document.set_xy(layout.MARGIN, line.base - height * layout.ASCENT)
        document.cell(layout.TEXT_WIDTH, height, line.text, align="C")
    side, corners = layout.modules(poster.link)
    document.set_fill_color(0)
    for left, top in corners:
        document.rect(left, top, side, side, style="F")
