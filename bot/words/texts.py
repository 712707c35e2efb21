"""Every other sentence a person may read, by the moment in which it is said."""

from __future__ import annotations

from bot.words.marks import counted, label, sentence

# First contact, menu, the assistant about itself ------------------------------------------------

INTRODUCTION = sentence(
    "Hello. I am Right Door. I am a computer program, not a person."
    " I show you which service in {city} can help you."
)
INTRODUCTION_PRIVACY = sentence(
    "I do not keep your name, your number or your messages. Telegram itself keeps this chat."
)
INTRODUCTION_SHORT = sentence(
    "I am a computer program, not a person. I show you which service can help you."
    " I keep no names, no numbers and no messages."
)
INTRODUCTION_INVITATION = sentence(
    "Write in your own words what you need, or choose below. In danger now? Call {number}."
)
GREETING = sentence("Hello. What do you need? Write it in your own words, or choose below.")
GOODBYE = sentence("Goodbye, and all the best. You can write to me again at any time.")
WELCOME = sentence("You are welcome. Is there anything else?")
MENU = sentence("What is it about? Choose below, or write it in your own words.")
MENU_GROUP = sentence("Choose what fits best.")
GLAD = sentence("Good. Is there anything else I can look up for you?")
WHICH_ONE = sentence("Which one do you mean? Please choose below.")
NO_PROBLEM = sentence("All right. What can I look up for you?")
ABOUT_ME = sentence(
    "I am a computer program, not a person. I show people which service in {city} can help them."
    " Every sentence I say was written beforehand. I make nothing up, and I report nothing."
)
HUMAN = sentence("You can talk to a person here.")
PRIVACY_KEPT = sentence(
    "I keep nothing about you: no name, no number, no message, no address. While we talk, I remember"
    " the topic, the language and the district, if you name one. I forget them after 30 minutes."
)
PRIVACY_COUNTED = sentence(
    "I only count how often each topic is asked for in a day. The city sees these numbers so that"
    " it can improve its services. Nobody can see who asked."
)
PRIVACY_POLICE = sentence(
    "The police and the city do not read this chat. I pass on nothing. When you call a service"
    " yourself, the rules of that service apply. The button “{button}” shows what I know of them."
)
HOSTILE = sentence(
    "I do not take part in insults. If something happened to you, tell me what, and I will look for"
    " help with you."
)
OUT_OF_SCOPE = sentence(
    "I cannot help with that. I can show you services in {city}: for housing, school, health, work,"
    " worries, or to report something."
)

# Unsure, lost, not helpful ----------------------------------------------------------------------

UNSURE = sentence("I am not sure that I understood you. Does one of these fit?")
LOST = sentence(
    "I did not understand that. Please say it in other words, in one or two short sentences, or"
    " choose below."
)
UNSURE_DANGER = sentence("In danger now? Call {number}.")
# One question when someone may be in danger; the number to call stands above it.
ASK_DANGER = {
    "emergency_now": sentence("Is someone in danger right now?"),
    "crisis_self_harm": sentence(
        "Are you thinking about suicide, or is someone near you thinking about it?"
    ),
    "threat_of_attack": sentence("Do you know of someone who wants to hurt other people?"),
    "abuse_at_home": sentence(
        "Is someone at home hurting you or someone else, or are you afraid of someone?"
    ),
}
NOT_HELPFUL = sentence("I am sorry that this did not help. Here is what else you can do.")
NOTHING_KNOWN = sentence(
    "I know of no service for this in {city} yet. These people can tell you more."
)
NO_MORE = sentence("I know of no other service for this.")
MORE_LEFT = counted(
    "I know of {count} more service for this.", "I know of {count} more services for this."
)

NEAR_ASK = sentence(
    "Where are you? Choose a district, or write its name or your postcode. You can also share a"
    " location. I remember only the district, and only while we talk."
)
NEAR_SET = sentence("I put what is near {district} first.")
NOT_HERE = sentence("That place is not in {city}. You can write the name of a district instead.")

# One service ------------------------------------------------------------------------------------

PHONE = sentence("Phone: {number}")
PHONE_NOTE = sentence("Phone: {number} ({note})")
PHONE_TEXT = sentence("Text message: {number}")
WEBSITE = sentence("Website: {url}")
CHAT = sentence("Chat: {url}")
EMAIL = sentence("E-mail: {address}")
ADDRESS = sentence("Address: {address}")
ADDRESS_SECRET = sentence(
    "The address is secret, so that people are safe there. Please call first."
)
ADDRESS_UNKNOWN = sentence(
    "I have no address for visitors. Please call or look at the website first."
)
LANGUAGES = sentence("Languages: {languages}")
LANGUAGES_UNKNOWN = sentence("Languages: not known")
COST = sentence("Cost: {cost}")
COST_UNKNOWN = sentence("Cost: not known")
AUDIENCE = sentence("For: {audience}")
HOURS = sentence("Hours: {hours}")
HOURS_ALWAYS = sentence("Hours: day and night, every day")
HOURS_UNKNOWN = sentence("Hours: not known")
HOURS_OF_DAYS = sentence("{days} {times}")
SPAN = sentence("{first} to {last}")
OPEN_NOW = sentence("Open now, until {time}.")
CLOSED_NOW = sentence("Closed now. Opens on {day} at {time}.")
OPENS_LATER = sentence("Closed now. Opens again on {date}.")
HOLIDAY = sentence("Today is a public holiday. The hours may be different. Please call first.")
MONTHLY = sentence("{hours} ({weeks} in the month)")
WEEK_OF_MONTH = {
    1: sentence("first"),
    2: sentence("second"),
    3: sentence("third"),
    4: sentence("fourth"),
    5: sentence("fifth"),
    -1: sentence("last"),
}
INTERPRETERS = sentence("Interpreters: {interpreters}")
HOW_TO_COME = sentence("How to come: {how}")
TO_BRING = sentence("Please bring: {documents}")
STEP_FREE = sentence("Access without steps: {access}")
STEP_FREE_UNKNOWN = sentence("Access without steps: not known. Please call first.")
IN_DISTRICT = sentence("In {district}")
DISTANCE = sentence("About {distance} from {district}")
NOT_CONFIRMED = sentence(
    "Nobody has confirmed this since {date}. Please check before you go there."
)
CHECKED = sentence("Checked on {date} with this page: {url}")
SOURCE_YEAR = sentence("That page is from {year}. Please check before you go.")
ANONYMOUS_YES = sentence("You do not have to give your name.")
ANONYMOUS_NO = sentence("They will ask for your name.")
ANONYMOUS_UNKNOWN = sentence(
    "I do not know whether you can stay anonymous. Ask before you give your name."
)
WHAT_HAPPENS = sentence("What happens with what you say: {explanation}")
WHAT_HAPPENS_UNKNOWN = sentence(
    "I do not know what happens there with what you say. Ask before you tell your story."
)
WHAT_HAPPENS_HERE = sentence("I pass on nothing of what you write here. You decide whom you call.")

# Urgent cards: numbers stand first; see answers/urgent.py -----------------------------------------

LINE = sentence("{number}: {name}")
LINE_ALWAYS = sentence("{number}: {name} (day and night)")
LINE_LANGUAGES = sentence("They speak: {languages}")
WRITE_INSTEAD = sentence("You can also write instead of calling: {url}")

URGENT = {
    "emergency_now": sentence(
        "If you or someone else is in danger now, call right away. Go to a safe place first, if you"
        " can. Say where you are and what is happening."
    ),
    "crisis_self_harm": sentence(
        "It is good that you wrote this. You do not have to carry it alone. Please talk to someone"
        " now: people answer these numbers and want to listen."
    ),
    "threat_of_attack": sentence(
        "Thank you for telling. Please call and say what you know, also if you are not certain."
        " Do not confront anyone yourself, and stay at a safe distance."
    ),
    "abuse_at_home": sentence(
        "Nobody may hurt you, threaten you or control you. It is not your fault. If you are in danger"
        " now, call {number} and go to a safe place if you can."
    ),
}
URGENT_MORE = {
    "emergency_now": sentence(
        "If you cannot speak, ask someone near you to call. Stay with others if that is safe."
    ),
    "crisis_self_harm": sentence(
        "If it could happen now, call {number}. Move away from anything you could use to hurt"
        " yourself. Ask someone you trust to stay with you. If you are worried about someone else,"
        " stay with that person and call together."
    ),
    "threat_of_attack": sentence(
        "Warn people near you only if that is safe. You can ask someone you trust to stay with you"
        " while you call."
    ),
    "abuse_at_home": sentence(
        "With a helpline you can talk without deciding anything yet. The police and child protection"
        " may have to act on what you tell them. Tell someone you trust, too. If someone reads your"
        " phone, delete this chat afterwards."
    ),
}
URGENT_AGAIN = sentence("I am still here. These people can help you better than I can, right now.")
URGENT_PROGRAM = sentence(
    "I am a computer program and cannot call for you. I keep nothing of what you write, but Telegram"
    " keeps this chat."
    " You can keep writing to me here."
)

# Language ---------------------------------------------------------------------------------------

WHICH_LANGUAGE = sentence("Which language do you want?")
LANGUAGE_SET = sentence("I will write in {language} from now on.")
NOT_REVIEWED = sentence(
    "My words in {language} were translated by a machine. No native speaker has checked them yet."
)

# The gateway by itself: Rasa is not asked ---------------------------------------------------------

OUTAGE = sentence(
    "I am sorry. I cannot read messages at the moment. Please try again in a few minutes."
    " The buttons below work, and so does /menu."
)
OUTAGE_DANGER = sentence("In danger now? Call one of these numbers:")
OUTAGE_TALK = sentence("You need to talk to someone? Call one of these numbers:")
ONLY_TEXT = sentence("I can only read written text. Please write a few words, or choose below.")
NO_WORDS = sentence(
    "I leave out numbers, links and e-mail addresses to protect you, and nothing else was left."
    " Please say in words what you need."
)
UNKNOWN_COMMAND = sentence("I do not know this command. Write in your own words, or choose below.")
OLD_BUTTON = sentence("This button is too old. Please choose again below.")
PRIVATE_ONLY = sentence(
    "Please write to me in a private chat. In a group, other people can read what you write."
)

# Buttons ----------------------------------------------------------------------------------------

YES = label("button", "Yes")
NO = label("button", "No")
MORE = label("button", "More services")
WHERE_WHEN = label("button", "Where and when")
NEAR_BUTTON = label("button", "Near me")
WHAT_HAPPENS_BUTTON = label("button", "What happens with this")
SOMETHING_ELSE = label("button", "Something else")
NOT_HELPFUL_BUTTON = label("button", "This did not help")
HUMAN_BUTTON = label("button", "Talk to a person")
PRIVACY_BUTTON = label("button", "What is kept?")
LANGUAGE_BUTTON = label("button", "Language")
BACK_TO_SERVICES = label("button", "Back to the services")

# Telegram's command list and the bot's profile ----------------------------------------------------

COMMAND_START = sentence("Start a conversation")
COMMAND_HELP = sentence("What I can do")
COMMAND_MENU = sentence("Choose a topic")
COMMAND_LANGUAGE = sentence("Choose your language")
COMMAND_PRIVACY = sentence("What is kept and what is not")
PROFILE_SHORT = sentence("A computer program that shows you the right service in your city.")
PROFILE = sentence(
    "I am a computer program, not a person. Write in your own language what you need. I show you"
    " which service can help, and what happens with what you say there. I keep no names, no numbers"
    " and no messages."
)

# The terminal -------------------------------------------------------------------------------------

TERMINAL_HINT = sentence("Type a message, or the number of a button. End with Ctrl-D.")
