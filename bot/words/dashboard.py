"""The words of the dashboard's frame: signing in, menu, numbers, help, notes, accounts."""

from __future__ import annotations

from bot.words.marks import label, sentence

DASHBOARD = label("heading", "What people look for")
TITLE = label("heading", "{page} – {city}")
SKIP = label("link", "Skip to the content")
MENU = label("heading", "Pages")
LANGUAGE = label("heading", "Language")
INVENTED = sentence(
    "This is a demonstration. All numbers are invented: nobody asked for any of this."
)

# The menu.
GLANCE = label("page", "This week")
TOPICS = label("page", "Topics over time")
LANGUAGES = label("page", "Languages")
DISTRICTS = label("page", "Districts")
UNMET = label("page", "Asked for, not found")
OUTCOMES = label("page", "What came of questions")
FRESHNESS = label("page", "Our list of services")
RELEASES = label("page", "How numbers are made")
COMPARE = label("page", "Compare two periods")
CITIES = label("page", "Other cities")
NOTES = label("page", "Notes on events")
ACCOUNTS = label("page", "Accounts")
HELP = label("page", "Help")
HIDDEN_PAGE = label("page", "Why is this hidden?")

# Signing in and out.
SIGN_IN = label("button", "Sign in")
SIGN_OUT = label("button", "Sign out")
NAME = label("field", "Name")
PASSWORD = label("field", "Password")
SIGN_IN_LEAD = sentence("This page is for staff of the city. Your admin has made your account.")
REFUSED = sentence(
    "That did not work. The name or the password is wrong, or there were too many tries."
)
TRY_LATER = sentence("After five tries, wait 15 minutes. Or ask your admin.")
WITH_PROVIDER = label("button", "Sign in with your work account")
PROVIDER_FAILED = sentence("Your work account did not open the door. Please ask your admin.")
SIGNED_IN = sentence("You are signed in.")
GO_ON = label("link", "Go on to the dashboard")
SIGNED_IN_AS = label("heading", "{name} ({role})")
ROLES = {
    "viewer": label("role", "reads"),
    "editor": label("role", "reads and writes notes"),
    "admin": label("role", "looks after accounts"),
}

# What goes wrong.
WRONG = {
    400: sentence("This form is too old, or it came from another page. Please open it again."),
    403: sentence("Your account may not do this. Please ask your admin."),
    404: sentence("There is no such page here."),
    405: sentence("This cannot be done here."),
    413: sentence("This is too much at once."),
    415: sentence("This cannot be read."),
    429: sentence("That was too much at once. Please wait a minute."),
    500: sentence("Something went wrong here. Please try again later."),
    503: sentence("The numbers cannot be reached at the moment. Please try again later."),
}
WRONG_TITLE = label("heading", "This did not work")
TO_START = label("link", "To the first page")

# Numbers.
HIDDEN = label("number", "hidden")
BETWEEN = label("number", "between {low} and {high}")
WEEK = label("number", "Week {week} of {year}, from {first_day}")
WEEK_SHORT = label("number", "Week {week}, {year}")
CHANGE_UP = label("number", "{low} to {high} more a week")
CHANGE_DOWN = label("number", "{low} to {high} fewer a week")
UNKNOWN = label("number", "not known")

# Choosing.
SHOW = label("button", "Show")
CHOOSE = label("heading", "Choose")
TOPIC = label("field", "Topic")
WEEK_FIELD = label("field", "Week")
SPAN = label("field", "How far back")
SPANS = {
    "13": label("choice", "a quarter of a year"),
    "52": label("choice", "a year"),
    "104": label("choice", "two years"),
    "all": label("choice", "everything"),
}

# Files.
FILES = label("heading", "To take along")
AS_CSV = label("link", "This table for a spreadsheet (CSV)")
FOR_COUNCIL = label("link", "One page for the council (PDF)")
OPEN_DATA = label("link", "Open data of the last year (ZIP)")

# Notes.
NOTES_LEAD = sentence("A note says what happened, such as: the school year began.")
NOTES_NO_PERSON = sentence("Please write nothing about a person here.")
NOTES_TABLE = label("heading", "What happened, the newest first")
NO_NOTES = sentence("There are no notes yet.")
NOTE_DAY = label("field", "First day")
NOTE_TEXT = label("field", "What happened")
NOTE_BY = label("field", "Written by")
NOTE_ADD = label("button", "Add the note")
NOTE_REMOVE = label("button", "Remove")
NOTE_REMOVE_THIS = label("button", "Remove the note: {note}")
NOTE_ACTION = label("field", "What to do")
NOTE_WRONG_DAY = sentence("The day is missing. Please write it like 2026-09-01.")
NOTE_WRONG_TEXT = sentence("The text is missing or too long. Please write 1 to 280 letters.")
NOTE_FULL = sentence("There are too many notes. Please remove an old one first.")

# Accounts.
ACCOUNTS_LEAD = sentence("Accounts are made on the server, by a command. Here you see them all.")
ACCOUNTS_TABLE = label("heading", "All accounts")
ROLE = label("field", "Role")
STATE = label("field", "State")
STATE_OPEN = label("state", "open")
STATE_LOCKED = label("state", "locked for some minutes")
UNLOCK = label("button", "Unlock")
UNLOCK_THIS = label("button", "Unlock {name}")
SIGN_INS_TABLE = label("heading", "The latest times somebody tried to sign in")
DAY = label("field", "Day")
OUTCOME = label("field", "Outcome")
SIGN_IN_OUTCOMES = {
    "in": label("state", "signed in"),
    "refused": label("state", "refused"),
    "locked": label("state", "refused, and locked"),
}
UNKNOWN_NAME = label("state", "an unknown name")
