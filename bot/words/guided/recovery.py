"""What is said after violence, in low moods, and to staff who are worn out.

General psychological first aid: reactions are normal, most get better by themselves, help when
they stay for about a month. No diagnosis, no question about plans.
"""

from __future__ import annotations

from bot.words.guided.common import (
    HELP_NOW,
    IN_TIME,
    LATER,
    NORMAL,
    WHAT_HELPS_TODAY,
    WHAT_IS_NORMAL,
)  # fmt: skip
from bot.words.marks import label, sentence

TODAY = (
    sentence(
        "Be with people who are good for you. Eat, drink, rest, and move a little. Keep to everyday"
        " things. Look at no more news and pictures than you need. Alcohol and drugs make it harder."
    ),
    sentence("You do not have to tell everything. You can say: “Please just stay with me.”"),
)

TRAUMA_QUESTIONS = {
    "when": sentence("When did it happen?"),
    "ways": sentence("Here you can read more."),
}
TRAUMA_ANSWERS = {
    "now": HELP_NOW,
    "days": label("button", "In the last days"),
    "weeks": label("button", "Some weeks ago"),
    "longer": label("button", "Months or years ago"),
    "normal": WHAT_IS_NORMAL,
    "today": WHAT_HELPS_TODAY,
    "later": LATER,
    "children": label("button", "How to help children"),
    "money": label("button", "Money and rights"),
}
TRAUMA_ADDS = {
    "days": (
        sentence(
            "In the first days, strong feelings are normal, and so is feeling nothing. You do not have"
            " to do anything now but look after yourself."
        ),
    ),
    "weeks": (
        sentence(
            "After some weeks, many people feel better. If it does not get better after about a month,"
            " it is good to ask for help."
        ),
    ),
    "longer": (
        sentence(
            "It can come back after months or years: with a date, a trial, the news, a sound. Help is"
            " possible also after a long time."
        ),
    ),
    "normal": NORMAL,
    "today": TODAY,
    "later": IN_TIME,
    "children": (
        sentence(
            "Tell children the truth in simple words. Ask what they have heard. If they are safe now,"
            " tell them so. Keep the day as usual, and turn the pictures off. Be near them."
        ),
    ),
    "money": (
        sentence(
            "In many countries, victims can get money from the state: for treatment, lost work or a"
            " funeral. There are time limits. Keep bills, doctors’ papers and the number of the police"
            " report. Victim support or a lawyer can help you with the forms."
        ),
    ),
}

MOOD_QUESTIONS = {
    "since": sentence("How long has it been like this?"),
    "ways": sentence("Here you can read more."),
}
MOOD_ANSWERS = {
    "now": HELP_NOW,
    "days": label("button", "For some days"),
    "weeks": label("button", "For two weeks or longer"),
    "other": label("button", "I ask for somebody else"),
    "today": WHAT_HELPS_TODAY,
    "words": label("button", "How to say it"),
    "longer": label("button", "Help over a longer time"),
}
MOOD_ADDS = {
    "days": (
        sentence("There are hard days in every life. Talking helps, also when it seems small."),
    ),
    "weeks": (
        sentence(
            "Has it lasted two weeks or longer, or does it make your days hard? Then it is good to talk"
            " to a doctor or a counsellor."
        ),
    ),
    "other": (
        sentence(
            "It is good that you care. Ask how they are, and listen. You do not need answers. You can"
            " offer to go along."
        ),
    ),
    "today": (
        sentence(
            "Choose one small thing: go outside, call somebody, take a shower, eat something warm. Go"
            " to bed at the same time each day, without the phone. Be as kind to yourself as to a"
            " friend."
        ),
    ),
    "words": (
        sentence(
            "You can say: “I have not been well for some time. I need help.” That is enough. You can"
            " also write it on paper and show it."
        ),
    ),
    "longer": (
        sentence(
            "A family doctor is a good first step. They know who helps near you. You may bring"
            " somebody along, and you may ask for an interpreter. If you have to wait, ask who can help"
            " until then."
        ),
    ),
}

WORK_QUESTIONS = {
    "what": sentence("What weighs on you most?"),
    "ways": sentence("Here you can read more."),
}
WORK_ANSWERS = {
    "now": HELP_NOW,
    "event": label("button", "Something that happened"),
    "load": label("button", "Too much for too long"),
    "colleague": label("button", "I worry about a colleague"),
    "normal": WHAT_IS_NORMAL,
    "today": WHAT_HELPS_TODAY,
    "employer": label("button", "What to ask for at work"),
    "later": LATER,
}
WORK_ADDS = {
    "event": (
        sentence(
            "After a hard event, strong feelings are normal, also for people who are trained for it."
            " Do not stay alone with it. Talk with your team in the next days."
        ),
    ),
    "load": (
        sentence("Being worn out is not a weakness. It shows that the load has been too big."),
    ),
    "colleague": (
        sentence(
            "Ask how they are, in a quiet moment. Say what you noticed. Offer to go along to somebody"
            " who helps."
        ),
    ),
    "normal": NORMAL,
    "today": TODAY,
    "employer": (
        sentence(
            "You can ask for a talk with the team, for time to rest, for other tasks, or for"
            " supervision. In most countries, employers must look after health at work. The doctor for"
            " your workplace or a union can help you to ask."
        ),
    ),
    "later": IN_TIME,
}
