"""Passwords: hashed by Argon2, and held against a hash also where there is no account."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
# RFC 9106's second recommended setting: 64 MiB, three passes. Two at once are enough for an office,
# and strangers cannot fill the memory.
_hasher = PasswordHasher()
_at_once = threading.Semaphore(2)


def fault(password: str) -> str:
    """Return what is wrong with a new password, or nothing."""
    if SHORTEST <= len(password) <= LONGEST and len(set(password)) > 3:
        return ""
    return f"password: does not fit; allowed: {SHORTEST} to {LONGEST} letters, not all alike"


def hashed(password: str) -> str:
    """Return the hash of a password, with its salt and settings."""
    return str(_hasher.hash(password))


def fits(password_hash: str, password: str) -> bool:
    """Tell whether this is the password. It takes as long where there is no hash."""
    if len(password) > LONGEST:
        password = ""
    with _at_once:
        try:
            right = bool(_hasher.verify(password_hash or _nobodys(), password))
        except (VerificationError, InvalidHashError):
            return False
    return right and bool(password_hash)


@cache
def _nobodys() -> str:
    return hashed("nobody has this password")
