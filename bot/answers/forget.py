"""Forgetting a chat: asks once whether that is meant, then remembers nothing any more."""

from __future__ import annotations

import dataclasses

from bot.answers import keyboard
from bot.answers.model import Answer, Memory, Reply, Turn
from bot.answers.payload import FORGET
from bot.directory.model import Pack
from bot.words import telegram
from bot.words.catalogue import words

SURE = "yes"
# No door leads to "no": so this is never offered by any other answer.
ASKED = ("ask_privacy", "deny")


def is_meant(turn: Turn) -> bool:
    """Tell whether a turn is about forgetting: our own button, or a yes typed to its question."""
    if turn.route == "ask_privacy":
        return turn.view == FORGET
    return turn.route == "affirm" and turn.memory.offered == ASKED


def answer(turn: Turn, pack: Pack) -> Answer:
    """Ask whether the chat is to be forgotten; after the button, forget it.

    Only the button deletes: a yes that was typed could mean something else.
    """
    say = words(turn.language)
    if turn.route == "ask_privacy" and turn.choice == SURE:
        told = (say.say(telegram.FORGOTTEN), say.say(telegram.FORGOTTEN_TELEGRAM))
        reply = Reply(turn.language, told, keyboard.menu(say), forgets=True)
        return Answer(reply, Memory())
    reply = Reply(turn.language, (say.say(telegram.FORGET_ASK),), keyboard.forget(say, SURE))
    return Answer(reply, dataclasses.replace(turn.memory, offered=ASKED))
