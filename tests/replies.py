"""What every reply must be, and how tests ask for one: nobody is ever left without a next step."""

from __future__ import annotations

import datetime
import re

from bot import settings
from bot.answers import kinds, payload
from bot.answers.model import Answer, Button, Memory, Reply, Turn
from bot.answers.payload import Press
from bot.directory import pack
from bot.words import languages
from bot.words.catalogue import END_OF_ISOLATE, ISOLATE

CITY = pack.load(settings.read({}).city)
# A Monday morning, and a Sunday night at which offices are closed.
MORNING = datetime.datetime(2026, 11, 23, 10, tzinfo=CITY.city.time_zone)
NIGHT = datetime.datetime(2026, 11, 22, 3, tzinfo=CITY.city.time_zone)
LONGEST_LABEL = 42
DIRECTED = re.compile(r"https?://\S+|\S+@\S+\.\S+|\+?\d[\d ./-]*\d")


def respond(
    route: str, language: str = "en", memory: Memory | None = None, **more: object
) -> Answer:
    known = memory or Memory(introduced=True)
    return kinds.respond(Turn(route, language, **{"now": MORNING, "memory": known, **more}), CITY)


def press(button: str, language: str = "en", memory: Memory | None = None) -> Answer:
    read = payload.read(button)
    assert read, button
    return respond(read.route, language, memory, view=read.view, choice=read.choice)


def buttons(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def presses(reply: Reply) -> list[Press | None]:
    return [payload.read(button.payload) for button in buttons(reply)]


def routes_offered(reply: Reply) -> list[str]:
    return [found.route for found in presses(reply) if found and not found.view]


def assert_sound(reply: Reply) -> None:
    assert reply.language in languages.supported()
    assert reply.paragraphs
    for paragraph in reply.paragraphs:
        assert paragraph.strip() == paragraph != "", reply.text
        assert not set(paragraph) & set("{}"), paragraph
        assert "None" not in paragraph, paragraph
    assert set(reply.headings) <= set(reply.text.split("\n"))
    assert_buttons_work(reply)
    if languages.table()[reply.language].rtl:
        assert_isolated(reply.text)


def assert_buttons_work(reply: Reply) -> None:
    assert reply.buttons
    assert all(reply.buttons), "an empty row"
    for button, found in zip(buttons(reply), presses(reply)):
        assert found, f"{button.payload} cannot be read"
        assert found.payload == button.payload
        assert len(button.payload.encode()) <= 64
        assert button.label.strip(), button
        assert len(button.label) <= LONGEST_LABEL, button
    payloads = [button.payload for button in buttons(reply)]
    assert len(set(payloads)) == len(payloads), f"a button stands twice: {payloads}"
    ways_out = {"change_language", "show_menu"}
    assert ways_out & {payload.read(button.payload).route for button in reply.buttons[-1]}


def assert_isolated(text: str) -> None:
    depth, outside = 0, []
    for character in text:
        depth += (character == ISOLATE) - (character == END_OF_ISOLATE)
        assert depth in (0, 1, 2), text
        outside.append(character if depth == 0 else " ")
        if character == "\n":
            assert depth == 0, f"an isolate runs over the end of a line: {text}"
    assert depth == 0, text
    loose = [found for found in DIRECTED.findall("".join(outside)) if is_directed(found)]
    assert not loose, f"not isolated: {loose} in {text}"


# A plain number inside a sentence stands right by itself; one with gaps or signs is torn apart.
def is_directed(found: str) -> bool:
    return not found.isdecimal()
