"""What is said about a rumour that somebody asks about."""

from __future__ import annotations

from bot.words.marks import label, sentence

# A false rumour: the fact, a warning, the claim once, why it misleads, the fact again.
FALSE_FOLLOWS = sentence("Some people tell it differently. The next sentence is false:")
CLAIM = sentence("“{claim}”")
WHY_IT_MISLEADS = sentence("Why it misleads: {reason}")
FACT_AGAIN = sentence("So: {fact}")
TRUE_INDEED = sentence("Yes, this is true.")
NOT_KNOWN_YET = sentence("People tell this: “{claim}” Nobody knows yet whether it is true.")
KNOWN_SO_FAR = sentence("What is known so far: {fact}")

# Who says so, and until when it holds.
SAID_BY = sentence("{office} says so. They checked it on {date}.")
MESSENGER = sentence("{who} says so, too.")
SOURCE = sentence("Read more: {url}")
NEXT_CHECK = sentence("They will check again on {date}.")
STALE = sentence("This was last checked on {date}. It may have changed. Please ask again.")
ASK_HERE = sentence("You can ask here:")

# No rumour that was checked.
NOTHING_CHECKED = sentence(
    "I have no checked answer to this. I do not know whether it is true or false."
)
DO_NOT_PASS_ON = sentence("Please do not pass it on before someone has checked it.")

OTHER_CHECKS_BUTTON = label("button", "Other places to check")
