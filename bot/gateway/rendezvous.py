"""Who of several answers a conversation: the same one each time, and each about as many.

Rendezvous hashing (Thaler and Ravishankar, 1998): when one is gone, only its own conversations go
to others, and they come back to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeVar

Place = TypeVar("Place")


def ranked(name: object, places: Iterable[Place]) -> list[Place]:
    """Return the places in the order in which they are to answer a name."""
    return sorted(places, key=lambda place: _weight(name, place), reverse=True)


def _weight(name: object, place: object) -> bytes:
    return hashlib.blake2b(f"{name}\0{place}".encode(), digest_size=8).digest()
