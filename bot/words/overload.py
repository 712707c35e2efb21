"""What a person reads when more people write than can be answered in time."""

from __future__ import annotations

from bot.words.marks import sentence

OVERLOAD = sentence("Many people are writing at this moment.")
OVERLOAD_DANGER = sentence("If you are in danger, call {number} now.")
OVERLOAD_AGAIN = sentence("Please write again in a few minutes.")
