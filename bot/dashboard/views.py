"""What is answered to those who have not signed in, to notes, and to admins."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable

from starlette.responses import RedirectResponse, Response

from bot.dashboard import accounts, notes, rendering, sign_ins
from bot.dashboard.accounts import EDITOR, AccountError
from bot.dashboard.page import Page
from bot.dashboard.site import Visit
from bot.words import dashboard as frame
from bot.words.marks import Text

NO_FAULT: tuple[Text, ...] = ()


def reading(page: Callable[[Visit], Page]) -> Callable[[Visit], Response]:
    """Return the view of a page to read."""
    return lambda visit: rendering.response(visit, "page.html", page(visit))


def see_notes(visit: Visit) -> Response:
    """Show the notes, and to editors the form for a new one."""
    return _notes(visit, NO_FAULT)


def add_note(visit: Visit) -> Response:
    """Keep a note, or say what is wrong with it."""
    text = notes.plain(visit.form.get("text", ""))
    try:
        day = datetime.date.fromisoformat(visit.form.get("first_day", "").strip())
    except ValueError:
        day = None
    faults = tuple(_note_faults(visit, day, text))
    if faults or day is None or visit.account is None:
        return _notes(visit, faults, 422)
    notes.add(visit.engine, visit.city, day, text, visit.account.name)
    return RedirectResponse("/notes", 303)


def remove_note(visit: Visit) -> Response:
    """Take a note away."""
    id_ = visit.form.get("id", "")
    if id_.isascii() and id_.isdecimal() and len(id_) < 10:
        notes.remove(visit.engine, visit.city, int(id_))
    return RedirectResponse("/notes", 303)


def see_accounts(visit: Visit) -> Response:
    """Show accounts and the latest sign-ins."""
    return rendering.response(
        visit,
        "accounts.html",
        Page(visit.words.say(frame.ACCOUNTS), (visit.words.say(frame.ACCOUNTS_LEAD),)),
        accounts=accounts.everyone(visit.engine),
        sign_ins=sign_ins.latest(visit.engine),
        now=visit.site.now,
    )


def unlock(visit: Visit) -> Response:
    """Forget the failures of an account."""
    # One that has been removed meanwhile is not in the list any more.
    with contextlib.suppress(AccountError):
        accounts.unlock(visit.engine, visit.form.get("name", ""))
    return RedirectResponse("/accounts", 303)


def _notes(visit: Visit, faults: tuple[Text, ...], status: int = 200) -> Response:
    say = visit.words.say
    return rendering.response(
        visit,
        "notes.html",
        Page(say(frame.NOTES), (say(frame.NOTES_LEAD),)),
        status,
        notes=notes.of_city(visit.engine, visit.city),
        faults=[say(fault) for fault in faults],
        may_write=visit.account is not None and visit.account.may(EDITOR),
        longest=notes.LONGEST,
    )


def _note_faults(visit: Visit, day: datetime.date | None, text: str) -> list[Text]:
    faults = []
    if day is None or not 2000 <= day.year <= 2100:
        faults.append(frame.NOTE_WRONG_DAY)
    if not 0 < len(text) <= notes.LONGEST:
        faults.append(frame.NOTE_WRONG_TEXT)
    if notes.is_full(visit.engine, visit.city):
        faults.append(frame.NOTE_FULL)
    return faults
