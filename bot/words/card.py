"""What happens with what a person says at a service: who reads it, and what follows."""

from __future__ import annotations

from bot.words.marks import sentence

# Who runs it; the name of the organization is often known, but not always -----------------------

POLICE = sentence("The police run this.")
POLICE_NAMED = sentence("The police run this: {organization}.")
WITH_POLICE = sentence("The police and others work here together.")
WITH_POLICE_NAMED = sentence("The police and others work here together: {organization}.")
JUSTICE = sentence("An office of the justice system runs this.")
JUSTICE_NAMED = sentence("An office of the justice system runs this: {organization}.")
PUBLIC = sentence("A public office runs this. It is not the police.")
PUBLIC_NAMED = sentence("A public office runs this: {organization}. It is not the police.")
INDEPENDENT = sentence("This is not the police.")
INDEPENDENT_NAMED = sentence("This is not the police. {organization} runs it.")
UNKNOWN = sentence("I do not know who reads what you send there. Ask first.")
UNKNOWN_NAMED = sentence(
    "{organization} runs this. I do not know who reads what you send there. Ask first."
)

# What it costs to stay without a name, where something is reported --------------------------------

WITHOUT_NAME = sentence(
    "Without your name they can often do less. They may not be able to ask you more, or to tell you"
    " what they did. A court may need a witness."
)

# What follows -------------------------------------------------------------------------------------

ANSWER_WITHIN = sentence("How long it takes: {time}")
RESIDENCE = sentence("Residence papers: {explanation}")
RESIDENCE_MAY_CHANGE = sentence(
    "Rules can change. You can ask about that first, without your name."
)
RESIDENCE_UNKNOWN = sentence(
    "I do not know whether they ask about residence papers. You can ask that first, without your"
    " name."
)
RESIDENCE_UNKNOWN_OF_SOME = sentence(
    "Where nothing stands here about residence papers, I do not know whether they ask about them."
    " You can ask that first, without your name."
)
