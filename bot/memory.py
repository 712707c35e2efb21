"""Gives back the memory that only a start needed: what is read and compiled once."""

from __future__ import annotations

import contextlib
import ctypes
import gc


def settle() -> None:
    """Collect what the start has left, and never look at what it has built again.

    What it has built lives as long as the process: to search it for garbage would only take time.
    """
    gc.collect()
    gc.freeze()
    # Only the C library of Linux keeps what is free, and can be asked to return it.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
