"""Telegram shows the commands and what the bot is in every language, before anybody writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from fakes.bot_api import FakeBotApi
from fakes.stage import TOKEN, hurry, said
from telegram.ext import AIORateLimiter, ExtBot

from bot.gateway import profile
from bot.gateway.commands import COMMANDS
from bot.words import languages, texts

PRIVATE = "all_private_chats"
PLACES = ("", *languages.supported())


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeBotApi]:
    hurry(monkeypatch)
    with FakeBotApi(TOKEN) as server:
        yield server


@pytest_asyncio.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[ExtBot]:
    async with ExtBot(TOKEN, base_url=api.base_url, rate_limiter=AIORateLimiter()) as client:
        yield client


async def test_the_command_list_is_there_in_every_language_and_for_all_others(api, bot):
    await profile.publish(bot)
    assert set(api.commands) == {(PRIVATE, code) for code in PLACES}
    for code in PLACES:
        listed = dict(api.commands[PRIVATE, code])
        assert listed["language"] == said(texts.COMMAND_LANGUAGE, code or "en")
        assert listed["help"] == said(texts.COMMAND_HELP, code or "en")


async def test_the_list_holds_exactly_the_commands_that_are_answered(api, bot):
    await profile.publish(bot)
    for listed in api.commands.values():
        assert {name for name, _ in listed} == set(COMMANDS)
        assert len({description for _, description in listed}) == len(COMMANDS)


async def test_what_the_bot_is_stands_there_in_every_language_and_for_all_others(api, bot):
    await profile.publish(bot)
    kinds = {"description": texts.PROFILE, "short_description": texts.PROFILE_SHORT}
    assert api.descriptions == {
        (kind, code): said(text, code or "en") for kind, text in kinds.items() for code in PLACES
    }


@pytest.mark.parametrize("method", ["setMyCommands", "setMyDescription", "setMyShortDescription"])
@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_refusal_in_one_language_stops_neither_the_others_nor_the_rest(
    api, bot, method, status
):
    # The first call of a kind is the one for whoever speaks another language
    api.fail_next(method, status, "no")
    await profile.publish(bot)
    refused = {"setMyCommands": 1, "setMyDescription": 2, "setMyShortDescription": 2}[method]
    assert len(api.commands) == len(PLACES) - (refused == 1)
    assert len(api.descriptions) == 2 * len(PLACES) - (refused == 2)
    for code in languages.supported():
        assert (PRIVATE, code) in api.commands


async def test_a_lost_connection_costs_nothing_of_the_profile(api, bot):
    api.drop_next("setMyCommands", times=3)
    api.drop_next("setMyShortDescription", times=2)
    await profile.publish(bot)
    assert len(api.commands) == len(PLACES)
    assert len(api.descriptions) == 2 * len(PLACES)


async def test_a_telegram_that_takes_no_profile_at_all_does_no_harm(api, bot, caplog):
    api.drop_next("setMyCommands", times=4 * len(PLACES))
    await profile.publish(bot)
    assert not api.commands
    assert len(api.descriptions) == 2 * len(PLACES)
    warnings = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert warnings == ["The bot's profile could not be published: NotSentError"] * len(PLACES)
