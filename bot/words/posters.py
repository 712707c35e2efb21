"""What stands on a poster, for people who have not met Right Door yet."""

from __future__ import annotations

from bot.words.marks import sentence

QUESTION = sentence("Which door is the right one?")
ANSWER = sentence("Ask Right Door.")
ABOUT = sentence(
    "Write on Telegram what you need, in your own words. Right Door shows you which service in"
    " {city} can help."
)
ABOUT_STAFF = sentence(
    "You work with people and have a question or a concern? Right Door shows you whom to ask in"
    " {city}. Please send no names."
)
SCAN = sentence("Scan this with your phone, or open this address:")
PROGRAM = sentence(
    "Right Door is a computer program, not a person. It asks for no name and keeps no messages."
    " Telegram itself keeps the chat."
)
