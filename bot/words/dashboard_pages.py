"""The words of the dashboard's pages: what their tables and pictures show."""

from __future__ import annotations

from bot.words.marks import label, sentence

NO_RELEASES = sentence("There are no numbers yet. The first ones come after the first full week.")
SCOPE = sentence("{city}, {week}. One person counts at most once for a topic in one talk.")
SCOPE_WEEKS = sentence("{city}, {count} weeks, up to {week}.")

# Topics that are no door.
TOPIC_NAMES = {
    "talk_to_human": label("topic", "Wanted to talk to a person"),
    "answer_not_helpful": label("topic", "Said that it did not help"),
    "out_of_scope": label("topic", "Not something we can help with"),
}
OUTCOME_NAMES = {
    "answered": label("outcome", "Services were shown"),
    "clarified": label("outcome", "We asked what was meant"),
    "unmet": label("outcome", "We knew of no service"),
    "not_helpful": label("outcome", "They said it did not help"),
    "outage": label("outcome", "Our program was down"),
}
AUDIENCE_NAMES = {
    "resident": label("audience", "Residents"),
    "staff": label("audience", "Staff"),
    "unknown": label("audience", "Not known"),
}
NO_DISTRICT = label("district", "No district named")

# Columns.
TOPIC = label("column", "Topic")
WEEK = label("column", "Week")
NUMBER = label("column", "Questions")
NOW = label("column", "This week")
CHANGE = label("column", "Change")
LANGUAGE = label("column", "Language")
DISTRICT = label("column", "District")
OUTCOME = label("column", "What came of it")
AUDIENCE = label("column", "Who asked")
SERVICE = label("column", "Service")
CHECKED_ON = label("column", "Last read or checked")
STATE = label("column", "State")

# This week.
GLANCE_LEAD = sentence("What people looked for in the last full week, and what changed.")
OLD_NUMBERS = sentence("These numbers are old: a newer week is missing. Please tell your IT staff.")
TOTAL = label("heading", "All questions together")
ROSE = label("heading", "What rose")
FELL = label("heading", "What fell")
ROSE_NONE = sentence("Nothing rose for sure.")
FELL_NONE = sentence("Nothing fell for sure.")
CHANGE_RULE = sentence("A topic is named here only when chance alone would hardly do this.")
ALL_TOPICS = label("heading", "All topics of the week")
WHO = label("heading", "Who asked")

# Topics over time.
TOPICS_LEAD = sentence("How often people looked for one topic, week by week.")
BAND = sentence("In nine of ten weeks the true number is inside the coloured band.")
TOPIC_WEEKS = label("heading", "{topic}, week by week")
NOTES_SHOWN = label("heading", "Notes in this time")

# Languages, districts, outcomes.
LANGUAGES_LEAD = sentence("In which languages people wrote.")
LANGUAGES_TABLE = label("heading", "Questions by language")
LANGUAGES_TOPIC = label("heading", "{topic}: questions by language")
DISTRICTS_LEAD = sentence("Which districts people named. Most people name none.")
DISTRICTS_TABLE = label("heading", "Questions by district")
DISTRICTS_TOPIC = label("heading", "{topic}: questions by district")
ALL_TOPICS_CHOICE = label("choice", "all topics")
OUTCOMES_LEAD = sentence("What came of the questions: services, a question back, or nothing.")
OUTCOMES_TABLE = label("heading", "Questions by what came of them")
OUTCOMES_TOPIC = label("heading", "{topic}: what came of the questions")

# Unmet need.
UNMET_LEAD = sentence("What people asked for and did not find. Here a new service may help most.")
UNMET_TABLE = label("heading", "Topics with no answer, or with one that did not help")
UNMET_LANGUAGES = label("heading", "{topic}: in which languages people asked")
UNMET_RULE = sentence(
    "A topic stands here when it has a number in three of the last four weeks. One week alone may be chance."
)
UNMET_NONE = sentence("No topic has a number that stays from week to week.")
UNMET_OTHERS = label("heading", "All other topics of this week")
UNMET_OTHERS_LEAD = sentence("Most numbers here are hidden. One that is shown may be chance.")
UNMET_KNOWN = label("heading", "Topics for which our list has no service")
UNMET_KNOWN_LEAD = sentence("For these topics the assistant can name nobody in the city.")
UNMET_KNOWN_NONE = sentence("Our list has a service for every topic.")

# The list of services.
FRESHNESS_LEAD = sentence("How fresh the list of services is, and what to check next.")
FRESHNESS_COUNTS = label("heading", "The list in numbers")
FRESHNESS_DUE = label("heading", "Check these next, the most pressing first")
ALL_SERVICES = label("row", "Services in the list")
FRESH = label("row", "Read or checked within a year")
CONFIRMED = label("row", "Confirmed by an office within a year")
OLD = label("row", "Older than a year")
UNCHECKED = label("row", "Facts that nobody checked, and that are not shown")
STATE_CONFIRMED = label("state", "confirmed")
STATE_FRESH = label("state", "read on its page")
STATE_OLD = label("state", "older than a year")
HOW_MANY = label("column", "How many")
WHAT = label("column", "What")

FRESHNESS_SCOPE = sentence("{city}, on {day}.")

# Releases.
RELEASES_LEAD = sentence("Every week gets one set of numbers. It is made once and never changed.")
RELEASES_TABLE = label("heading", "All weeks with numbers")
RELEASES_EPSILON = sentence(
    "The smaller the loss, the less one talk can change the numbers. One is our limit for a week."
)
MADE_ON = label("column", "Made on")
EPSILON = label("column", "Privacy loss (epsilon)")
METHOD = label("column", "Method")
INVENTED = label("state", "invented")
REAL = label("state", "from real talks")
KIND = label("column", "Kind")
RELEASES_HOW = label("heading", "How the newest numbers were made")
TABLE = label("column", "Table")
SCALE = label("column", "Size of the noise")
HIDE_BELOW = label("column", "Hidden below")
TABLE_NAMES = {
    "total": label("table", "All questions"),
    "topic": label("table", "By topic"),
    "topic_language": label("table", "By topic and language"),
    "topic_district": label("table", "By topic and district"),
    "topic_outcome": label("table", "By topic and outcome"),
    "language": label("table", "By language"),
    "district": label("table", "By district"),
    "audience": label("table", "By who asked"),
    "outcome": label("table", "By outcome"),
}

# Comparing.
COMPARE_LEAD = sentence("Two periods side by side, as numbers in one week.")
COMPARE_RULE = sentence("Rose or fell is said only when chance alone would hardly do this.")
FIRST_FROM = label("field", "First period, from")
FIRST_TO = label("field", "First period, to")
SECOND_FROM = label("field", "Second period, from")
SECOND_TO = label("field", "Second period, to")
COMPARE_TABLE = label("heading", "Topics in two periods")
COMPARE_SCOPE = sentence("{city}. First: {first}. Second: {second}.")
PERIOD = label("number", "{first} to {last}")
FIRST = label("column", "First period")
SECOND = label("column", "Second period")
COMPARE_WRONG = sentence("A period must end after it begins. The weeks were put in order.")
COMPARE_OVERLAP = sentence("Some weeks are in both periods.")
COMPARE_HIDDEN = sentence("A hidden week counts as half of the number below which it is hidden.")
DIRECTIONS = {
    "rose": label("state", "rose"),
    "fell": label("state", "fell"),
    "unclear": label("state", "not clear"),
}

# Help.
HELP_LEAD = sentence("This dashboard shows needs, not people.")
HELP_PARTS = (
    (
        label("heading", "Where the numbers come from"),
        (
            sentence("The assistant counts what people look for. It keeps no message and no name."),
            sentence("Once a week the counts become a set of numbers. You see only these."),
        ),
    ),
    (
        label("heading", "How sure a number is"),
        (
            sentence("Each number was changed a little by chance, to protect people."),
            sentence("So each number comes with two more, such as: between 20 and 35."),
            sentence("In nine of ten cases the true number lies between them."),
        ),
    ),
    (
        label("heading", "What rose and what fell"),
        (
            sentence("The last one, two and three weeks are held against the weeks before."),
            sentence("A change is named only when it is larger than what chance does."),
            sentence("A need that grows slowly may be seen some weeks later."),
        ),
    ),
    (
        label("heading", "What the numbers do not say"),
        (
            sentence("They do not say how many people there were. One person may ask twice."),
            sentence("They do not say who asked."),
            sentence("Who does not write to the assistant is not in the numbers."),
        ),
    ),
)
HIDDEN_LEAD = sentence("A number is hidden when it is small.")
HIDDEN_PARTS = (
    (
        label("heading", "Why small numbers are hidden"),
        (
            sentence("A small number could be about a few people whom somebody knows."),
            sentence("It would also be mostly chance, and lead you astray."),
        ),
    ),
    (
        label("heading", "What hidden means"),
        (
            sentence("It does not mean zero. It means: less than about ten, or too unsure."),
            sentence("For topics split by language, district or outcome the limit is higher."),
            sentence("The exact limits stand on the page that says how numbers are made."),
        ),
    ),
    (
        label("heading", "What you can do"),
        (
            sentence("Look at all languages or all districts together."),
            sentence("Or look at more weeks."),
            sentence("No role can see a hidden number here: the dashboard does not have it."),
        ),
    ),
)
