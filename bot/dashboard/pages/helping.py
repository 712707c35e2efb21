"""Pages of words: help, and why a number is hidden."""

from __future__ import annotations

from bot.dashboard.page import Page, Section
from bot.dashboard.site import Visit
from bot.words import dashboard as frame
from bot.words import dashboard_pages as texts
from bot.words.marks import Text

Parts = tuple[tuple[Text, tuple[Text, ...]], ...]


def overview(visit: Visit) -> Page:
    """Return the page of help."""
    return _page(visit, frame.HELP, texts.HELP_LEAD, texts.HELP_PARTS)


def hidden(visit: Visit) -> Page:
    """Return the page that every hidden number links to."""
    return _page(visit, frame.HIDDEN_PAGE, texts.HIDDEN_LEAD, texts.HIDDEN_PARTS)


def _page(visit: Visit, title: Text, lead: Text, parts: Parts) -> Page:
    say = visit.words.say
    sections = [Section(say(name), [say(line) for line in lines]) for name, lines in parts]
    return Page(say(title), (say(lead),), sections)
