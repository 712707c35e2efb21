"""What is said to somebody who may want to report hate, discrimination or extremist activity.

Support does not depend on a report (Council of Europe, CM/Rec(2024)4); what anonymity costs is said
beside it (Facing Facts, glossary of third-party reporting).
"""

from __future__ import annotations

from bot.words.guided.common import NO, NOT_SURE, NOT_SURE_OF_DANGER, YES_NOW
from bot.words.marks import label, sentence

QUESTIONS = {
    "danger": sentence("Is anyone still in danger now?"),
    "whom": sentence("Did it happen to you, or did you see it?"),
    "wish": sentence("What do you want most now? You can choose again later."),
    "doors": sentence("You decide whether you contact one of them. Here you can read more."),
}

ANSWERS = {
    "danger": YES_NOW,
    "unsure": NOT_SURE,
    "safe": NO,
    "to_me": label("button", "It happened to me"),
    "seen": label("button", "I saw it"),
    "heard": label("button", "To be heard"),
    "support": label("button", "Support"),
    "police": label("button", "A report with the police"),
    "no_police": label("button", "A report without the police"),
    "anonymous": label("button", "To stay anonymous"),
    "proof": label("button", "Advice on proof"),
    "note_down": label("button", "What to note down now"),
    "papers": label("button", "My residence papers"),
    "platform": label("button", "Report it on the platform"),
    "evidence": label("button", "Keep evidence"),
}

ADDS = {
    "unsure": (NOT_SURE_OF_DANGER,),
    "to_me": (
        sentence(
            "I am sorry that this happened to you. It is not your fault. You need no proof to ask for"
            " help."
        ),
    ),
    "seen": (
        sentence(
            "It is good that you tell. If you can, ask the person it happened to what they want. You"
            " can also say what you saw yourself."
        ),
    ),
    "heard": (
        sentence("You can tell what happened, and report nothing. These people listen and advise."),
    ),
    "support": (
        sentence(
            "There is support also for those who never make a report. You can ask for somebody to talk"
            " to, for legal advice, and for practical help."
        ),
    ),
    "police": (
        sentence(
            "A case in court mostly begins with a report to the police. They ask for your name. You"
            " may bring somebody along. If you think it happened because of who you are, say so, and"
            " ask them to write it down."
        ),
    ),
    "no_police": (
        sentence(
            "The police come last in this list. Other places can write down what happened and advise"
            " you. Ask them first what they do with it."
        ),
    ),
    "anonymous": (
        sentence(
            "You can ask without your name. It has a price: they cannot call you back, and they can do"
            " less against those who did it. You can still give your name later."
        ),
    ),
    "proof": (
        sentence(
            "Keep everything as it is. These people can tell you what else may count as proof."
        ),
    ),
    "papers": (
        sentence(
            "Everybody can ask for help. Some offices ask for residence papers, and some may have to"
            " pass things on. Ask about this first, without your name. A legal service can tell you"
            " what holds for you."
        ),
    ),
}
