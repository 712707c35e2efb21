"""Telegram's HTML markup: what the server refuses, and the plain text and entities it leaves."""

import html
import re
from typing import Any, NamedTuple, NoReturn

ENTITY_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG_NAME = re.compile(r"<(/?)([^\s>]*)")
ATTRIBUTE = re.compile(r"""\s+(?:([^\s=>]+)\s*=\s*("[^"]*"|'[^']*'|[\w.-]+)|(expandable)\b)""")
TAG_END = re.compile(r"\s*>")
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));")
WEB_LINK = re.compile(r"(?:https?://)?[\w.-]+\.\w+(?:[/?#:]\S*)?|(?:tg|ton)://\S+", re.IGNORECASE)


class MarkupError(Exception):
    """The markup that Telegram answers with "can't parse entities"."""


class FormattedText(NamedTuple):
    """A text as the reader sees it, with offsets and lengths in UTF-16 units as in the Bot API."""

    plain: str
    entities: list[dict[str, Any]]


class OpenTag(NamedTuple):
    name: str
    attributes: dict[str, str]
    offset: int


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def trim(text: FormattedText) -> FormattedText:
    """Cuts outer white space as the server does before it measures and stores a text."""
    plain = text.plain.strip()
    shift = utf16_length(text.plain[: len(text.plain) - len(text.plain.lstrip())])
    limit = utf16_length(plain)
    entities = []
    for entity in text.entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] - shift + entity["length"], limit)
        if end > start:
            entities.append({**entity, "offset": start, "length": end - start})
    return FormattedText(plain, entities)


def parse_html(source: str) -> FormattedText:
    return HtmlParser(source).parse()


class HtmlParser:
    """One pass over one text; error messages carry byte offsets as Telegram's do."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.plain = ""
        self.open_tags: list[OpenTag] = []
        self.entities: list[dict[str, Any]] = []

    def parse(self) -> FormattedText:
        while self.position < len(self.source):
            if self.source[self.position] == "<":
                self._read_tag()
            elif self.source[self.position] == "&":
                self._read_character()
            else:
                self.plain += self.source[self.position]
                self.position += 1
        if self.open_tags:
            name = self.open_tags[-1].name
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{name}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return FormattedText(self.plain, self.entities)

    def _fail(self, reason: str, at: int, more: str = "") -> NoReturn:
        offset = len(self.source[:at].encode("utf-8", "surrogatepass"))
        raise MarkupError(f"{reason} at byte offset {offset}{more}")

    def _read_character(self) -> None:
        found = CHARACTER.match(self.source, self.position)
        if found is None:
            self._fail("Unsupported character entity", self.position)
        hexadecimal, decimal, name = found.groups()
        if name:
            self.plain += NAMED_CHARACTERS[name]
        else:
            self.plain += self._numbered(int(hexadecimal, 16) if hexadecimal else int(decimal))
        self.position = found.end()

    def _numbered(self, code: int) -> str:
        if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            self._fail("Unsupported character entity", self.position)
        return chr(code)

    def _read_tag(self) -> None:
        begin = self.position
        found = TAG_NAME.match(self.source, begin)
        assert found is not None
        self.position = found.end()
        if found.group(1):
            self._close(found.group(2).lower(), begin)
        else:
            self._open(found.group(2).lower(), begin)

    def _open(self, name: str, begin: int) -> None:
        if self.position == len(self.source):
            self._fail("Unclosed start tag", begin)
        if name not in ENTITY_TYPES:
            self._fail(f'Unsupported start tag "{name}"', begin)
        attributes = self._read_attributes()
        self._end_tag("Unclosed start tag", begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open_tags.append(OpenTag(name, attributes, utf16_length(self.plain)))

    def _read_attributes(self) -> dict[str, str]:
        attributes = {}
        while found := ATTRIBUTE.match(self.source, self.position):
            name, value, flag = found.groups()
            attributes[(name or flag).lower()] = html.unescape((value or "").strip("\"'"))
            self.position = found.end()
        return attributes

    def _end_tag(self, reason: str, begin: int) -> None:
        found = TAG_END.match(self.source, self.position)
        if found is None:
            self._fail(reason, begin)
        self.position = found.end()

    def _close(self, name: str, begin: int) -> None:
        if not self.open_tags:
            self._fail("Unexpected end tag", begin)
        self._end_tag("Unclosed end tag", begin)
        opened = self.open_tags.pop()
        if name and name != opened.name:
            more = f', expected "</{opened.name}>", found "</{name}>"'
            self._fail("Unmatched end tag", begin, more)
        self._add_entity(opened)

    def _add_entity(self, opened: OpenTag) -> None:
        length = utf16_length(self.plain) - opened.offset
        kind = ENTITY_TYPES[opened.name]
        entity: dict[str, Any] = {"type": kind, "offset": opened.offset, "length": length}
        if "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.name == "a":
            entity["url"] = opened.attributes.get("href", "")
            # Telegram drops a link that it can't open (tel:, mailto:) and keeps its label.
            length = length if WEB_LINK.fullmatch(entity["url"]) else 0
        if length:
            self.entities.append(entity)
