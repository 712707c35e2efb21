"""Logging inside Rasa: its own logger prints what people write to standard output otherwise."""

from __future__ import annotations

import structlog

from bot.privacy import logs


def configure(level: str) -> None:
    """Send Rasa's structured log the way of all others, where foreign text is withheld."""
    structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    logs.configure(level)
