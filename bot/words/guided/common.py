"""The sentences that all guided conversations share."""

from __future__ import annotations

from bot.words import texts
from bot.words.marks import label, sentence

OPENING = sentence("We can go through it together, step by step. You can stop at any time.")
CHOOSE = sentence("I could not read an answer in that. Please choose what fits best.")
STOPPED = sentence("All right, we stop here. You can begin again at any time.")
RESUMED = sentence("We go on where we were.")
NO_NAMES = sentence("Please send no names. I have not kept the name, and I do not need it.")

READ_ON = sentence("Read on {date} on these pages:")
NAMED = sentence("{name}: {how}")

BACK = label("button", "Back")
STOP = label("button", "Stop here")
RESUME = label("button", "Go on with the questions")
STEP_BY_STEP = label("button", "Step by step")

# Short answers that several conversations offer.
YES_NOW = label("button", "Yes, right now")
NOT_SURE = label("button", "I am not sure")
NO = texts.NO
HELP_NOW = label("button", "I need help right now")
WHAT_IS_NORMAL = label("button", "What is normal")
WHAT_HELPS_TODAY = label("button", "What helps today")
LATER = label("button", "Weeks and months later")
LOOK_AFTER_YOURSELF = label("button", "Look after yourself")

NOT_SURE_OF_DANGER = sentence(
    "If you are not sure, call {number} and ask. You do not have to decide that alone."
)
NORMAL = (
    sentence(
        "Everybody reacts in their own way. Fear, anger, tears, guilt, bad sleep, pictures that come"
        " back, being on guard: all this is normal after what happened. So is feeling nothing."
    ),
    sentence("In most people it gets weaker after some days or weeks. Take your time."),
)
IN_TIME = (
    sentence(
        "Good days and bad days take turns. News, a trial or the day one year later can bring it"
        " back. Plan something for such days, and do not stay alone if you do not want to."
    ),
    sentence(
        "If sleep, fear or pictures do not get better after about a month, ask for help. Help is"
        " possible also after years."
    ),
)
