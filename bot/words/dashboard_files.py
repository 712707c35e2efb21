"""What stands in the files that the dashboard hands out: tables, and the page for the council."""

from __future__ import annotations

from bot.words.marks import label, sentence

# Columns of a table.
WEEK = label("table", "Week")
FIRST_DAY = label("table", "First day")
WHAT = label("table", "What")
NUMBER = label("table", "Number")
LOW = label("table", "At least")
HIGH = label("table", "At most")
NOTE = label("table", "Note")
HIDDEN_NOTE = sentence("Hidden, because the number is small. It is not zero.")
INVENTED_NOTE = sentence("Invented for a demonstration. It is not true.")

# The page for the council.
TITLE = sentence("What people in {city} look for")
WEEK_OF = sentence("Week of {first} to {last}")
INVENTED = sentence("This is a demonstration. All numbers are invented.")
ALL_QUESTIONS = sentence("All questions of the week")
ABOUT = sentence("about {value}")
BETWEEN = sentence("between {low} and {high}")
HIDDEN = sentence("hidden, because it is small")
ROSE = sentence("What rose")
FELL = sentence("What fell")
NOTHING_ROSE = sentence("Nothing clearly rose.")
NOTHING_FELL = sentence("Nothing clearly fell.")
ROSE_LINE = sentence(
    "{name}: from about {before} to about {now} a week. That is {low} to {high} more."
)
FELL_LINE = sentence(
    "{name}: from about {before} to about {now} a week. That is {low} to {high} less."
)
OVER_TIME = sentence("Over time")
UNMET = sentence("What people asked for and did not find")
UNMET_LINE = sentence("{name}: about {value} ({low} to {high})")
NO_UNMET = sentence("No topic had a number large enough to show in most of the last weeks.")
METHOD_TITLE = sentence("How the numbers are made")
METHOD = sentence(
    "Some chance is added to every number, so that one talk can hardly be seen in it. The true number lies between the two numbers beside it in nine of ten cases."
)
SOURCE = sentence("Source: Right Door, numbers made on {date}. Privacy loss at most {epsilon}.")
