"""Logging inside Rasa: its own logger prints what people write to standard output otherwise."""

from __future__ import annotations

import logging

import structlog

from bot.privacy import logs


def configure(level: str) -> None:
    """Send Rasa's structured log the way of all others, where foreign text is withheld."""
    # Below its level it composes nothing: each message would be written out several times.
    wrapper = structlog.make_filtering_bound_logger(logging.getLevelName(level))
    structlog.configure(
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=wrapper,
        # Else a logger is built anew for each line, also for those that are not written.
        cache_logger_on_first_use=True,
    )
    logs.configure(level)
