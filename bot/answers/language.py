"""The answer to "another language, please": set it at once when it was named, else let choose.

What was shown last is shown again, in the new language.
"""

from __future__ import annotations

import dataclasses

from bot import routes
from bot.answers import keyboard, services, urgent
from bot.answers.model import ANSWERED, Answer, Memory, Reply, Turn
from bot.directory.model import Pack
from bot.words import languages, texts
from bot.words.catalogue import Words, words


def answer(turn: Turn, pack: Pack) -> Answer:
    """Set the language that a button or the message named, or show all languages."""
    if turn.choice not in languages.supported():
        say = words(turn.language)
        reply = Reply(
            turn.language,
            (say.say(texts.WHICH_LANGUAGE),),
            keyboard.language_picker(say),
            in_place=True,
        )
        return Answer(reply, turn.memory, ANSWERED)
    say = words(turn.choice)
    memory = dataclasses.replace(
        turn.memory, chosen_language=turn.choice, last_language=turn.choice
    )
    told = dataclasses.replace(turn, language=turn.choice, memory=memory)
    if memory.last_route and not memory.flow:
        return _shown_again(told, pack, memory.last_route)
    return Answer(Reply(turn.choice, confirmation(say), _ways_on(say, memory)), memory, ANSWERED)


def _shown_again(turn: Turn, pack: Pack, route: str) -> Answer:
    """Show what was shown last, in the language of the turn; of a card, the numbers come first."""
    confirmed = confirmation(words(turn.language))
    turn = dataclasses.replace(turn, view="", choice="")
    if routes.get(route).urgent:
        shown = urgent.answer(dataclasses.replace(turn, route=route), pack)
        paragraphs = (*shown.reply.paragraphs, *confirmed)
    else:
        shown = services.again(turn, pack)
        paragraphs = (*confirmed, *shown.reply.paragraphs)
    reply = dataclasses.replace(shown.reply, paragraphs=paragraphs)
    return Answer(reply, shown.memory, ANSWERED)


def confirmation(say: Words) -> tuple[str, ...]:
    """Return the sentence that confirms the language, and whether its words were reviewed."""
    language = languages.table()[say.language]
    return (say.say(texts.LANGUAGE_SET, language=language.name), *not_reviewed(say))


def not_reviewed(say: Words) -> tuple[str, ...]:
    """Return the sentence that says so when no native speaker has checked a translation yet."""
    language = languages.table()[say.language]
    if language.code == languages.SOURCE_LANGUAGE or language.reviewed_by != "none":
        return ()
    return (say.say(texts.NOT_REVIEWED, language=language.name),)


def _ways_on(say: Words, memory: Memory) -> keyboard.Rows:
    offered = (memory.last_route,) if memory.last_route else memory.offered
    return keyboard.offer(say, offered) if offered else keyboard.menu(say)
