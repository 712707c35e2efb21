"""Before anybody reports, they read who gets it, what a name costs, and whether papers matter."""

from __future__ import annotations

import dataclasses

import pytest
from replies import CITY, MORNING, assert_sound, press, respond

from bot import routes, settings
from bot.answers import blocks, card
from bot.answers.here import Here
from bot.answers.payload import AFTER, Press
from bot.directory import pack, search
from bot.directory.model import LocalText, Residence, RunBy
from bot.words import card as words_of_card
from bot.words import languages, texts
from bot.words.catalogue import words

SAY = words("en")
HERE = Here(CITY.city, search.Asked("en", MORNING))
CITIES = pytest.mark.parametrize("city", settings.cities())
LANGUAGES = pytest.mark.parametrize("language", languages.supported())
# Routes on which somebody tells another what they saw, fear or know.
TELLING = (
    *routes.ids("reporting"),
    *("worried_about_someone", "leave_extremism", "trauma_support"),
    *routes.ids("frontline"),
)
# Named in the packs as unchecked: no page that was read says whose it is.
NOBODY_KNOWS = {"Réagis au racisme"}


def english(text: str) -> LocalText:
    return LocalText({"en": text})


DOOR = dataclasses.replace(
    next(iter(CITY.services.values())),
    organization="Open Hand",
    routes=("report_hate_crime",),
    languages=("fr",),
    language_notes=(),
    anonymous=True,
    what_happens=english("We listen."),
    run_by=RunBy.PUBLIC,
    answer_within=english("three days"),
    residence_asked=Residence(False, english("Nobody asks.")),
)


def told(**facts: object) -> list[str]:
    return card.lines(SAY, dataclasses.replace(DOOR, **facts))


@CITIES
def test_every_service_to_which_something_is_told_says_who_runs_it(city):
    here = pack.load(city)
    silent = {
        service.default_name
        for service in here.services.values()
        if not set(TELLING).isdisjoint(service.routes) and service.run_by is None
    }
    assert silent <= NOBODY_KNOWS
    assert all(f"{name}: run-by" in here.unchecked for name in silent)


@CITIES
def test_no_service_of_the_police_is_called_anything_else(city):
    for service in pack.load(city).services.values():
        name = f"{service.default_name} {service.organization}".casefold()
        if service.run_by and ("police" in name or "politi" in name):
            assert service.run_by in (RunBy.POLICE, RunBy.POLICE_AND_PUBLIC), service.default_name


def test_the_card_tells_in_one_order_who_reads_it_and_what_follows():
    assert told() == [
        "A public office runs this: Open Hand. It is not the police.",
        SAY.say(texts.ANONYMOUS_YES),
        SAY.say(words_of_card.WITHOUT_NAME),
        "Languages: French",
        "What happens with what you say: We listen.",
        "How long it takes: three days",
        "Residence papers: Nobody asks.",
        SAY.say(words_of_card.RESIDENCE_MAY_CHANGE),
    ]


@pytest.mark.parametrize("organization", ["Open Hand", None])
@pytest.mark.parametrize("run_by", [*RunBy, None])
def test_who_runs_it_is_said_with_and_without_a_name(run_by, organization):
    first = told(run_by=run_by, organization=organization)[0]
    assert ("Open Hand" in first) is (organization is not None)
    assert "None" not in first
    if run_by is None:
        assert first.endswith("I do not know who reads what you send there. Ask first.")


@pytest.mark.parametrize("run_by", [RunBy.POLICE, RunBy.POLICE_AND_PUBLIC, RunBy.JUSTICE, None])
def test_what_the_police_may_read_is_never_called_not_the_police(run_by):
    assert "not the police" not in told(run_by=run_by)[0]


def test_what_a_missing_name_costs_is_said_only_where_somebody_is_reported():
    cost = SAY.say(words_of_card.WITHOUT_NAME)
    assert cost in told()
    for quiet in ({"routes": ("mental_health",)}, {"anonymous": False}, {"anonymous": None}):
        assert cost not in told(**quiet)
    assert cost not in told(routes=("report_street_problem", "check_rumour"))


def test_what_is_not_known_of_residence_papers_is_said_and_how_to_ask():
    assert told(residence_asked=None)[-1] == SAY.say(words_of_card.RESIDENCE_UNKNOWN)
    assert SAY.say(words_of_card.RESIDENCE_UNKNOWN) not in told()


@CITIES
@pytest.mark.parametrize("route", routes.ids("urgent"))
def test_no_doubt_keeps_anybody_in_danger_from_calling(route, city):
    doubts = {SAY.say(words_of_card.UNKNOWN), SAY.say(words_of_card.RESIDENCE_UNKNOWN)}
    for service in pack.load(city).by_route[route]:
        lines = blocks.what_happens(SAY, service, route).split("\n")
        assert doubts.isdisjoint(lines)
        assert not any("who reads what you send" in line for line in lines)
    calm = blocks.what_happens(SAY, dataclasses.replace(DOOR, run_by=None), "housing_help")
    assert "who reads what you send" in calm


@pytest.mark.parametrize("route", sorted(card.ABOUT_SOMEBODY))
def test_residence_papers_that_nobody_knows_of_are_named_once_below_the_services(route):
    reply = respond(route).reply
    unknown = SAY.say(words_of_card.RESIDENCE_UNKNOWN_OF_SOME)
    assert reply.paragraphs.count(unknown) == 1
    assert SAY.say(words_of_card.RESIDENCE_UNKNOWN) not in reply.text
    quiet = respond("check_rumour").reply.text + respond("housing_help").reply.text
    assert unknown not in quiet


def test_in_brussels_the_danger_of_having_no_papers_is_told_before_the_police_are_reached():
    police = [one for one in CITY.services.values() if one.run_by is RunBy.POLICE]
    reached = [one for one in police if "report_hate_crime" in one.routes]
    assert reached
    for service in reached:
        told = blocks.summary(SAY, service, "report_hate_crime", HERE)
        assert "without residence papers" in told
        ways = [told.find(way) for way in ("Phone: ", "Website: ", "E-mail: ") if way in told]
        assert told.index("Residence papers: ") < min(ways, default=len(told))


@LANGUAGES
@pytest.mark.parametrize("route", TELLING)
def test_every_door_says_its_languages_once(route, language):
    say = words(language)
    begins = (
        say.say(texts.LANGUAGES, languages="").strip(),
        say.say(texts.LANGUAGES_UNKNOWN),
    )
    for view in ("", AFTER):
        reply = press(Press(route, view, "0").payload, language).reply
        assert_sound(reply)
        for block in (p for p in reply.paragraphs if p.split("\n")[0] in reply.headings):
            assert sum(line.startswith(begins) for line in block.split("\n")) == 1
