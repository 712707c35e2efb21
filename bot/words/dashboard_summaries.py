"""What stands beside the dashboard's pictures: the same in words, for whoever does not see them."""

from __future__ import annotations

from bot.words.marks import counted, label, sentence

# Legends.
HIDDEN = label("dashboard", "Hidden, because the number is small")
FROM_TO = label("dashboard", "{least} to {most}")
OR_MORE = label("dashboard", "{least} or more")

# Nothing to tell of.
NO_RELEASE = sentence("There are no released numbers yet.")
ALL_HIDDEN = sentence("All numbers are hidden, because they are small.")

# Weeks.
HIGHEST_AND_LOWEST = sentence(
    "The highest number is {highest}, in the week of {highest_week}."
    " The lowest number that is shown is {lowest}, in the week of {lowest_week}."
)
ALWAYS_THE_SAME = sentence("The number is about {value} in every week that is shown.")
LAST_WEEK = sentence(
    "In the week of {week} it is about {value}. The true number is most likely between {low} and"
    " {high}."
)
LAST_WEEK_HIDDEN = sentence("The number of the week of {week} is hidden, because it is small.")
HIDDEN_WEEKS = counted(
    "{count} week is hidden, because the number is small.",
    "{count} weeks are hidden, because the numbers are small.",
)

# What rose and what fell.
ROSE = sentence(
    "It rose from about {before} to about {now} a week. The rise is most likely between {low} and"
    " {high} a week."
)
FELL = sentence(
    "It fell from about {before} to about {now} a week. The fall is most likely between {low} and"
    " {high} a week."
)
NOT_CLEAR = sentence("It did not clearly rise or fall. Small changes can be chance.")
TOO_FEW_WEEKS = sentence("There are too few weeks to say whether it rose or fell.")

# Numbers beside each other.
HIGHEST_OF_ALL = sentence(
    "The highest number is about {value}, for this: {name}. The true number is most likely between"
    " {low} and {high}."
)
MAY_BE_HIGHER = sentence("The number for this is so close that it may be higher: {name}.")
LOWEST_SHOWN = sentence("The lowest number that is shown is about {value}, for this: {name}.")
HIDDEN_NUMBERS = counted(
    "{count} number is hidden, because it is small.",
    "{count} numbers are hidden, because they are small.",
)
