"""Nothing about a person goes on: numbers, addresses, links, handles and chat ids stay behind."""

from __future__ import annotations

import datetime
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.gateway.conversation import safe_text
from bot.privacy.pseudonym import Pseudonyms
from bot.privacy.redact import redact

SETTINGS = settings(database=None, deadline=None, max_examples=100)
# The zeros of Latin, Arabic, Persian, Hindi, Bengali and full-width digits.
ZEROS = (0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xFF10)
BETWEEN = ("", " ", "\u00a0", "\u202f", "-", "\u2011", "–", ".", "/", " / ", " - ", ") ", " (", "·")
BEFORE = ("", "+", "(+", "tel:", "tel", "nr ", "ب", "و")
AFTER = ("", " ", ".", "!", "x", "؟", " bel me")
WORDS = st.sampled_from(("call", "appelle-le", "bel", "اتصل", "дзвони"))
MONDAY = datetime.date(2026, 11, 23)


@st.composite
def long_numbers(draw: st.DrawFn) -> str:
    zero = draw(st.sampled_from(ZEROS))
    digits = [chr(zero + n) for n in draw(st.lists(st.integers(0, 9), min_size=7, max_size=15))]
    gaps = draw(st.lists(st.sampled_from(BETWEEN), min_size=len(digits), max_size=len(digits)))
    return "".join(digit + gap for digit, gap in zip(digits, [*gaps[1:], ""]))


@st.composite
def links(draw: st.DrawFn) -> str:
    begin = draw(st.sampled_from(("https://", "http://", "HTTPS://", "www.", "t.me/", "x.com/")))
    return begin + draw(
        st.from_regex(r"[a-z]{2,9}(\.[a-z]{2,4})?/?[\w./?=&%#~-]{0,20}", fullmatch=True)
    )


@SETTINGS
@given(long_numbers(), st.sampled_from(BEFORE), st.sampled_from(AFTER), WORDS)
@example("+32 (0)470 12 34 56", "", "", "a")
@example("85.07.30-033.61", "", "", "a")
@example("0470    12    34    56", "", "", "a")
def test_a_long_number_is_taken_out_in_any_script_however_it_is_written(
    number, before, after, word
):
    left = redact(f"{word} {before}{number}{after}")
    assert not any(char.isdigit() for char in left), left
    assert left.startswith(word)


@SETTINGS
@given(st.lists(st.integers(0, 9999), min_size=1, max_size=5), WORDS)
def test_short_numbers_in_a_sentence_stay(numbers, word):
    text = f"{word} {', '.join(map(str, numbers))} {word}"
    assert redact(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("call 112 now", "is 1813 for Dutch?", "child focus 116 000", "0800 12", "107"),
        *("I am 16 and my son is 7", "born in 1998", "room 12, floor 3", "bus 71", "10:30"),
        *("عمري 16 سنة", "رقم ١١٢", "€ 1.250,50", "2/3 of it", "covid19"),
    ],
)
def test_emergency_numbers_ages_years_and_times_stay(text):
    assert redact(text) == text


@SETTINGS
@given(st.emails(), WORDS)
def test_an_email_address_is_taken_out(address, word):
    left = redact(f"{word} {address} {word}")
    assert left == f"{word} {word}"


@SETTINGS
@given(links(), WORDS)
def test_a_link_is_taken_out(link, word):
    assert redact(f"{word} {link} {word}") == f"{word} {word}"


@SETTINGS
@given(st.from_regex(r"@[a-zA-Z][a-zA-Z0-9_]{2,31}", fullmatch=True), WORDS)
@example("@jan.peeters", "a")
def test_a_handle_is_taken_out(handle, word):
    assert redact(f"{word} {handle} {word}") == f"{word} {word}"


@pytest.mark.parametrize(
    "secret",
    [
        *(
            "facebook.com/jan.peeters.5",
            "instagram.com/jan",
            "wa.me/32470123456",
            "tg://user?id=12345678",
        ),
        *("BE68 5390 0754 7034", "be68539007547034", "AB1234567", "1234567890123456"),
    ],
)
def test_profiles_accounts_and_passports_are_taken_out(secret):
    left = redact(f"this is {secret} of mine")
    assert not re.search(r"jan|\d", left), left


@SETTINGS
@given(st.text(alphabet="0123456789 @./-(a\u0661\n", max_size=60))
@example("0000000@000")
def test_what_was_taken_out_leaves_nothing_that_would_be_taken_out(text):
    once = redact(text)
    assert redact(once) == once


@SETTINGS
@given(st.text(alphabet="/ \t\ngreet0123456789@", max_size=30))
@example("/greet")
@example("https://x.be /greet")
@example("0470 12 34 56 /emergency_now")
def test_no_typed_text_becomes_a_command(text):
    assert not safe_text(text).startswith("/")


@pytest.mark.parametrize(
    "unit", ["a", "a.", "a-", "1.", "١-", "a@", "be12 3456", "(", "www.", "a./"]
)
def test_a_hostile_text_does_not_hold_up_the_others(unit):
    begin = time.process_time()
    safe_text(unit * 100_000)
    assert time.process_time() - begin < 2


def pseudonyms(days: list[datetime.date]) -> Pseudonyms:
    return Pseudonyms(lambda: days[-1])


def test_a_chat_keeps_its_name_for_a_day():
    names = pseudonyms([MONDAY])
    assert names.of("telegram", 42) == names.of("telegram", 42)
    assert re.fullmatch("[0-9a-f]{32}", names.of("telegram", 42))


def test_every_chat_and_every_channel_has_a_name_of_its_own():
    names = pseudonyms([MONDAY])
    given_ = {
        names.of(channel, chat) for channel in ("telegram", "terminal") for chat in range(500)
    }
    assert len(given_) == 1000


def test_the_next_day_and_the_next_start_bring_new_names():
    days = [MONDAY]
    names = pseudonyms(days)
    monday = names.of("telegram", 42)
    days.append(MONDAY + datetime.timedelta(days=1))
    tuesday = names.of("telegram", 42)
    days.append(MONDAY)
    assert len({monday, tuesday, names.of("telegram", 42)}) == 3, "a key has come back"
    assert monday != pseudonyms([MONDAY]).of("telegram", 42)


def test_a_name_does_not_hold_the_chat_id():
    name = pseudonyms([MONDAY]).of("telegram", 123456789)
    assert "123456789" not in name
    assert format(123456789, "x") not in name
