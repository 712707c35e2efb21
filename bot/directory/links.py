"""Opens web addresses on the internet to find those that lead nowhere: on demand only."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

SECONDS = 6.0  # for each address
AT_ONCE = 8
GONE = (404, 410)
SERVER_FAILS = 500
AGENT = "Mozilla/5.0 (compatible; RightDoor link check)"
UNREACHED = "cannot be reached"


def dead(addresses: Iterable[str], seconds: float = SECONDS) -> Iterator[tuple[str, str]]:
    """Yield each address that does not open, and why; each is asked once, for some seconds.

    A page that is only closed to programs (401, 403, 429) counts as one that opens.
    """
    asked = list(dict.fromkeys(addresses))
    with ThreadPoolExecutor(AT_ONCE) as workers:
        answers = workers.map(lambda address: _wrong(address, seconds), asked)
        yield from ((address, wrong) for address, wrong in zip(asked, answers) if wrong)


def _wrong(address: str, seconds: float) -> str:
    if not address.startswith(("http://", "https://")):
        return "is no web address"
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=seconds):  # noqa: S310
            return ""
    except urllib.error.HTTPError as error:
        fails = error.code in GONE or error.code >= SERVER_FAILS
        return f"answers {error.code}" if fails else ""
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return f"{UNREACHED} ({type(reason).__name__})"
