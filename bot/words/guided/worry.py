"""What is said to families and friends who worry, and to those who want to leave a group.

Stay in contact and do not argue: the first advice of the family helplines (RAN, September 2020).
"""

from __future__ import annotations

from bot.words.guided.common import LOOK_AFTER_YOURSELF, NO, NOT_SURE, NOT_SURE_OF_DANGER, YES_NOW
from bot.words.marks import label, sentence

WORRY_QUESTIONS = {
    "danger": sentence("Is anyone in danger, or does somebody plan to hurt people?"),
    "who": sentence("Who are you worried about?"),
    "ways": sentence("Here you can read what helps."),
}

WORRY_ANSWERS = {
    "danger": YES_NOW,
    "plan": label("button", "There is a plan or a threat"),
    "unsure": NOT_SURE,
    "safe": NO,
    "child": label("button", "My child"),
    "partner": label("button", "My partner"),
    "family": label("button", "Somebody in my family"),
    "friend": label("button", "A friend"),
    "other": label("button", "Somebody I know"),
    "contact": label("button", "Stay in contact"),
    "talking": label("button", "Words that help"),
    "police": label("button", "When to call the police"),
    "yourself": LOOK_AFTER_YOURSELF,
}

WORRY_ADDS = {
    "unsure": (NOT_SURE_OF_DANGER,),
    "child": (
        sentence(
            "You know your child best, and what is between you protects your child. A worry does not"
            " make you a bad parent."
        ),
    ),
    "partner": (sentence("You do not have to carry this alone. Your own safety matters as well."),),
    "family": (sentence("It is good that you care. Families can do a lot by staying close."),),
    "friend": (
        sentence("A friend who stays is worth a lot. You do not need to have all the answers."),
    ),
    "other": (sentence("It is good that you care. These people can think along with you."),),
    "contact": (
        sentence(
            "Keep talking about everyday things: food, music, sport, plans. Do things together that"
            " have nothing to do with it. Do not end the contact as a punishment. Say that they can"
            " always come to you."
        ),
    ),
    "talking": (
        sentence(
            "Ask, and listen: “What do you like there?”, “How do you feel with them?”. Do not argue"
            " about ideas, and do not laugh at them. You can say no to hate and yes to the person."
        ),
        sentence(
            "Say what you feel: “I miss you.” Or: “I am worried about you.” Short talks at quiet moments"
            " are enough."
        ),
    ),
    "police": (
        sentence(
            "Call {number} when somebody may be hurt soon: a plan, a weapon, a goodbye, a journey to"
            " fight. In all other cases, begin with people who help families. Ask them first who"
            " they are, and what they must pass on."
        ),
    ),
    "yourself": (
        sentence(
            "Worry takes strength. Eat, sleep, and talk to somebody you trust. You are not to blame"
            " for what another person thinks or does."
        ),
    ),
}

LEAVING_QUESTIONS = {
    "danger": sentence("Are you in danger now?"),
    "wish": sentence("What would help you most?"),
    "ways": sentence("Here you can read more."),
}

LEAVING_ANSWERS = {
    "danger": YES_NOW,
    "unsure": NOT_SURE,
    "safe": NO,
    "talk": label("button", "To talk it over"),
    "way_out": label("button", "A way out of the group"),
    "afraid": label("button", "I am afraid of them"),
    "past": label("button", "Things I did before"),
    "first_steps": label("button", "First steps"),
    "phone": label("button", "Phone and internet"),
    "hard_days": label("button", "When it gets hard"),
}

LEAVING_ADDS = {
    "unsure": (NOT_SURE_OF_DANGER,),
    "talk": (sentence("You do not have to be sure. Doubts are a good reason to talk."),),
    "way_out": (
        sentence(
            "You do not have to leave in one day. Small steps count: fewer meetings, new people,"
            " new plans."
        ),
    ),
    "afraid": (
        sentence(
            "Do not tell the group that you want to leave. First talk to people who know such groups."
            " If somebody threatens you, call {number}."
        ),
    ),
    "past": (
        sentence(
            "People who help others to leave have heard a lot before. Before you talk about crimes,"
            " ask what they must pass on. A lawyer can tell you what you should know first."
        ),
    ),
    "first_steps": (
        sentence(
            "Choose one person outside the group whom you trust. Meet people who have nothing to do"
            " with it, at sport, at work or at home. Write down why you want to leave, and read it on"
            " hard days."
        ),
    ),
    "phone": (
        sentence(
            "Leave group chats quietly, one after the other. Change your passwords. Turn off the"
            " sharing of your location. Do not argue with the group online."
        ),
    ),
    "hard_days": (
        sentence(
            "Many people miss friends and the feeling of belonging. That is normal, and it gets"
            " easier. Talk to somebody before you go back."
        ),
    ),
}
