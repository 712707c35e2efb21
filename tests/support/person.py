"""A person who writes to the bot on Telegram, and what this person sees."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from fakes.bot_api import FakeBotApi
from fakes.chat_log import SentMessage

from bot.answers import keyboard
from bot.words import languages, texts
from bot.words.catalogue import words
from bot.words.marks import Text

PATIENCE_SECONDS = 20
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Seen:
    # The messages of one reply, as the person sees them.
    messages: tuple[SentMessage, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(message.plain for message in self.messages)

    @property
    def lines(self) -> list[str]:
        return self.text.translate(ISOLATES).split("\n")

    @property
    def headings(self) -> list[str]:
        bold = [(one.plain, entity) for one in self.messages for entity in one.formatted.entities]
        return [_cut(plain, entity).translate(ISOLATES) for plain, entity in bold]

    @property
    def rows(self) -> list[list[tuple[str, str]]]:
        return self.messages[-1].buttons

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label, _ in row]

    @property
    def payloads(self) -> list[str]:
        return [payload for row in self.rows for _, payload in row]

    @property
    def language(self) -> str | None:
        # The language button tells; the language picker has none.
        return next((code for code in languages.supported() if globe(code) in self.labels), None)

    def says(self, text: Text, language: str, /, **values: object) -> bool:
        return words(language).say(text, **values) in self.text


class Person:
    # Every act waits for the reply, which ends with the message that carries the buttons.
    def __init__(self, api: FakeBotApi, chat: int, phone: str | None, language: str) -> None:
        self.api, self.chat, self.phone = api, chat, phone
        self.language = language
        self.seen: list[Seen] = []
        self._began = 0.0

    @property
    def latest(self) -> Seen:
        return self.seen[-1]

    def writes(self, text: str, edited: bool = False) -> Seen:
        return self.does(lambda: self.api.write(self.chat, text, self.phone, edited=edited))

    def sends(self, kind: str, caption: str = "") -> Seen:
        return self.does(lambda: self.api.send_media(self.chat, kind, caption, self.phone))

    def presses(self, wanted: Text | str) -> Seen:
        # A button below the latest reply, by the words on it in the person's language.
        label = wanted if isinstance(wanted, str) else words(self.language).say(wanted)
        found = [payload for name, payload in self._buttons() if name == label]
        assert found, f"no button {label!r} in {self.latest.labels}"
        return self.presses_payload(found[0])

    def presses_door(self, route: str) -> Seen:
        name = keyboard.door_name(words(self.language), route)
        assert name is not None
        return self.presses(name)

    def presses_language(self) -> Seen:
        return self.presses(globe(self.language))

    def presses_payload(self, payload: str) -> Seen:
        latest = self.latest.messages[-1].message_id
        return self.does(lambda: self.api.press(self.chat, payload, latest, self.phone))

    def does(self, act: Callable[[], object]) -> Seen:
        begin = self.acts(act)
        return self.waits(begin)

    def acts(self, act: Callable[[], object]) -> int:
        begin = len(self.api.sent(self.chat))
        # A message that was edited has been seen more than once.
        read = {message.message_id for seen in self.seen for message in seen.messages}
        unread = begin - len(read)
        assert unread == 0, f"{unread} messages came that nobody had asked for"
        self._began = time.monotonic()
        act()
        return begin

    def waits(self, begin: int) -> Seen:
        def fresh() -> list[SentMessage]:
            sent = self.api.sent(self.chat)
            return sent[begin:] or [one for one in sent if (one.edited_at or 0) > self._began]

        whole = self.api.wait_until(lambda: fresh() and fresh()[-1].keyboard, PATIENCE_SECONDS)
        assert whole, f"no whole reply in chat {self.chat}: {[one.plain for one in fresh()]}"
        self.seen.append(Seen(tuple(fresh())))
        self.language = self.latest.language or self.language
        return self.latest

    def _buttons(self) -> list[tuple[str, str]]:
        return [button for row in self.latest.rows for button in row]


def globe(language: str) -> str:
    return f"{keyboard.GLOBE} {words(language).say(texts.LANGUAGE_BUTTON)}"


def _cut(plain: str, entity: dict[str, int]) -> str:
    units = plain.encode("utf-16-le")
    begin = 2 * entity["offset"]
    return units[begin : begin + 2 * entity["length"]].decode("utf-16-le")
