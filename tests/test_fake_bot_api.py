"""Drives the fake Bot API server with the real python-telegram-bot client."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio
from fakes.bot_api import FakeBotApi
from telegram import (
    Bot,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, CommandHandler, ContextTypes

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
CHAT = 42
GROUP = -1_001_234_567_890


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi(TOKEN) as server:
        yield server


@pytest_asyncio.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=api.base_url) as client:
        yield client


def keyboard(*labels_and_data: tuple[str, str]) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(label, callback_data=data) for label, data in labels_and_data]
    return InlineKeyboardMarkup([[button] for button in buttons])


def ids(updates: tuple[Update, ...]) -> list[int]:
    return [update.update_id for update in updates]


async def poll(bot: Bot, offset: int | None = None, timeout: int = 0) -> tuple[Update, ...]:
    return await bot.get_updates(offset=offset, timeout=timeout, allowed_updates=Update.ALL_TYPES)


@pytest.mark.asyncio
async def test_unconfirmed_updates_come_again_until_an_offset_confirms_them(api, bot):
    first, second, third = (api.write(CHAT, word) for word in ("one", "two", "three"))
    assert ids(await poll(bot)) == ids(await poll(bot)) == [first, second, third]
    assert api.confirmed == 0
    assert ids(await poll(bot, offset=second)) == [second, third]
    assert (api.confirmed, api.pending()) == (first, [second, third])
    assert ids(await poll(bot, offset=first)) == [second, third]
    assert ids(await poll(bot, offset=-1)) == [third]
    assert ids(await poll(bot, offset=third + 1)) == []
    assert (api.confirmed, api.pending()) == (third, [])


@pytest.mark.asyncio
async def test_limit_and_an_offset_that_is_too_far_ahead(api, bot):
    written = [api.write(CHAT, str(number)) for number in range(120)]
    assert ids(await bot.get_updates(limit=2)) == written[:2]
    assert ids(await bot.get_updates()) == written[:100]
    assert ids(await bot.get_updates(offset=written[-1] + 1000)) == written[:100]
    assert api.confirmed == 0


@pytest.mark.asyncio
async def test_long_poll_answers_at_once_when_an_update_arrives(api, bot):
    waiting = asyncio.create_task(poll(bot, timeout=20))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    begin = time.monotonic()
    written = await asyncio.to_thread(api.write, CHAT, "hello")
    assert ids(await waiting) == [written]
    assert time.monotonic() - begin < 0.5


@pytest.mark.asyncio
async def test_long_poll_ends_empty_after_its_timeout(api, bot):
    begin = time.monotonic()
    assert await poll(bot, timeout=1) == ()
    assert 0.9 < time.monotonic() - begin < 2


@pytest.mark.asyncio
async def test_second_poll_ends_the_first_with_a_conflict(api, bot):
    first = asyncio.create_task(poll(bot, timeout=20))
    await asyncio.sleep(0.1)
    async with Bot(TOKEN, base_url=api.base_url) as other_bot:
        second = asyncio.create_task(poll(other_bot, timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        written = api.write(CHAT, "hello")
        assert ids(await second) == [written]


@pytest.mark.asyncio
async def test_webhook_shuts_polling_out_until_it_is_deleted(api, bot):
    api.set_webhook("https://example.org/hook")
    api.write(CHAT, "hello")
    with pytest.raises(Conflict, match="webhook is active"):
        await poll(bot)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://example.org/hook", 1)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await poll(bot) == ()


@pytest.mark.asyncio
async def test_allowed_updates_are_remembered_and_spare_earlier_updates(api, bot):
    early = api.add_to_group(GROUP)
    assert ids(await bot.get_updates(allowed_updates=["message"])) == [early]
    assert api.add_to_group(GROUP) is None
    written = api.write(CHAT, "hello")
    assert ids(await bot.get_updates()) == [early, written]


@pytest.mark.asyncio
async def test_bad_token_and_unknown_method(api, bot):
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=api.base_url):
            pass
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{api.base_url}{TOKEN}/getStars")
    assert answer.status_code == 404
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert (await bot.get_me()).username == "rightdoor_test_bot"


@pytest.mark.asyncio
async def test_parameters_come_as_form_json_and_multipart(api):
    api.write(CHAT, "hello")
    url = f"{api.base_url}{TOKEN}/sendmessage"
    parameters = {"chat_id": str(CHAT), "text": "hi"}
    async with httpx.AsyncClient() as client:
        await client.post(url, data=parameters)
        await client.post(url, json={"chat_id": CHAT, "text": "hi"})
        await client.post(url, data=parameters, files={"unused": b"x"})
        await client.get(url, params=parameters)
    assert [message.text for message in api.sent(CHAT)] == ["hi"] * 4
    assert {request.method for request in api.requests} == {"sendMessage"}
    assert {request.parameters["chat_id"] for request in api.requests} == {CHAT}
    assert api.requests[0].path == f"/bot{TOKEN}/sendmessage"
    assert api.requests[0].path_without_token == "/bot<token>/sendmessage"


@pytest.mark.asyncio
async def test_html_becomes_plain_text_and_entities(api, bot):
    api.write(CHAT, "hello")
    text = ' 😀 <b>A &amp; <i>B</i></b> &#60;<a href="https://example.org/?a&amp;b">x</a> '
    message = await bot.send_message(CHAT, text, parse_mode="HTML")
    assert message.text == api.sent(CHAT)[0].plain == "😀 A & B <x"
    assert api.sent(CHAT)[0].text == text
    found = {entity.type: value for entity, value in message.parse_entities().items()}
    assert found == {"bold": "A & B", "italic": "B", "text_link": "x"}
    assert message.entities[-1].url == "https://example.org/?a&b"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é <div>x</div>", 'Unsupported start tag "div" at byte offset 3'),
        ("a <br/> b", 'Unsupported start tag "br/" at byte offset 2'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <b", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a &nbsp; b", "Unsupported character entity at byte offset 2"),
        ("Tom & Ann", "Unsupported character entity at byte offset 4"),
    ],
)
async def test_html_that_telegram_refuses(api, bot, text, reason):
    api.write(CHAT, "hello")
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(CHAT, text, parse_mode="HTML")
    assert str(caught.value).lower() == f"can't parse entities: {reason}".lower()
    assert api.sent(CHAT) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("tag", ["code", "pre", "u", "del", "tg-spoiler", "blockquote expandable"])
async def test_html_tags_that_telegram_knows(api, bot, tag):
    api.write(CHAT, "hello")
    text = f"<{tag}>x</{tag.split()[0]}>"
    message = await bot.send_message(CHAT, text, parse_mode="HTML")
    assert (message.text, len(message.entities)) == ("x", 1)


@pytest.mark.asyncio
async def test_length_counts_utf16_units_after_parsing(api, bot):
    api.write(CHAT, "hello")
    await bot.send_message(CHAT, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    await bot.send_message(CHAT, "😀" * 2048)
    for text in ("x" * 4097, "😀" * 2048 + "x"):
        with pytest.raises(BadRequest, match="(?i)message is too long"):
            await bot.send_message(CHAT, text)
    with pytest.raises(BadRequest, match="(?i)message text is empty"):
        await bot.send_message(CHAT, "")
    with pytest.raises(BadRequest, match="(?i)text must be non-empty"):
        await bot.send_message(CHAT, "<b> </b>", parse_mode="HTML")


@pytest.mark.asyncio
async def test_unknown_chat_and_blocked_bot(api, bot):
    with pytest.raises(BadRequest, match="(?i)chat not found"):
        await bot.send_message(CHAT, "hello")
    api.write(CHAT, "hello")
    api.block(CHAT)
    for call in (bot.send_message(CHAT, "hello"), bot.send_chat_action(CHAT, "typing")):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await call
    api.unblock(CHAT)
    await bot.send_message(CHAT, "hello")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("buttons", "reason"),
    [
        ([[InlineKeyboardButton("Yes", callback_data="é" * 33)]], "BUTTON_DATA_INVALID"),
        ([[InlineKeyboardButton("Yes")]], "text buttons are unallowed"),
        ([[InlineKeyboardButton("", callback_data="yes")]], "text must be non-empty"),
        ([[InlineKeyboardButton("Call", url="tel:+4930123456")]], "URL .* is invalid"),
        ([[InlineKeyboardButton("A", url="https://a.org", callback_data="a")]], "exactly one"),
        ([[InlineKeyboardButton("A", callback_data="a")]] * 101, "reply markup is too long"),
    ],
)
async def test_keyboards_that_telegram_refuses(api, bot, buttons, reason):
    api.write(CHAT, "hello")
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(CHAT, "Choose", reply_markup=InlineKeyboardMarkup(buttons))
    await bot.send_message(CHAT, "Choose", reply_markup=keyboard(("Yes", "x" * 64)))


@pytest.mark.asyncio
async def test_press_and_answer(api, bot):
    api.write(CHAT, "hello")
    await bot.send_message(CHAT, "Choose", reply_markup=keyboard(("Yes", "y"), ("No", "n")))
    pressed = [api.press(CHAT, "y"), api.press_label(CHAT, "No", language_code="de")]
    first, second = (await poll(bot, offset=pressed[0]))[-2:]
    assert (first.callback_query.data, first.callback_query.message.text) == ("y", "Choose")
    assert (second.callback_query.data, second.effective_user.language_code) == ("n", "de")
    await first.callback_query.answer("Thanks", show_alert=True)
    assert api.answers[0][:3] == (first.callback_query.id, "Thanks", True)
    with pytest.raises(BadRequest, match="(?i)query is too old and response timeout expired"):
        await bot.answer_callback_query("123")
    with pytest.raises(BadRequest, match="(?i)MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(first.callback_query.id, "x" * 201)


@pytest.mark.asyncio
async def test_only_buttons_that_are_there_can_be_pressed(api, bot):
    api.write(CHAT, "hello")
    message = await bot.send_message(CHAT, "Choose", reply_markup=keyboard(("Yes", "y")))
    for act in (lambda: api.press(CHAT, "n"), lambda: api.press_label(CHAT, "No")):
        with pytest.raises(ValueError, match="no button"):
            act()
    await message.edit_reply_markup(None)
    with pytest.raises(ValueError, match="no button"):
        api.press(CHAT, "y")
    api.press(CHAT, "y", stale=True)
    await message.delete()
    api.press(CHAT, "y", message_id=message.message_id, stale=True)
    shown, gone = (await poll(bot))[-2:]
    assert shown.callback_query.message.text == "Choose"
    assert gone.callback_query.message.message_id == message.message_id
    assert not gone.callback_query.message.is_accessible


@pytest.mark.asyncio
async def test_edits(api, bot):
    api.write(CHAT, "hello")
    message = await bot.send_message(CHAT, "One", reply_markup=keyboard(("Yes", "y")))
    with pytest.raises(BadRequest, match="(?i)message is not modified"):
        await message.edit_text("<b></b>One", "HTML", reply_markup=keyboard(("Yes", "y")))
    await message.edit_text("Two")
    edited = api.sent(CHAT)[0]
    assert (edited.plain, edited.buttons, edited.edited_at > edited.at) == ("Two", [], True)
    with pytest.raises(BadRequest, match="(?i)message to edit not found"):
        await bot.edit_message_text("Three", CHAT, 5)
    (update,) = await poll(bot)
    with pytest.raises(BadRequest, match="(?i)message can't be edited"):
        await bot.edit_message_text("Three", CHAT, update.message.message_id)
    await message.delete()
    assert api.sent(CHAT)[0].deleted
    with pytest.raises(BadRequest, match="(?i)message to delete not found"):
        await message.delete()


@pytest.mark.asyncio
async def test_failure_on_demand(api, bot):
    api.write(CHAT, "hello")
    api.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(CHAT, "hello")
        assert caught.value._retry_after.total_seconds() == 7
    api.fail_next("getUpdates", 502, "Bad Gateway")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await poll(bot)
    await bot.send_message(CHAT, "hello")
    assert len(api.sent(CHAT)) == 1
    with pytest.raises(ValueError, match="no method"):
        api.fail_next("sendmesage", 500, "Oops")


@pytest.mark.asyncio
async def test_drop_and_delay_on_demand(api, bot):
    api.write(CHAT, "hello")
    api.drop_next("sendMessage")
    api.drop_next("sendMessage", served=True)
    for count in (0, 1):
        with pytest.raises(NetworkError, match="Server disconnected"):
            await bot.send_message(CHAT, "lost")
        assert len(api.sent(CHAT)) == count
    api.delay_next("sendMessage", 0.4)
    with pytest.raises(TimedOut):
        await bot.send_message(CHAT, "late", read_timeout=0.1)
    assert len(api.sent(CHAT)) == 1
    sent = await asyncio.to_thread(api.wait_for, CHAT, 2, 2)
    assert sent[1].plain == "late"


def test_server_stops_at_once_under_polls_and_delays():
    begin = time.monotonic()
    with FakeBotApi(TOKEN) as other, httpx.Client() as client:
        other.delay_next("getMe", 30)
        for call in ("getMe", "getUpdates?timeout=30"):
            with pytest.raises(httpx.ReadTimeout):
                client.get(f"{other.base_url}{TOKEN}/{call}", timeout=0.1)
    assert time.monotonic() - begin < 2
    with pytest.raises(httpx.ConnectError):
        httpx.get(other.address)


@pytest.mark.asyncio
async def test_a_message_with_a_keyboard_of_its_own_cannot_be_edited(api, bot):
    api.write(CHAT, "hello")
    button = KeyboardButton("Share", request_location=True)
    message = await bot.send_message(CHAT, "Where?", reply_markup=ReplyKeyboardMarkup([[button]]))
    with pytest.raises(BadRequest, match="(?i)message can't be edited"):
        await bot.edit_message_text("Two", CHAT, message.message_id)
    assert api.location_button(CHAT) == "Share"
    await bot.send_message(CHAT, "Gone", reply_markup=ReplyKeyboardRemove())
    assert api.location_button(CHAT) is None
    with pytest.raises(ValueError, match="no button to share a location"):
        api.share_location(CHAT, 1, 2)
    api.write(GROUP, "hello", chat_type="group")
    with pytest.raises(BadRequest, match="private chats only"):
        await bot.send_message(GROUP, "Where?", reply_markup=ReplyKeyboardMarkup([[button]]))


@pytest.mark.asyncio
async def test_messages_are_deleted_together_if_each_may_be(api, bot):
    api.write(CHAT, "hello")
    (update,) = await poll(bot)
    sent = await bot.send_message(CHAT, "One")
    ids = [update.message.message_id, sent.message_id]
    for wrong, told in (
        (list(range(1, 102)), "too many message identifiers"),
        ([0], "invalid message identifier"),
    ):
        with pytest.raises(BadRequest, match=f"(?i){told}"):
            await bot.delete_messages(CHAT, wrong)
    # What is not there is skipped
    assert await bot.delete_messages(CHAT, [*ids, 999_999])
    assert (api.shown(CHAT), api.written(CHAT)) == ([], [])
    late = await bot.send_message(CHAT, "Two")
    api.let_two_days_pass(CHAT)
    fresh = await bot.send_message(CHAT, "Three")
    with pytest.raises(BadRequest, match="(?i)can't be deleted"):
        await bot.delete_messages(CHAT, [late.message_id, fresh.message_id])
    assert [one.plain for one in api.shown(CHAT)] == ["Two", "Three"]


@pytest.mark.asyncio
async def test_in_a_group_only_the_bots_own_messages_can_be_deleted(api, bot):
    api.write(GROUP, "hello", chat_type="group")
    (update,) = await poll(bot)
    with pytest.raises(BadRequest, match="(?i)can't be deleted"):
        await bot.delete_messages(GROUP, [update.message.message_id])


@pytest.mark.asyncio
async def test_written_and_edited_messages(api, bot):
    api.write(CHAT, " 😀 /start now ", language_code="fr", name="Sam")
    api.write(CHAT, "changed", edited=True)
    api.write(GROUP, "hello", chat_type="group", language_code=None)
    first, edited, in_group = await poll(bot)
    assert first.message.parse_entities(["bot_command"]).popitem()[1] == "/start"
    assert (first.effective_user.full_name, first.effective_user.language_code) == ("Sam", "fr")
    assert edited.edited_message.message_id == first.message.message_id
    assert (edited.edited_message.text, edited.effective_user.first_name) == ("changed", "Sam")
    assert edited.edited_message.edit_date is not None
    assert (in_group.effective_chat.type, in_group.effective_user.language_code) == ("group", None)
    with pytest.raises(ValueError, match="can't be a private chat"):
        api.write(GROUP, "hello", chat_type="private")


@pytest.mark.asyncio
async def test_media(api, bot):
    for kind in ("voice", "photo", "sticker", "contact", "location"):
        api.send_media(CHAT, kind)
        (update,) = await poll(bot, offset=-1)
        assert update.message.effective_attachment
        assert getattr(update.message, kind)
        assert update.message.text is None
    with pytest.raises(ValueError, match="no medium"):
        api.send_media(CHAT, "telepathy")


@pytest.mark.asyncio
async def test_group_is_joined_and_left(api, bot):
    api.add_to_group(GROUP, service_message=True)
    joined, service = await poll(bot)
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert service.message.new_chat_members[0].id == bot.id
    assert (await bot.get_chat(GROUP)).title == "Neighbours"
    await bot.leave_chat(GROUP)
    left = (await poll(bot))[-1].my_chat_member
    assert (left.new_chat_member.status, left.from_user.id) == ("left", bot.id)
    with pytest.raises(Forbidden, match="not a member of the supergroup chat"):
        await bot.send_message(GROUP, "Bye")


@pytest.mark.asyncio
async def test_block_can_tell_the_bot(api, bot):
    written = api.write(CHAT, "hello")
    told = api.block(CHAT, with_update=True)
    (update,) = await poll(bot, offset=written + 1)
    assert update.update_id == told
    assert update.my_chat_member.new_chat_member.status == "kicked"


@pytest.mark.asyncio
async def test_raw_updates_arrive_as_they_are(api, bot):
    good = {"id": "77", "from": {"id": CHAT, "is_bot": False, "first_name": "A"}}
    first = api.raw_update({"callback_query": {**good, "chat_instance": "1", "data": "x"}})
    api.raw_update({"message": {"chat": {"id": CHAT}}, "update_id": "odd"})
    (update,) = await bot.get_updates(limit=1)
    assert (update.update_id, update.callback_query.data) == (first, "x")
    await update.callback_query.answer()
    await bot.send_message(CHAT, "hello")
    with pytest.raises(KeyError):
        await bot.get_updates(offset=first + 1)


@pytest.mark.asyncio
async def test_commands_and_descriptions(api, bot):
    await bot.set_my_commands([("start", "Begin"), ("help", "Help")])
    await bot.set_my_commands([("start", "Los")], language_code="de")
    await bot.set_my_commands([("stop", "Stop")], scope=BotCommandScopeChat(CHAT))
    assert api.commands["default", ""] == [("start", "Begin"), ("help", "Help")]
    assert api.commands[f"chat:{CHAT}", ""] == [("stop", "Stop")]
    assert [one.description for one in await bot.get_my_commands(language_code="de")] == ["Los"]
    await bot.set_my_description("Finds the right door", language_code="en")
    await bot.set_my_short_description("Doors")
    assert api.descriptions["description", "en"] == "Finds the right door"
    assert api.descriptions["short_description", ""] == "Doors"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("commands", "language_code"),
    [
        ([("Start", "Begin")], None),
        ([("x" * 33, "Begin")], None),
        ([("start", "")], None),
        ([("start", "x" * 257)], None),
        ([(f"c{number}", "x") for number in range(101)], None),
        ([("start", "Begin")], "deu"),
    ],
)
async def test_commands_that_telegram_refuses(api, bot, commands, language_code):
    with pytest.raises(BadRequest):
        await bot.set_my_commands(commands, language_code=language_code)
    assert api.commands == {}


@pytest.mark.asyncio
async def test_chat_actions(api, bot):
    api.write(CHAT, "hello")
    await bot.send_chat_action(CHAT, "typing")
    assert api.actions[0][:2] == (CHAT, "typing")
    with pytest.raises(BadRequest, match="(?i)wrong parameter action"):
        await bot.send_chat_action(CHAT, "thinking")


@pytest.mark.asyncio
async def test_replies(api, bot):
    api.write(CHAT, "hello")
    (update,) = await poll(bot)
    await update.message.reply_text("hi", do_quote=True)
    assert api.sent(CHAT)[0].reply_to == update.message.message_id
    with pytest.raises(BadRequest, match="(?i)message to be replied not found"):
        await bot.send_message(CHAT, "hi", reply_to_message_id=5)


@pytest.mark.asyncio
async def test_wait_for_names_what_was_sent(api, bot):
    api.write(CHAT, "hello")
    await bot.send_message(CHAT, "Only this")
    with pytest.raises(AssertionError, match=r"1 of 2 messages in chat 42.*'Only this'"):
        api.wait_for(CHAT, 2, timeout=0.05)


@pytest.mark.asyncio
async def test_whole_application_polls_and_answers(api):
    async def greet(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await update.effective_message.reply_html("<b>Hi</b>", reply_markup=keyboard(("Go", "g")))

    application = Application.builder().token(TOKEN).base_url(api.base_url).build()
    application.add_handler(CommandHandler("start", greet))
    async with application:
        await application.start()
        await application.updater.start_polling()
        written = await asyncio.to_thread(api.write, CHAT, "/start")
        (message,) = await asyncio.to_thread(api.wait_for, CHAT, 1)
        await application.updater.stop()
        await application.stop()
    assert (message.plain, message.buttons) == ("Hi", [[("Go", "g")]])
    assert (api.confirmed, api.pending()) == (written, [])
