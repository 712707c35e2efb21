"""What is said after an incident: the block about it, and guidance for those who talk with others.

The guidance is general. It says what public bodies teach (docs/adr/0011-after-an-incident.md),
names no method, and judges nobody's state of health.
"""

from __future__ import annotations

from bot.words.marks import label, sentence

# The block ----------------------------------------------------------------------------------------

DRILL = sentence("This is a drill. Nothing has happened.")
KNOWN = sentence("This is known:")
FACT = sentence("{date}, {time}: {fact} (source: {source})")
NOT_KNOWN = sentence("Not known yet: {not_known}")
HELP = sentence("You are not alone with this. Choose below where you can get help now.")
HELP_LINES = sentence("You can also call:")

LATER = {
    "week": sentence(
        "About one week has passed. Feelings can come back on such days. That is normal. Help is"
        " there for you."
    ),
    "month": sentence(
        "About one month has passed. Do you still sleep badly, or are you still afraid? Help is there"
        " for you. It is never too late to ask."
    ),
    "anniversary": sentence(
        "About one year has passed. Memories and feelings can come back on such days. That is normal."
        " Help is there for you."
    ),
}

# Guidance -----------------------------------------------------------------------------------------

FEELINGS = (
    sentence(
        "Many people are afraid, sad or angry now. Some sleep badly. Some feel nothing at all. All of"
        " this is normal. Everyone is different."
    ),
    sentence(
        "Be with people you trust. Eat, drink, rest, and do some everyday things. You can talk about"
        " it, but you do not have to. Look at the news only now and then."
    ),
    sentence(
        "You can get help today. If it gets worse, or if it stays longer than about a month, please"
        " ask for help."
    ),
)

YOUNG = (
    sentence(
        "With young children: First ask what they have heard and how they feel. Listen. Every feeling"
        " is all right."
    ),
    sentence(
        "Then say what happened, in a few simple words. Say only what is true. You can also say: I do"
        " not know."
    ),
    sentence(
        "Say that many adults are working to keep people safe. Stay close. Keep the usual times for"
        " meals, play and sleep. Turn off the news: children may think that it happens again each"
        " time."
    ),
    sentence(
        "Some children play what happened, cry a lot, or do not want to be alone. This often passes."
        " If it gets worse, or if it stays longer than about a month, please ask for help."
    ),
)

OLDER = (
    sentence(
        "With older children and young people: First ask what they have heard and seen, also on their"
        " phones. Ask how they feel. Listen. Take every question seriously."
    ),
    sentence(
        "Then say what is known and what is not known yet. Ask together: Who says this? How do they"
        " know it?"
    ),
    sentence(
        "Ask them not to look at pictures of it again and again, and not to send them on. Pictures can"
        " hurt them and the families."
    ),
    sentence(
        "It is all right to be angry. It is not all right to blame a whole group. Nobody is to blame"
        " for what others did."
    ),
    sentence(
        "School, sport and friends help. Ask again after some days how they are. If it gets worse, or"
        " if it stays longer than about a month, please ask for help."
    ),
)

CLASS = (
    sentence(
        "Before you talk with a class or group: Look how you are yourself, and talk with a colleague."
        " Check what is known today, and who says so. Find out who was there or has lost someone, and"
        " talk with them alone first. Agree who helps when someone needs to leave the room."
    ),
    sentence(
        "During the talk: Begin with feelings. Nobody has to speak. Then say in plain words what is"
        " known and what is not. Show no pictures and no videos. One person speaks at a time, and"
        " nobody is insulted."
    ),
    sentence(
        "Protect pupils who are blamed for what others did. Stop insults at once, in a quiet voice."
        " Never ask a pupil to explain it or to say sorry for others. Say clearly: no group is to blame for"
        " what some people did."
    ),
    sentence(
        "After the talk: Go back to the usual day. Stay there for those who want to say more. Tell the"
        " parents what you talked about. After some days, look again who is quiet, afraid or alone."
    ),
)

STAFF = (
    sentence(
        "In the first days, many people who help others sleep badly or feel afraid. Some see it again"
        " in their thoughts. Some feel nothing. This is normal, and it is no weakness."
    ),
    sentence(
        "Talk today with a colleague or someone you trust, as much or as little as you want. Agree"
        " today who takes over from you, and when. Then go home, eat and sleep."
    ),
    sentence(
        "If you lead a team: Ask each person how they are. Let nobody work alone or too long. Share"
        " out the hard tasks."
    ),
    sentence(
        "You can get help today. If it gets worse, or if it stays longer than about a month, please"
        " ask for help."
    ),
)

RUMOURS = (
    sentence(
        "Do not send on what you are not sure of. A wrong name or a wrong picture can put people in"
        " danger."
    ),
    sentence(
        "Please share no pictures or videos of people who were hurt. Think of their families. If you"
        " took some yourself, give them to the police and do not put them online."
    ),
    sentence("It takes time to find out what happened. Wait for what official places say."),
)

WORRIED = (
    sentence(
        "On such days, people can say hard things because they are afraid or angry. Ask how they are,"
        " and listen first. Stay in touch, also when you disagree."
    ),
)

BLAMED = (
    sentence(
        "Nobody is to blame for what others did. If someone insults or attacks you because of what"
        " happened, it is not your fault. You can get help, also if you do not report it."
    ),
)

TOGETHER = (
    sentence("It helps many people to be with others now. You do not have to talk about it there."),
)

# Buttons ------------------------------------------------------------------------------------------

FEELINGS_BUTTON = label("button", "What people feel now")
YOUNG_BUTTON = label("button", "Talk with young children")
OLDER_BUTTON = label("button", "Talk with older pupils")
CLASS_BUTTON = label("button", "Talk with a class")
STAFF_BUTTON = label("button", "Look after yourself")
RUMOURS_BUTTON = label("button", "Rumours and pictures")
