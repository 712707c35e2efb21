"""Every reply is shown whole on Telegram: in parts that fit, as HTML, with its buttons."""

from __future__ import annotations

import datetime

import pytest
from fakes.telegram_html import parse_html, utf16_length
from fakes.telegram_rules import MESSAGE_LENGTH, check_inline_keyboard, check_text
from hypothesis import example, given
from hypothesis import strategies as st

from bot import routes
from bot.answers import kinds
from bot.answers.model import Button, Memory, Reply, Turn
from bot.directory import pack
from bot.gateway import render
from bot.words import languages

EMOJI = "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}"
# Long texts out of short pieces, so that many cuts fall between, on and inside words.
WORDS = st.sampled_from(["a", "&", "<b>", "\n", " ", "  ", "été", "مرحبا", EMOJI, "x" * 37])
REPEATED = st.tuples(WORDS, st.integers(1, 2500)).map(lambda pair: pair[0] * pair[1])
MIXED = st.lists(WORDS | REPEATED, min_size=1, max_size=30).map("".join)
PARAGRAPHS = st.lists(MIXED | st.text(min_size=1), min_size=1, max_size=6)
SAID = PARAGRAPHS.filter(lambda paragraphs: "".join(paragraphs).strip())


def words_of(text: str) -> str:
    return "".join(text.split())


@given(SAID)
@example(["x" * 4096 + "  " + "y"])
@example([EMOJI * 2000, " ", "z"])
def test_any_reply_is_split_into_parts_that_telegram_accepts_and_nothing_is_lost(paragraphs):
    reply = Reply("en", tuple(paragraphs), (), headings=tuple(paragraphs[0].split("\n")))
    shown = [check_text({"text": part, "parse_mode": "HTML"}) for part in render.parts(reply)]
    assert words_of("".join(part.plain for part in shown)) == words_of("".join(paragraphs))


@given(SAID, st.integers(20, 60))
def test_no_part_is_longer_than_asked_for_and_neighbours_would_not_fit_together(paragraphs, limit):
    parts = render.split(paragraphs, limit)
    lengths = [utf16_length(part) for part in parts]
    assert max(lengths) <= limit
    assert words_of("".join(parts)) == words_of("".join(paragraphs))


def test_a_reply_that_fits_is_one_part_with_an_empty_line_between_paragraphs():
    assert render.split(["one\ntwo", "three"]) == ["one\ntwo\n\nthree"]
    exact = ["x" * 2047, "y" * 2047]
    assert render.split(exact) == ["\n\n".join(exact)]
    assert render.split([exact[0], "y" * 2048]) == [exact[0], "y" * 2048]


def test_a_cut_falls_between_paragraphs_before_lines_and_between_lines_before_words():
    assert render.split(["aaa bbb", "ccc ddd"], 10) == ["aaa bbb", "ccc ddd"]
    assert render.split(["aaa bbb\nccc ddd"], 10) == ["aaa bbb", "ccc ddd"]
    assert render.split(["aaa bbb ccc ddd"], 10) == ["aaa bbb", "ccc ddd"]
    assert render.split(["aaa bbb\nc\nddd"], 10) == ["aaa bbb\nc", "ddd"]


def test_length_is_counted_as_telegram_counts_it():
    for text in ("", "abc", "été", "مرحبا", EMOJI, "\N{FAMILY}\u200d"):
        assert render.length(text) == utf16_length(text)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_what_a_reader_sees_is_the_text_itself(text, headings):
    shown = parse_html(render.as_html(text, [*headings, *text.split("\n")[:2]]))
    assert shown.plain == text


def test_only_a_whole_line_that_is_a_heading_is_bold():
    shown = parse_html(render.as_html("Blue House\nThe Blue House\nBlue House", ["Blue House"]))
    assert [entity["offset"] for entity in shown.entities] == [0, 26]
    assert {entity["type"] for entity in shown.entities} == {"bold"}


def test_buttons_keep_their_rows_their_order_and_their_payloads():
    rows = ((Button("A", "/a"), Button("B", "/b")), (Button("C", "/c"),))
    shown = render.keyboard(Reply("en", ("x",), rows))["inline_keyboard"]
    assert [[(one["text"], one["callback_data"]) for one in row] for row in shown] == [
        [("A", "/a"), ("B", "/b")],
        [("C", "/c")],
    ]


@pytest.mark.parametrize("language", languages.supported())
def test_telegram_accepts_the_answer_to_every_route_in_every_language(language):
    brussels = pack.load("brussels")
    now = datetime.datetime(2025, 3, 3, 12, tzinfo=brussels.city.time_zone)
    for route in routes.ids():
        for memory in (Memory(), Memory(introduced=True, last_route="housing_help")):
            reply = kinds.respond(Turn(route, language, now, memory=memory), brussels).reply
            for part in render.parts(reply):
                shown = check_text({"text": part, "parse_mode": "HTML"})
                assert utf16_length(shown.plain) <= MESSAGE_LENGTH
            markup = render.keyboard(reply)
            assert check_inline_keyboard({"reply_markup": markup}), f"{route} has no buttons"
