"""A tiny HTTP server that answers like Rasa's REST channel, with replies that a test chose."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any

from aiohttp import web
from rasa_sdk.executor import CollectingDispatcher
from typing_extensions import Self

from actions.turn import say
from bot.answers.model import Button, Reply

PATH = "/webhooks/rest/webhook"
CANNED = Reply(
    language="en",
    paragraphs=("These places can help you.", "The Blue House\nPhone: 02 000 00 00"),
    buttons=(
        (Button("More services", '/mental_health{"view":"more","choice":"1"}'),),
        (Button("Something else", "/show_menu"), Button("Talk to a person", "/talk_to_human")),
        (Button("Language", "/change_language"),),
    ),
    headings=("The Blue House",),
)


DEMAND = {
    "route": "mental_health",
    "audience": "resident",
    "district": "ixelles",
    "outcome": "answered",
}


class FakeRasa:
    """Runs in a thread of its own for as long as its `with` block lasts."""

    def __init__(self) -> None:
        self.reply = CANNED
        self.demand: dict[str, str] | None = None
        # What is counted by what is written, if a test wants it so.
        self.demand_of: Callable[[str], dict[str, str] | None] = lambda text: self.demand
        self.replies: dict[str, Reply] = {}
        self.received: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self._held: Callable[[str], bool] = lambda text: False
        self._instead: tuple[int, str] | None = None
        self._seconds = 0.0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self.come_back()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.go_down()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"

    @property
    def texts(self) -> list[str]:
        """The messages received so far, in order."""
        return [message["message"] for message in self.received]

    def hold(self, *texts: str) -> None:
        """Lets requests with these texts, or all requests, wait until `release`."""
        self._held = lambda text: not texts or text in texts

    def release(self) -> None:
        self._held = lambda text: False
        self._loop.call_soon_threadsafe(self._released.set)

    def slow_down(self, seconds: float) -> None:
        """Takes so long for each turn, one after the other, as Rasa does."""
        self._seconds = seconds

    def answer_instead(self, body: str, status: int = 200) -> None:
        """Answers every request with this body, until `recover`."""
        self._instead = (status, body)

    def recover(self) -> None:
        self._instead = None

    def go_down(self) -> None:
        """Closes the port and all connections; those who connect from now on are refused."""
        self._run(self._stop())

    def come_back(self) -> None:
        self._run(self._start())

    def wait_for(self, count: int, timeout: float = 10) -> list[dict[str, Any]]:
        """The messages received, once there are `count` of them."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.received) >= count, timeout):
                raise AssertionError(f"{len(self.received)} of {count} messages: {self.texts}")
            return list(self.received)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _start(self) -> None:
        self._released = asyncio.Event()
        self._turn = asyncio.Lock()
        application = web.Application()
        application.router.add_post(PATH, self._answer)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        if self._runner:
            self._released.set()
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.Request) -> web.Response:
        message = await request.json()
        with self._changed:
            self.received.append(message)
            self._changed.notify_all()
        if self._held(message["message"]):
            await self._released.wait()
        if self._seconds:
            async with self._turn:
                await asyncio.sleep(self._seconds)
        if self._instead:
            status, body = self._instead
            return web.Response(status=status, text=body, content_type="application/json")
        reply = self.replies.get(message["message"], self.reply)
        demand = self.demand_of(message["message"])
        return web.json_response(rest_messages(message["sender"], reply, demand))


def rest_messages(
    sender: str, reply: Reply, demand: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """A reply as the action says it and as Rasa's REST channel then passes it on."""
    dispatcher = CollectingDispatcher()
    say(dispatcher, reply, demand)
    return [one for message in dispatcher.messages for one in _collected(sender, message)]


def _collected(sender: str, message: dict[str, Any]) -> list[dict[str, Any]]:
    if message["custom"]:
        return [{"recipient_id": sender, "custom": message["custom"]}]
    if message["buttons"]:
        content = {"text": message["text"], "buttons": message["buttons"]}
        return [{"recipient_id": sender, **content}]
    # Rasa cuts a text without buttons at its empty lines.
    return [{"recipient_id": sender, "text": part} for part in message["text"].split("\n\n")]
