"""The buttons under the replies. Every keyboard ends on the language button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import routes
from bot.answers.model import Button
from bot.answers.payload import (
    AFTER,
    FORGET,
    GROUP,
    MORE,
    NEAR,
    SPEAKS,
    WHERE,
    Press,
)
from bot.directory.model import City
from bot.words import doors, followups, languages, rumours, telegram, texts
from bot.words.catalogue import Words
from bot.words.marks import Text

Rows = tuple[tuple[Button, ...], ...]

# A globe is found also by somebody who cannot read the label beside it.
GLOBE = "\N{GLOBE WITH MERIDIANS}"

CONVERSATION_NAMES = {
    "show_menu": texts.SOMETHING_ELSE,
    "talk_to_human": texts.HUMAN_BUTTON,
    "ask_privacy": texts.PRIVACY_BUTTON,
    "answer_not_helpful": texts.NOT_HELPFUL_BUTTON,
}


NEAR_ME = Press("ask_where_when", NEAR)

# The ways on that stand under every offer of doors.
ALWAYS_OFFERED = ("show_menu", "talk_to_human")

READ_BY_OTHERS = "abuse_at_home"

# A phone shows about so many characters on half a row; the second number only when rows run out.
SHORT, STILL_SHORT = 18, 20
MOST_ROWS = 10


def menu(words: Words) -> Rows:
    """Return the first menu: a button for each group of routes.

    Danger has the first row for itself: a hand that shakes finds it.
    """
    danger, *others = (
        button(words, name, Press("show_menu", GROUP, group))
        for group, name in doors.GROUP_NAMES.items()
    )
    below = (_doors_row(words, "talk_to_human", "ask_privacy"), _language_row(words))
    return ((danger,), *side_by_side(others), *below)


def group(words: Words, name: str) -> Rows:
    """Return the doors of one group of routes, on ten rows where their names allow it."""
    below = ways_on(words)
    doors_of_group = [button for row in door_rows(words, routes.ids(name)) for button in row]
    rows = side_by_side(doors_of_group)
    if len(rows) + len(below) > MOST_ROWS:
        rows = side_by_side(doors_of_group, STILL_SHORT)
    return (*rows, *below)


def side_by_side(buttons: Sequence[Button], short: int = SHORT) -> Rows:
    """Return buttons in rows: those with short labels two by two, the others alone.

    The order stays, but for the second of two short ones, which moves up beside the first.
    """
    rows: list[tuple[Button, ...]] = []
    waiting: int | None = None
    for button in buttons:
        if len(button.label) > short:
            rows.append((button,))
        elif waiting is None:
            waiting = len(rows)
            rows.append((button,))
        else:
            rows[waiting] = (*rows[waiting], button)
            waiting = None
    return tuple(rows)


def privacy(words: Words) -> Rows:
    """Return the button that forgets the chat, and the ways on."""
    return (_forget_row(words), *ways_on(words))


def after_card(words: Words, route: str, more: bool) -> Rows:
    """Return the buttons under an urgent card; where others may read the phone, one forgets it."""
    *rows, language_row = after_services(words, route, 0, more)
    if route == READ_BY_OTHERS:
        rows.append(_forget_row(words))
    return (*rows, language_row)


def forget(words: Words, sure: str) -> Rows:
    """Return yes and no to forgetting the chat, and the ways on."""
    yes = button(words, telegram.FORGET_YES, Press("ask_privacy", FORGET, sure))
    return ((yes, button(words, telegram.FORGET_NO, Press("deny"))), *ways_on(words))


def offer(words: Words, offered: Iterable[str]) -> Rows:
    """Return the offered doors, and the ways on when none of them fits."""
    return (*door_rows(words, offered), *ways_on(words))


def yes_no(words: Words, yes: str, no: str) -> Rows:
    """Return yes and no, each leading to a route, and the ways on for whoever means neither."""
    answers = (button(words, texts.YES, Press(yes)), button(words, texts.NO, Press(no)))
    return (answers, *ways_on(words))


def after_services(
    words: Words, route: str, page: int, more: bool, has_districts: bool = False
) -> Rows:
    """Return the buttons under a page of services; `more` tells whether another page follows."""
    next_page = (button(words, texts.MORE, Press(route, MORE, str(page + 1))),) if more else ()
    details = (
        button(words, texts.WHERE_WHEN, Press(route, WHERE, str(page))),
        button(words, texts.WHAT_HAPPENS_BUTTON, Press(route, AFTER, str(page))),
    )
    near = (button(words, texts.NEAR_BUTTON, NEAR_ME),) if has_districts else ()
    below = _doors_row(words, "show_menu", "answer_not_helpful")
    return tuple(row for row in (next_page, details, near, below, _language_row(words)) if row)


def districts(words: Words, city: City) -> Rows:
    """Return a button for each district of the city, and the ways on."""
    named = [
        Button(district.name_in(words.language), Press("ask_where_when", NEAR, district.id).payload)
        for district in city.districts.values()
    ]
    named.sort(key=lambda button: button.label)
    return (*_pairs(named), *ways_on(words))


def after_details(words: Words, route: str, page: int) -> Rows:
    """Return the buttons under the details of services that were shown before."""
    back = button(words, texts.BACK_TO_SERVICES, Press(route, MORE, str(page)))
    return ((back,), _doors_row(words, "show_menu", "talk_to_human"), _language_row(words))


def language_choices(words: Words, route: str, code: str, name: str) -> Rows:
    """Return what may be meant by the name of a language alone: write in it, or who speaks it."""
    write = Button(
        words.say(followups.WRITE_IN, language=name), Press("change_language", "", code).payload
    )
    speak = Button(
        words.say(followups.WHO_SPEAKS, language=name), Press(route, SPEAKS, code).payload
    )
    return ((write,), (speak,), *ways_on(words))


def not_helpful(words: Words, more: Press | None, others: Iterable[str]) -> Rows:
    """Return what else is there: more services when there are any, other doors, a person."""
    next_page = (button(words, texts.MORE, more),) if more else ()
    rows = (next_page, *door_rows(words, others), *ways_on(words))
    return tuple(row for row in rows if row)


def after_rumour(words: Words, related: Iterable[str]) -> Rows:
    """Return where else to check, the doors that a rumour is related to, and the ways on."""
    check = Press("check_rumour")
    elsewhere = (button(words, rumours.OTHER_CHECKS_BUTTON, check),)
    doors_on = door_rows(words, (route for route in related if route != check.route))
    below = _doors_row(words, "show_menu", "answer_not_helpful")
    return (elsewhere, *doors_on, below, _language_row(words))


def language_picker(words: Words) -> Rows:
    """Return a button for each language, in its own name, and the way back to the menu."""
    names = [
        Button(languages.table()[code].name, Press("change_language", "", code).payload)
        for code in languages.supported()
    ]
    return (*_pairs(names), _doors_row(words, "show_menu"))


def door_name(words: Words, route: str) -> str | None:
    """Return the name of a route's button; None for a route that is never offered."""
    name = doors.NAMES.get(route) or CONVERSATION_NAMES.get(route)
    return words.say(name) if name else None


def _pairs(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))


def _forget_row(words: Words) -> tuple[Button, ...]:
    return (button(words, telegram.FORGET_BUTTON, Press("ask_privacy", FORGET)),)


def ways_on(words: Words) -> Rows:
    """Return the ways on when nothing above fits: the menu, a person, another language."""
    return (_doors_row(words, *ALWAYS_OFFERED), _language_row(words))


def door_rows(words: Words, route_ids: Iterable[str]) -> Rows:
    """Return a row for each of the doors that has a name."""
    rows = (_doors_row(words, route) for route in route_ids)
    return tuple(row for row in rows if row)


def _doors_row(words: Words, *route_ids: str) -> tuple[Button, ...]:
    named = ((route, door_name(words, route)) for route in route_ids)
    return tuple(Button(name, Press(route).payload) for route, name in named if name)


def _language_row(words: Words) -> tuple[Button, ...]:
    label = f"{GLOBE} {words.say(texts.LANGUAGE_BUTTON)}"
    return (Button(label, Press("change_language").payload),)


def button(words: Words, name: Text, press: Press) -> Button:
    """Return a button with its name in the person's language."""
    return Button(words.say(name), press.payload)
