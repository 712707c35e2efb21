"""The sentences that answer a follow-up: another day, in writing, by phone, in which language."""

from __future__ import annotations

from bot.words.marks import label, sentence

# One service on one day --------------------------------------------------------------------------

# A name of a day stands alone, since many languages bend it after "on".
ON_DAY = sentence("{day}: {times}.")
ALWAYS_ON_DAY = sentence("{day}: open day and night.")
CLOSED_ON_DAY = sentence("{day}: closed.")
UNKNOWN_ON_DAY = sentence("{day}: I do not know the hours. Please call first.")
UNKNOWN_ON_DAY_NO_PHONE = sentence("{day}: I do not know the hours. Please ask first.")
HOLIDAY_ON_DAY = sentence("{day} is a public holiday. I do not know the hours.")
UNTIL = sentence("until {time}")

# In writing or by phone --------------------------------------------------------------------------

WRITE_TO_THEM = sentence("Here is how you can write to them.")
NO_WRITTEN_WAY = sentence("I do not know how to write to them.")
LETTER = sentence("Letter: {address}")
CALL_THEM = sentence("Here are their phone numbers.")
NO_PHONE = sentence("I do not know their phone number.")

# Languages ---------------------------------------------------------------------------------------

WHICH_WAY = sentence("What can I do for you in this language: {language}?")
WRITE_IN = label("button", "Write to me: {language}")
WHO_SPEAKS = label("button", "Who speaks it: {language}")
THEY_SPEAK = sentence("Someone there speaks this language: {language}.")
NOBODY_KNOWN = sentence(
    "I do not know a place for this where someone speaks this language: {language}."
    " You can ask there for an interpreter."
)
CANNOT_WRITE = sentence("I cannot write in this language: {language}.")

# The chat itself ---------------------------------------------------------------------------------

STOPPED = sentence("All right, we stop here. You can write to me again at any time.")
