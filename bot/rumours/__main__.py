"""`python -m bot.rumours`: checks the rumours of every city, as `make check` does."""

from __future__ import annotations

import argparse
import sys

from bot import settings
from bot.rumours import command


def main() -> int:
    """Check every city; return the exit code."""
    codes = [command.check(argparse.Namespace(city=city)) for city in settings.cities()]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main())
