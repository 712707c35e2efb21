"""The sentences of the routes that lead to services: a name for the button and one lead sentence."""

from __future__ import annotations

from bot.words.marks import label, sentence

GROUP_NAMES = {
    "urgent": label("button", "Danger or crisis"),
    "reporting": label("button", "Report something"),
    "support": label("button", "Support and worries"),
    "services": label("button", "City services"),
    "frontline": label("button", "For teachers and other staff"),
}

NAMES = {
    "emergency_now": label("button", "Danger right now"),
    "crisis_self_harm": label("button", "Thoughts of suicide or self-harm"),
    "threat_of_attack": label("button", "A threat or a planned attack"),
    "abuse_at_home": label("button", "Violence or fear at home"),
    "report_hate_crime": label("button", "Report a hate crime"),
    "report_discrimination": label("button", "Report discrimination"),
    "report_online_hate": label("button", "Report hate online"),
    "report_extremist_activity": label("button", "Report extremist activity"),
    "report_street_problem": label("button", "Report a street problem"),
    "check_rumour": label("button", "Check a rumour"),
    "worried_about_someone": label("button", "Worried about someone"),
    "leave_extremism": label("button", "Leave a hateful group"),
    "mental_health": label("button", "Talk about how I feel"),
    "trauma_support": label("button", "Help after an attack or violence"),
    "staff_wellbeing": label("button", "Support for me as staff"),
    "addiction_help": label("button", "Alcohol, drugs, gambling, gaming"),
    "newcomer_registration": label("button", "New in the city"),
    "legal_help": label("button", "Legal help"),
    "housing_help": label("button", "Housing and shelter"),
    "money_food_help": label("button", "Money, debts, food"),
    "health_care": label("button", "Doctor and health insurance"),
    "job_help": label("button", "Work and training"),
    "language_course": label("button", "Language courses"),
    "school_enrolment": label("button", "School and day care"),
    "parenting_support": label("button", "Help for parents"),
    "youth_activities": label("button", "Activities for young people"),
    "disability_older_care": label("button", "Care for older or disabled people"),
    "official_documents": label("button", "Identity card and papers"),
    "community_spaces": label("button", "Meeting places and dialogue"),
    "civic_participation": label("button", "Have a say in the city"),
    "staff_concern_pupil": label("button", "Concern about a pupil"),
    "staff_recognise_signs": label("button", "What is a sign, what is not"),
    "staff_difficult_conversation": label("button", "Difficult talks with a group"),
    "staff_media_literacy": label("button", "Media literacy lessons"),
    "staff_training": label("button", "Training for staff"),
    "staff_share_information": label("button", "What staff may share"),
    "staff_multi_agency": label("button", "The local multi-agency team"),
}

# Urgent routes have whole cards instead: see texts.py.
LEADS = {
    "report_hate_crime": sentence(
        "I am sorry this happened. It is not your fault, and you choose whether and where to report it."
    ),
    "report_discrimination": sentence(
        "Everyone has the right to fair treatment. These places look at what happened and advise you."
    ),
    "report_online_hate": sentence(
        "Keep a screenshot, the link and the date before you report the post. These places can help."
    ),
    "report_extremist_activity": sentence(
        "Thank you for telling. Do not approach these people yourself. These places can look into it."
    ),
    "report_street_problem": sentence("You can report a problem in the street here."),
    "check_rumour": sentence(
        "It is good to check before you share. These places look at what is true and what is not."
    ),
    "worried_about_someone": sentence(
        "It helps to stay in contact and to listen, also when you disagree. These people can advise you."
    ),
    "leave_extremism": sentence(
        "It takes courage to have doubts and to say so. These people help you without judging you."
    ),
    "mental_health": sentence(
        "Thank you for telling me. Many people feel like this at times, and talking helps."
    ),
    "trauma_support": sentence(
        "What you went through can stay with you for a long time. These people know how to help."
    ),
    "staff_wellbeing": sentence(
        "Your work is heavy, and you count too. These places are there for people who help others."
    ),
    "addiction_help": sentence(
        "It is a good step to ask about this. These places help you or your family, without judging."
    ),
    "newcomer_registration": sentence("Welcome. These places help you with your first steps here."),
    "legal_help": sentence("These places explain your rights and can find you a lawyer."),
    "housing_help": sentence(
        "These places help you to find or keep a home, or a bed for the night."
    ),
    "money_food_help": sentence("These places help with money, debts, bills and food."),
    "health_care": sentence("These places help you to find care."),
    "job_help": sentence("These places help you to find work or training."),
    "language_course": sentence("Here you can learn a language of the city or find out how."),
    "school_enrolment": sentence("These places help you to find a place for your child."),
    "parenting_support": sentence(
        "Bringing up children is hard at times. These people listen and think along with you."
    ),
    "youth_activities": sentence("Here young people find things to do and people to talk to."),
    "disability_older_care": sentence(
        "These places help older or disabled people and their carers."
    ),
    "official_documents": sentence("These offices help you with cards, papers and certificates."),
    "community_spaces": sentence("Here people meet and talk with each other."),
    "civic_participation": sentence("Here you can take part and say what you think."),
    "staff_concern_pupil": sentence(
        "Look at what changed in behaviour, not at faith, origin or opinions. Talk first with a"
        " colleague you trust. Asking for advice is not a report. Please send no names."
    ),
    "staff_recognise_signs": sentence(
        "A change in behaviour can be a sign. Faith, clothes, food, language, origin and opinions are"
        " never a sign. These people help you to look at the whole picture."
    ),
    "staff_difficult_conversation": sentence(
        "Make room for questions and feelings, say what is known, and protect pupils from insults."
        " These places have material and people who come to you."
    ),
    "staff_media_literacy": sentence("Here you find lessons and material on media and sources."),
    "staff_training": sentence("These places train and support professionals and teams."),
    "staff_share_information": sentence(
        "Share as little as possible, through the channel of your own organisation. Ask your"
        " management or legal service before you share a name."
    ),
    "staff_multi_agency": sentence(
        "Local teams bring school, youth help, health care and others together. This is how to find"
        " out more."
    ),
}
