"""What goes wrong with releases and packages."""

from __future__ import annotations


class SignalsError(ValueError):
    """What was asked for cannot be done: one line for each fault."""
