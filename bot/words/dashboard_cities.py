"""The words of the dashboard's page of other cities."""

from __future__ import annotations

from bot.words.marks import label, sentence

LEAD = sentence("The same topics in other cities. Numbers are for one week and 10,000 inhabitants.")
CAUTION = sentence("A higher number may only mean that more people there know the assistant.")
NONE = sentence(
    "There are no numbers of other cities yet. Your IT staff can put their open data into the folder {folder}."
)
NO_SHARED_WEEK = sentence(
    "{city} is not shown: it shares no week with the other cities shown here."
)
UNREAD = sentence("The file {file} is not shown: it is no open data of a city.")
NO_INHABITANTS = sentence("It is not known how many people live in this city: {city}.")
INVENTED = sentence("The numbers of this city are made up: {city}.")
TABLE = label("heading", "Topics in several cities")
SCOPE = sentence("From this week: {first}. To this week: {last}.")
