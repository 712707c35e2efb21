"""A strict fake of Telegram's Bot API server over real HTTP, for tests of the whole bot."""

import asyncio
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple

from aiohttp import web
from typing_extensions import Self

from .bot_methods import BotMethods, CallbackAnswer, SentAction
from .chat_log import SentMessage
from .request_reader import ApiRequest, check_nested, read_parameters
from .telegram_rules import Refused


class Fault(NamedTuple):
    """What befalls one request: a wait before it is served, a refusal, or a lost connection."""

    seconds: float = 0
    refusal: Refused | None = None
    is_dropped: bool = False
    is_served: bool = True


class FakeBotApi(BotMethods):
    """Runs in a thread of its own for as long as its `with` block lasts."""

    def __init__(self, token: str) -> None:
        user = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Right Door",
        }
        super().__init__({**user, "username": "rightdoor_test_bot"})
        self._token = token
        self._requests: list[ApiRequest] = []
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._names = {name.lower(): name for name in (*self._handlers, "getUpdates")}
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.base_url = f"{self.address}/bot"

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(timeout=10):
            raise RuntimeError("the fake Bot API server didn't start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(timeout=10)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        self._queue.open()
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        self._ready.set()
        await self._closing.wait()
        self._queue.close()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        fault = Fault()
        try:
            method, parameters = await self._receive(request)
            fault = self._next_fault(method)
            result = await self._run(method, parameters, fault)
            response = web.json_response({"ok": True, "result": result})
        except Refused as refusal:
            response = web.json_response(refusal.as_json(), status=refusal.status)
        if fault.is_dropped and request.transport:
            request.transport.close()
        return response

    async def _receive(self, request: web.Request) -> tuple[str, dict[str, Any]]:
        token = request.match_info.get("token", "")
        name = request.match_info.get("method", "").lower()
        method = self._names.get(name, name)
        path = request.raw_path
        parameters = await read_parameters(request)
        hidden = path.replace(token, "<token>", 1) if token else path
        with self._changed:
            self._requests.append(ApiRequest(method, parameters, path, hidden, time.monotonic()))
            self._changed.notify_all()
        if token and token != self._token:
            raise Refused(401, "Unauthorized")
        if method not in self._names.values():
            raise Refused(404, "Not Found")
        check_nested(parameters)
        return method, parameters

    async def _run(self, method: str, parameters: dict[str, Any], fault: Fault) -> Any:
        # A client that gave up doesn't stop its request: Telegram serves it all the same.
        await asyncio.sleep(fault.seconds)
        if fault.refusal:
            raise fault.refusal
        if not fault.is_served:
            return None
        if method == "getUpdates":
            return await self._queue.poll(parameters)
        return self._handlers[method](parameters)

    def _next_fault(self, method: str) -> Fault:
        with self._changed:
            return self._faults[method].popleft() if self._faults[method] else Fault()

    def _add_faults(self, method: str, fault: Fault, times: int = 1) -> None:
        if method not in self._names.values():
            raise ValueError(f"{method!r} is no method of this fake")
        with self._changed:
            self._faults[method].extend([fault] * times)

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        retry_after: int | None = None,
        times: int = 1,
    ) -> None:
        self._add_faults(method, Fault(refusal=Refused(status, description, retry_after)), times)

    def drop_next(self, method: str, times: int = 1, served: bool = False) -> None:
        """Closes the connection without an answer; `served` loses the answer, not the act."""
        self._add_faults(method, Fault(is_dropped=True, is_served=served), times)

    def delay_next(self, method: str, seconds: float, times: int = 1) -> None:
        """Serves the request only after the wait, even if the client has given up by then."""
        self._add_faults(method, Fault(seconds=seconds), times)

    def set_webhook(self, url: str) -> None:
        self._queue.webhook_url = url

    def sent(self, chat_id: int) -> list[SentMessage]:
        """All messages sent there in their latest state, also those deleted since."""
        return self._log.sent(chat_id)

    def shown(self, chat_id: int) -> list[SentMessage]:
        """The messages of the bot that a person still sees there."""
        return self._log.shown(chat_id)

    def written(self, chat_id: int) -> list[int]:
        """The ids of the person's messages that are still there."""
        return self._log.received(chat_id)

    def let_two_days_pass(self, chat_id: int) -> None:
        self._log.let_two_days_pass(chat_id)

    def wait_for(self, chat_id: int, count: int, timeout: float = 10) -> list[SentMessage]:
        if not self.wait_until(lambda: len(self.sent(chat_id)) >= count, timeout):
            texts = [message.plain for message in self.sent(chat_id)]
            raise AssertionError(
                f"{len(texts)} of {count} messages in chat {chat_id} after {timeout} s: {texts}"
            )
        return self.sent(chat_id)

    def wait_until(self, condition: Callable[[], Any], timeout: float = 10) -> bool:
        """Whether the condition came true; it is asked again after each change on the server."""
        with self._changed:
            return bool(self._changed.wait_for(condition, timeout))

    def pending(self) -> list[int]:
        return self._queue.pending()

    @property
    def confirmed(self) -> int:
        return self._queue.confirmed

    @property
    def requests(self) -> list[ApiRequest]:
        with self._changed:
            return list(self._requests)

    @property
    def commands(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Lists of (command, description) by (scope, language code)."""
        with self._changed:
            return dict(self._commands)

    @property
    def descriptions(self) -> dict[tuple[str, str], str]:
        """Texts by ("description" or "short_description", language code)."""
        with self._changed:
            return dict(self._descriptions)

    @property
    def actions(self) -> list[SentAction]:
        with self._changed:
            return list(self._actions)

    @property
    def answers(self) -> list[CallbackAnswer]:
        with self._changed:
            return list(self._answers)
