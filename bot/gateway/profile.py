"""What Telegram shows of the bot before anybody writes: commands and descriptions by language."""

from __future__ import annotations

import logging

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.gateway.sending import Bot, NotSentError, persist
from bot.words import languages, telegram, texts
from bot.words.catalogue import Words, words

logger = logging.getLogger(__name__)

COMMAND_TEXTS = {
    "start": texts.COMMAND_START,
    "menu": texts.COMMAND_MENU,
    "language": texts.COMMAND_LANGUAGE,
    "help": texts.COMMAND_HELP,
    "privacy": texts.COMMAND_PRIVACY,
    "forget": telegram.COMMAND_FORGET,
}


async def publish(bot: Bot) -> None:
    """Give Telegram the command list and the descriptions in every language.

    They are an ornament: when Telegram refuses one, the bot serves all the same.
    """
    await _publish_in(bot, words(languages.SOURCE_LANGUAGE), None)
    for code in languages.supported():
        await _publish_in(bot, words(code), code)


async def _publish_in(bot: Bot, say: Words, code: str | None) -> None:
    commands = [BotCommand(name, say.say(text)) for name, text in COMMAND_TEXTS.items()]
    scope = BotCommandScopeAllPrivateChats()
    about, short = say.say(texts.PROFILE), say.say(texts.PROFILE_SHORT)
    calls = (
        lambda: bot.set_my_commands(commands, scope=scope, language_code=code),
        lambda: bot.set_my_description(about, language_code=code),
        lambda: bot.set_my_short_description(short, language_code=code),
    )
    for call in calls:
        try:
            await persist(call)
        except (TelegramError, NotSentError) as error:
            logger.warning("The bot's profile could not be published: %s", type(error).__name__)
