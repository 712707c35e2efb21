"""What is said to staff who worry about a pupil or another young person.

Sources of the rules: a change in behaviour counts, never who somebody is; advice first, without a
name; police first only in danger (Council of Europe, recommendation of 2021 for first-line staff).
"""

from __future__ import annotations

from bot.words.guided.common import LOOK_AFTER_YOURSELF, NO, NOT_SURE, NOT_SURE_OF_DANGER, YES_NOW
from bot.words.marks import label, sentence

QUESTIONS = {
    "danger": sentence("Is anyone in danger right now?"),
    "noticed": sentence("What have you noticed? Choose what comes closest."),
    "setting": sentence("Where do you work with this young person?"),
    "path": sentence("Here you can read more about each step."),
}

ANSWERS = {
    "danger": YES_NOW,
    "unsure": NOT_SURE,
    "safe": NO,
    "behaviour": label("button", "A change in behaviour"),
    "threat": label("button", "A threat"),
    "isolation": label("button", "Withdrawn and alone"),
    "online": label("button", "Material online"),
    "hateful": label("button", "Hateful words"),
    "recruited": label("button", "Others try to win them over"),
    "bullied": label("button", "Bullying"),
    "looks": label("button", "Looks, faith, clothes, opinions"),
    "school": label("button", "School"),
    "youth_club": label("button", "Youth club or street work"),
    "sport": label("button", "Sports club"),
    "care": label("button", "Care or health"),
    "write_down": label("button", "What to write down"),
    "sharing": label("button", "What may be shared"),
    "pupil": label("button", "Support for pupil and family"),
    "team": label("button", "The local team"),
    "afterwards": label("button", "What happens then"),
    "talking": label("button", "How to talk with them"),
    "yourself": LOOK_AFTER_YOURSELF,
    "summary": label("button", "Summary to copy"),
}

ADDS = {
    "unsure": (NOT_SURE_OF_DANGER,),
    "safe": (
        sentence(
            "Asking me is not a report. I pass nothing on. Please send no names: I do not need them."
        ),
    ),
    "behaviour": (
        sentence(
            "A change can have many reasons: stress, grief, trouble at home, new friends. Look at"
            " what is new, since when, and what happened before."
        ),
    ),
    "threat": (
        sentence(
            "Take a threat seriously. Tell your management today. If you know of a person, a place"
            " or a time, call {number} now."
        ),
    ),
    "isolation": (
        sentence(
            "Somebody who withdraws may be hurt, sad or afraid. Ask first how they are. You do not"
            " have to wait for another sign."
        ),
    ),
    "online": (
        sentence(
            "Ask what they saw, who sent it and what they think of it. Write down the address of the"
            " page and the day. Do not send it on."
        ),
    ),
    "hateful": (
        sentence(
            "Say clearly that these words hurt. Protect those they are aimed at. Then ask the young"
            " person alone what is behind the words. One sentence does not say who a person is."
        ),
    ),
    "recruited": (
        sentence(
            "Such groups often offer friendship and easy answers first. Keep the contact. Show them"
            " other people and places. Do not contact the group yourself."
        ),
    ),
    "bullied": (
        sentence(
            "Protect first whoever is bullied, and tell those in charge today. Hurt people sometimes"
            " look for a group that promises strength."
        ),
    ),
    "looks": (
        sentence(
            "Faith, looks, clothes, food, language, origin and opinions are not a sign of danger."
            " People may believe, look and think as they like."
        ),
        sentence(
            "Did you notice something else as well? Then choose it below. If not, there is nothing to"
            " report."
        ),
    ),
    "school": (
        sentence(
            "1. Talk first to one colleague you trust. Then talk to the person who looks after"
            " pupils, and to the head of the school."
        ),
    ),
    "youth_club": (
        sentence(
            "1. Talk first to your team and to the person in charge. Trust is your best tool: tell the"
            " young person what you do next, if that is safe."
        ),
    ),
    "sport": (
        sentence(
            "1. Talk first to the person for safe sport, or to the board of the club. A trainer does"
            " not have to solve this alone."
        ),
    ),
    "care": (
        sentence(
            "1. Talk first to your team and to your supervisor. Keep to your duty of secrecy: ask"
            " without a name."
        ),
    ),
    "write_down": (
        sentence(
            "Write down facts: the day, the time, the place, and who was there. Write the exact words"
            " that you heard. Keep what you saw apart from what you think it means."
        ),
        sentence(
            "Write no labels, and nothing about faith or opinions. Keep the note where your"
            " organisation keeps such notes, not on your own phone."
        ),
    ),
    "sharing": (
        sentence(
            "Share as little as possible, with as few people as possible, through the channel of your"
            " own organisation. Ask for advice without a name first."
        ),
        sentence(
            "The best ground is consent: ask the young person and the parents, if that puts nobody in"
            " danger. To protect somebody from serious harm, more may be allowed. Ask your management"
            " or legal service which rule holds for you."
        ),
    ),
    "pupil": (
        sentence(
            "Ask the young person what would help: somebody who listens, rest, friends, help with"
            " lessons. Keep them in the group. Nobody should lose their place because you asked."
        ),
        sentence(
            "Talk with the parents early, unless that could put the young person in danger. Parents"
            " worry too. Show them where they find support."
        ),
    ),
    "team": (
        sentence(
            "In many cities, school, youth help, health care and others meet in one team. They look"
            " for help that fits. Your management, or one of the services above, can ask the team."
        ),
        sentence(
            "Ask before: who sits there, what is shared, and whether the young person and the family"
            " are told."
        ),
    ),
    "afterwards": (
        sentence(
            "First somebody listens to you and asks questions. You agree on the next step together."
            " Often, support by people who know the young person is enough."
        ),
        sentence(
            "Ask who calls back, and by when. If you hear nothing, ask again. The police come first"
            " only when there is danger."
        ),
    ),
    "talking": (
        sentence(
            "Choose a quiet moment with time, without others. Begin with what you saw: “I noticed"
            " that you ...”. Ask open questions, and listen more than you speak."
        ),
        sentence(
            "You do not have to agree. Do not argue about ideas, and do not laugh at them. Say what"
            " matters to you: that they are well, and that nobody gets hurt."
        ),
        sentence(
            "Do not promise to tell nobody. Say what you will do next. Agree on the next talk."
        ),
    ),
    "yourself": (
        sentence(
            "Such a worry is heavy. Talk it over with a colleague or your supervisor. You do not carry"
            " this alone, and you may ask for help for yourself."
        ),
    ),
}

STEPS = (
    sentence("2. Write down what you saw and heard: facts, times, words."),
    sentence("3. Talk with the young person, calmly and alone. Ask how they are."),
    sentence("4. Ask for advice without a name. These services are there for that:"),
)
TEAM_NAME = sentence("Here this team is called: {name}")
SUMMARY = sentence("You can copy this. I do not keep it.")
SUMMARY_NOTICED = sentence("What I noticed: {noticed}")
SUMMARY_SETTING = sentence("Where I work: {setting}")
SUMMARY_STEPS = sentence(
    "My next steps: I talk with a colleague I trust. I write down facts, times and words. I talk"
    " with the young person. I ask for advice without a name. We agree on who does what, and by when."
)
SUMMARY_SERVICES = sentence("Whom I can ask:")
SUMMARY_SERVICE = sentence("{name}: {contact}")
