"""The last step of a guided conversation: the services that fit, pages to read, a summary."""

from __future__ import annotations

from bot.answers import blocks, guided_facts, guided_keyboard, phones, services
from bot.answers.here import here
from bot.answers.keyboard import Rows
from bot.answers.model import Answer, Reply, Turn
from bot.directory import search
from bot.directory.model import Pack, Service
from bot.flows.table import Flow
from bot.words.catalogue import Words, words
from bot.words.guided import staff
from bot.words.guided.flows import WORDS

SUMMARY, SUPPORT = "summary", "pupil"
# What stands between the answers and the services, by flow.
STEPS = {"staff": staff.STEPS}


def adds(turn: Turn, pack: Pack, flow: Flow, answer: str) -> tuple[str, ...]:
    """Return what is said when an answer was chosen."""
    say = words(turn.language)
    texts = WORDS[flow.id].adds.get(answer, ())
    return tuple(say.say(text, number=phones.in_danger(pack)) for text in texts)


def services_found(turn: Turn, pack: Pack, flow: Flow, before: tuple[str, ...]) -> Answer:
    """Return the services that fit what was answered, and below them what else can be read."""
    say = words(turn.language)
    taken = turn.memory.taken[-1:]
    chosen = [text for one in taken for text in _read(turn, pack, flow, one)]
    steps = tuple(say.say(text) for text in STEPS.get(flow.id, ()))
    question = say.say(WORDS[flow.id].questions[flow.last])
    return services.guided(
        turn, pack, (*before, *chosen, *steps), question, _pages(say, flow, turn)
    )


def page(turn: Turn, pack: Pack, flow: Flow, answer: str) -> Answer:
    """Return a page of the last step: something to read, with the way back to the services."""
    say = words(turn.language)
    told = _summary(say, turn, pack, flow) if answer == SUMMARY else _read(turn, pack, flow, answer)
    buttons = guided_keyboard.page(say, flow, turn.route, answer)
    return Answer(Reply(turn.language, told, buttons), turn.memory)


def _read(turn: Turn, pack: Pack, flow: Flow, answer: str) -> tuple[str, ...]:
    """Return the general words of a page, what is known of this city, and services named for it."""
    say = words(turn.language)
    named = _supporting(say, turn, pack) if answer == SUPPORT else ()
    known = guided_facts.paragraphs(say, turn, pack, answer)
    return (*adds(turn, pack, flow, answer), *named, *known)


def _supporting(say: Words, turn: Turn, pack: Pack) -> tuple[str, ...]:
    """Return the services that the city names for a pupil and for the family, each once."""
    named = pack.guidance.support.values() if pack.guidance else ()
    ids = dict.fromkeys(id_ for group in named for id_ in group)
    seen = here(turn, pack)
    return tuple(blocks.summary(say, pack.services[id_], turn.route, seen) for id_ in ids)


def _pages(say: Words, flow: Flow, turn: Turn) -> Rows:
    answers = guided_keyboard.answers(say, flow, turn.route, flow.last)
    return (*answers, guided_keyboard.moves(say, turn.route))


def _summary(say: Words, turn: Turn, pack: Pack, flow: Flow) -> tuple[str, ...]:
    """Return what a member of staff may copy: what was answered, next steps, whom to ask."""
    named = WORDS[flow.id].answers
    by_step = {flow.step_of(answer): say.say(named[answer]) for answer in turn.memory.taken}
    lines = [
        say.say(text, **{name: by_step[name]})
        for text, name in ((staff.SUMMARY_NOTICED, "noticed"), (staff.SUMMARY_SETTING, "setting"))
        if name in by_step
    ]
    found = search.for_route(pack, turn.route, here(turn, pack).asked)[: services.PAGE]
    contacts = [_contact(say, service, pack.city.country) for service in found]
    return (
        say.say(staff.SUMMARY),
        "\n".join([*lines, say.say(staff.SUMMARY_STEPS)]),
        "\n".join([say.say(staff.SUMMARY_SERVICES), *contacts]),
    )


def _contact(say: Words, service: Service, country: str) -> str:
    name, number = service.name_in(say.language), service.voice_number
    contact = phones.to_call(number, country) if number else service.website or service.email
    if not contact:
        return say.isolated(name)
    return say.say(staff.SUMMARY_SERVICE, name=name, contact=contact)
