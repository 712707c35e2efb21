"""Reads a message that Rasa has understood into a Turn: not its words, only what they mean."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from bot.answers import typed
from bot.answers.model import SURE, Memory, Turn
from bot.answers.rumour import ROUTE as RUMOUR
from bot.directory import districts
from bot.directory.model import Pack
from bot.followups import recogniser
from bot.incident import current
from bot.privacy.names import names_somebody
from bot.rumours import library
from bot.words import choice, languages

# A route with a guided conversation.
GUIDED = "staff_concern_pupil"


def turn_of(message: Mapping[str, Any], memory: Memory, pack: Pack) -> Turn:
    """Return the turn of a message as Rasa's parse gives it, with the metadata of its channel.

    What begins with a slash is the payload of our own button: the gateway lets nothing else
    through. Language, district and names are looked for in typed words only.
    """
    memory = _with_choice(memory, message)
    text = message.get("text") or ""
    by_hand = not text.startswith("/")
    route = message["intent"]["name"]
    language = choice.of_reply(memory, text, message.get("language"), _locale(message))
    pressed = {entity["entity"]: str(entity["value"]) for entity in message.get("entities", [])}
    now = datetime.datetime.now(pack.city.time_zone)
    turn = Turn(
        route=route,
        language=language,
        now=now,
        certainty=message.get("certainty", SURE) if by_hand else SURE,
        doors=tuple(entry["name"] for entry in message.get("intent_ranking", [])),
        view=pressed.get("view", ""),
        choice=pressed.get("choice", ""),
        incident=current.shown(pack.city, now),
        memory=memory,
    )
    written_in = (message.get("language") or {}).get("code") or language
    return _with_words(turn, text, written_in, pack) if by_hand else turn


def warm_up(pack: Pack) -> None:
    """Read all word lists and catalogues now, so that no first message has to wait."""
    for language in languages.supported():
        memory = Memory(last_language=language, last_route=GUIDED, flow=GUIDED)
        spoken = {"code": language, "confidence": 1.0}
        for route in (GUIDED, RUMOUR):
            turn_of({"text": "abc", "intent": {"name": route}, "language": spoken}, memory, pack)


def _with_words(turn: Turn, text: str, written_in: str, pack: Pack) -> Turn:
    """Return the turn with what typed words say besides their route."""
    turn = _as_button(turn, text)
    district = districts.mentioned(pack.city, text)
    said = typed.answer(turn.memory, text, turn.route, turn.language)
    turn = dataclasses.replace(
        turn,
        typed=True,
        rumour=_rumour(turn, text, written_in, pack),
        choice=languages.mentioned(text) or "",
        district=district.id if district else None,
        words_beside=districts.words_beside(pack.city, text) if district else 0,
        said=said.answer,
        said_plainly=said.plainly,
        names_somebody=names_somebody(text, turn.language),
    )
    return _with_follow_up(_in_language_of_chat(turn), text, pack)


def _as_button(turn: Turn, text: str) -> Turn:
    """Return the turn of a text that is the very words of a way on: what the button would do."""
    spoken = turn.memory.chosen_language or turn.memory.last_language or turn.language
    route = typed.way_on(text, spoken)
    return (
        dataclasses.replace(turn, route=route, language=spoken, certainty=SURE) if route else turn
    )


def _in_language_of_chat(turn: Turn) -> Turn:
    """Return the turn of a place alone in the language of the reply before: a name has none."""
    spoken = turn.memory.last_language
    if turn.district is None or turn.words_beside or spoken is None:
        return turn
    return dataclasses.replace(turn, language=turn.memory.chosen_language or spoken)


def _with_follow_up(turn: Turn, text: str, pack: Pack) -> Turn:
    """Return the turn with the follow-up that its text is, if it is one.

    Few words tell little of their language: when they fit that of the reply before, it stays.
    """
    spoken = turn.memory.chosen_language or turn.memory.last_language or turn.language
    found = recogniser.find(text, spoken, pack.city.district_names)
    if found is None:
        return turn
    language = spoken if found.language == spoken else turn.language
    turn = dataclasses.replace(turn, language=language, follow_up=found.kind)
    if found.kind == "something_else":
        # It is not "somebody else", however alike the words are.
        turn = dataclasses.replace(turn, said="", said_plainly=False)
    if found.kind == "day" and found.value.isdecimal():
        return dataclasses.replace(turn, follow_up="weekday", weekday=int(found.value))
    if found.kind == "day":
        return dataclasses.replace(turn, follow_up=found.value)
    if found.kind == "closer" and found.value:
        return dataclasses.replace(turn, district=found.value, words_beside=0)
    return dataclasses.replace(turn, choice=found.value or turn.choice)


def _rumour(turn: Turn, text: str, written_in: str, pack: Pack) -> str | None:
    """Return which checked rumour a text asks about, "" when none; None when it is about else."""
    if turn.route != RUMOUR:
        return None
    return library.find(pack, text, written_in, turn.now.date()) or ""


def _with_choice(memory: Memory, message: Mapping[str, Any]) -> Memory:
    """Return the memory with the language that a poster's link chose, if it chose one."""
    code = (message.get("metadata") or {}).get("chosen")
    if code not in languages.supported():
        return memory
    return dataclasses.replace(memory, chosen_language=code)


def _locale(message: Mapping[str, Any]) -> str | None:
    """Return the language of the person's phone, as the channel told it."""
    return (message.get("metadata") or {}).get("locale")
