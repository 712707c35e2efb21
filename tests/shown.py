"""A fact of the directory as a person reads it."""

from __future__ import annotations

from bot.answers import phones
from bot.directory.model import Service


def number_shown(service: Service, country: str = "BE") -> str:
    assert service.voice_number is not None
    return phones.to_call(service.voice_number, country)
