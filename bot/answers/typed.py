"""Which answer of a guided conversation typed words stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot import urgent
from bot.answers import spoken
from bot.answers.keyboard import ALWAYS_OFFERED, CONVERSATION_NAMES
from bot.answers.model import Memory
from bot.answers.payload import BACK, RESUME, STOP
from bot.flows import table
from bot.flows.table import Flow
from bot.rumours.matching import TELLING
from bot.rumours.wording import rarity
from bot.urgent import normalise
from bot.words.catalogue import words
from bot.words.guided import common
from bot.words.guided.flows import WORDS
from bot.words.marks import Text

# Per cent of likeness from which two words are the same but for an ending or a slip.
ALIKE = 80
# How much of a button's words must be there, and how few words a message may have beside them.
ENOUGH = 0.6
# How much of a short message must be words of a button that has more words ("two weeks").
ENOUGH_OF_MESSAGE = 0.5
SHORT_MESSAGE = 5
# Whoever does not want the police may say so whenever it is; only the question of danger stays.
ANY_TIME = "no_police"
MOST_WORDS = 8
SHORTEST = 3
SHORTEST_STEM = 4
# Arabic writes the article, and "in" and "to", in one word with the next.
_ARTICLES = ("بال", "لل", "ال")
# The buttons that every step has.
_MOVES = {BACK: common.BACK, STOP: common.STOP, RESUME: common.RESUME}


class Said(NamedTuple):
    """The answer that typed words mean, if any; `plainly` when they say nothing else."""

    answer: str = ""
    plainly: bool = False


def answer(memory: Memory, text: str, route: str, language: str) -> Said:
    """Return the answer of the present step that a typed text means, as far as that is clear.

    `route` is what the text was understood as: a yes or a no is an answer where one is asked for.
    """
    flow = table.of_route(memory.flow)
    if flow is None or memory.flow is None:
        return Said()
    move = next((move for move, name in _MOVES.items() if _is(text, name, language)), "")
    if move:
        return Said(move, plainly=True)
    if memory.flow != memory.last_route:
        return Said()
    # What was asked in between ("forget this chat?") is what a yes or a no answers.
    if memory.offered and route == "deny":
        return Said()
    return _at_step(flow, memory, text, route, language)


def _at_step(flow: Flow, memory: Memory, text: str, route: str, language: str) -> Said:
    """Return the answer of the present step that a text means: by its words, as a yes or a no."""
    step = flow.step_after(memory.flow or "", memory.taken)
    named = WORDS[flow.id].answers
    labels = {
        one: normalise(words(language).say(named[one])) for one in flow.steps[step] if one in named
    }
    own = spoken.answer(text, MOST_WORDS)
    may_be_said = own in labels or (memory.taken and own == ANY_TIME and flow.step_of(own))
    if may_be_said and normalise(text) not in labels.values():
        # "Maybe he has a knife" says more than "maybe": then danger weighs more.
        return Said(own, spoken.is_phrase(text) and urgent.find(text) is None)
    found = named_in(text, labels)
    if found:
        return Said(found, _nothing_else(text, labels[found], language))
    yes_or_no = {} if memory.offered else {"affirm": "danger", "deny": "safe"}
    said = yes_or_no.get(route, "")
    return Said(said if said in labels else "")


def way_on(text: str, language: str) -> str:
    """Return the route of the button below every offer whose very words a text is; "" for none."""
    named = {route: CONVERSATION_NAMES[route] for route in ALWAYS_OFFERED}
    return next((route for route, name in named.items() if _is(text, name, language)), "")


def _is(text: str, label: Text, language: str) -> bool:
    return normalise(text) == normalise(words(language).say(label))


def named_in(text: str, labels: Mapping[str, str]) -> str:
    """Return the answer whose label a text names, or its number; "" when none or more do.

    `labels`: normalised label by answer, in the order of the buttons.
    """
    plain = normalise(text)
    exact = [one for one, label in labels.items() if label == plain]
    if exact:
        return exact[0]
    if plain.isdecimal() and 0 < int(plain) <= len(labels):
        return list(labels)[int(plain) - 1]
    heard = [_bare(word) for word in plain.split()]
    if len(heard) > MOST_WORDS:
        return ""
    likeness = {one: _likeness(label, heard) for one, label in labels.items()}
    best = max(likeness.values(), default=0.0)
    found = [one for one, share in likeness.items() if share == best]
    if best >= ENOUGH:
        return found[0] if len(found) == 1 else ""
    return _short_for(heard, labels)


def _short_for(heard: list[str], labels: Mapping[str, str]) -> str:
    """Return the one answer of whose many words a short message has some; "" for none.

    A label of one word is none of them: "no" in it would be taken for the whole answer.
    """
    if len(heard) > SHORT_MESSAGE:
        return ""
    shares = {
        one: _share_of_message(label.split(), heard)
        for one, label in labels.items()
        if len(label.split()) > 1
    }
    found = [one for one, share in shares.items() if share >= ENOUGH_OF_MESSAGE]
    return found[0] if len(found) == 1 else ""


def _share_of_message(label: list[str], heard: list[str]) -> float:
    """Return which share of a message are words of a label, by their letters: 0 to 1.

    Short words alone ("I am", "it is") are none.
    """
    said = [word for word in heard if word in map(_bare, label)]
    telling = any(len(word) >= SHORTEST_STEM for word in said)
    return sum(map(len, said)) / sum(map(len, heard)) if telling else 0.0


def _nothing_else(text: str, label: str, language: str) -> bool:
    """Tell whether a text says no more than a label ("it was a threat") and no word of danger.

    A short word that tells something ("gun") is more.
    """
    plain = normalise(text)
    if plain == label or plain.isdecimal():
        return True
    known = [_bare(word) for word in label.split()]
    others = [word for word in map(_bare, plain.split()) if not _is_said(word, known)]
    return urgent.find(text) is None and all(_tells_nothing(word, language) for word in others)


def _tells_nothing(word: str, language: str) -> bool:
    return len(word) <= SHORTEST and rarity(word, language) < TELLING


def _likeness(label: str, heard: list[str]) -> float:
    """Return which share of a label's words was said, by their letters: 0 to 1."""
    wanted = [_bare(word) for word in label.split() if len(word) >= SHORTEST]
    said = [word for word in wanted if _is_said(word, heard)]
    letters = sum(map(len, wanted))
    return sum(map(len, said)) / letters if letters else 0.0


def _is_said(word: str, heard: list[str]) -> bool:
    """Tell whether a word was said: nearly so, or with another ending ("bullying", "bullied")."""
    stem = word[: max(SHORTEST_STEM, len(word) // 2)]
    if len(stem) >= SHORTEST_STEM and any(one.startswith(stem) for one in heard):
        return True
    return bool(process.extractOne(word, heard, scorer=fuzz.ratio, score_cutoff=ALIKE))


def _bare(word: str) -> str:
    article = next((one for one in _ARTICLES if word.startswith(one)), "")
    return word.removeprefix(article) if len(word) > len(article) + 1 else word
