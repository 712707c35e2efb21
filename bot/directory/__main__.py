"""`python -m bot.directory`: checks every city pack, names all faults and what is unchecked."""

from __future__ import annotations

import sys

from bot import settings
from bot.directory import pack
from bot.directory.pack import PackError


def main() -> int:
    """Check every pack; return the exit code."""
    faulty = False
    for city in settings.cities():
        try:
            found = pack.load(city)
        except PackError as error:
            faulty = True
            print(error, file=sys.stderr)
            print(f"{city}: {len(error.faults)} faults.")
            continue
        for fact in found.unchecked:
            print(f"{city}: not checked, not shown: {fact}")
        for route in found.without_service:
            print(f"{city}: no service known for: {route}")
        services, hidden = len(found.services), len(found.unchecked)
        print(f"{city}: {services} services, {hidden} facts kept but not shown.")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
